"""Release only from version tags.

A job that can write to the repository's contents, or that makes a release, and runs for each push, releases what nobody
decided to release; a stolen step of it rewrites branches and tags. Where the policy says which tags are versions, such
jobs run in workflows that nothing but a push of these tags starts. Without `tags` this rule says nothing.

```yaml fails
# options: {tags: ["v*"]}
on:
  push:
    branches: [main]
jobs:
  release:
    permissions:
      contents: write  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: softprops/action-gh-release@v2  # finding
```

```yaml passes
# options: {tags: ["v*"], allow: {jobs: [docs]}}
on:
  push:
    tags: ["v*.*.*"]
  workflow_dispatch:
jobs:
  release:
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps:
      - run: gh release create "$GITHUB_REF_NAME"
```

```yaml passes
# options: {tags: ["v*"], allow: {jobs: [docs]}}
on: [push, workflow_call]
jobs:
  docs:
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps: []
  release:
    if: startsWith(github.ref, 'refs/tags/v')
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, Place, rule, run_refs, select, shipping


class Options(NamedTuple):
    tags: tuple[str, ...] = ()
    """Globs of the tags that are versions."""
    allow: select.JobSelector = select.JobSelector()
    """The jobs that may write all the same."""
    manual: bool = True
    """Whether people may start them by hand too."""
    permission: bool = True
    """Whether jobs with `contents: write` are meant; otherwise only those that are known to make releases."""


@rule(target=Job, level="error", tags=("delivery", "release", "permissions"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if not options.tags or job.call is not None or job.workflow.is_only_reusable:
        return
    what = _what(job, options)
    if what is None or (not options.allow.is_empty and select.selects(options.allow, job)):
        return
    triggers = [
        trigger
        for event, trigger in job.workflow.triggers.items()
        if not (options.manual and event in ("workflow_dispatch", "repository_dispatch"))
    ]
    steps = [found.step.condition for found in [shipping.ships(job)] if found is not None and not _writes(job)]
    texts = run_refs.texts_of((*run_refs.conditions_of([job]), *steps))
    for run in run_refs.other_runs(triggers, (), options.tags, texts):
        if run_refs.reaches([job], run, steps) is True:
            place, text = what
            shown = ", ".join(f"`{tag}`" for tag in options.tags)
            yield context.finding(
                place,
                f"{text}, and {run.what} starts it; let nothing but a push of the tags {shown} do so",
                related=[(run.trigger, "this event starts it")],
            )
            return


def _writes(job: Job) -> bool:
    granted = job.effective_permissions
    return granted is not None and granted.level("contents") == "write"


def _what(job: Job, options: Options) -> tuple[Place, str] | None:
    granted = job.effective_permissions
    if options.permission and granted is not None and _writes(job):
        node = granted.scopes.get("contents")
        return (node.place if node is not None else granted.place), f"`{job.id}` may write to the repository"
    shipped = next((each for step in job.steps for each in shipping.shipments(step) if each.kind == "release"), None)
    return (shipped.place, f"`{shipped.what}` makes a release") if shipped is not None else None
