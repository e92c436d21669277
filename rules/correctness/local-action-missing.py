"""Use only actions that are in the repository.

`uses: ./path` asks for an `action.yml`, an `action.yaml` or a `Dockerfile` in that folder. Without one the job fails
as soon as it gets there.

```yaml fails
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/biuld  # finding
# file: .github/actions/build/action.yml
name: Build
description: Builds
runs:
  using: composite
  steps: []
```

What another checkout, a submodule or a script may have put there is not judged.

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/build
  shared:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          repository: our/actions
          path: shared
      - uses: ./shared/build
# file: .github/actions/build/action.yml
name: Build
description: Builds
runs:
  using: composite
  steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, Step, Uses, UsesStep, near, rule


@rule(target=Repository, level="error", tags=("correctness", "actions"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    if not repository.complete:
        return
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            for step in job.steps:
                if isinstance(step, UsesStep) and step.uses.kind in ("local", "self"):
                    yield from _missing(repository, step, context)


def _missing(repository: Repository, step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    uses = step.uses
    path = (uses.path or "").replace("\\", "/")
    folder = path.removeprefix("./").rstrip("/")
    if ".." in folder or any(repository.has(f"{folder}/{name}".lstrip("/")) for name in _NAMES):
        return
    if repository.local_action(uses) is not None or (uses.kind == "local" and _may_appear(step, folder)):
        return
    hint = near.hint(uses.text, (f"./{action.folder}" for action in repository.actions))
    yield context.finding(uses, f"`{uses.text}` is no action: the folder has no `action.yml`{hint}")


_NAMES = ("action.yml", "action.yaml", "Dockerfile", "dockerfile")


def _may_appear(step: Step, folder: str) -> bool:
    """Tell whether a step before may have put the action there."""
    top = folder.partition("/")[0]
    for before in step.previous:
        if isinstance(before, UsesStep):
            if any(before.input(name) is not None for name in ("path", "repository", "ref", "submodules")):
                return True
            if before.uses.name != "actions/checkout" and _fetches(before.uses):
                return True
        elif any(top in script.text or "git " in script.text for script in before.scripts):
            return True
    return False


def _fetches(uses: Uses) -> bool:
    return uses.kind != "remote" or any(word in uses.text.lower() for word in ("checkout", "download", "clone"))
