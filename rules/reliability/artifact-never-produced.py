"""Download only artifacts that a job of the run uploads.

A download by a name that no job uploads fails the job, or, where that is allowed, leaves it without the files that it
expects. The usual cause is a name that was changed in one place only.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with:
          name: packages
          path: dist
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: package  # finding
```

Names that an expression makes are compared as far as they are known. Nothing is said where the artifact may come from
elsewhere: another run, a reusable workflow, a local action, or an action that is not known.

```yaml passes
on: push
jobs:
  build:
    strategy:
      matrix:
        os: [linux, macos]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with:
          name: dist-${{ matrix.os }}
          path: dist
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: dist-linux
      - uses: actions/download-artifact@v4
        with:
          name: nightly
          run-id: 123
          github-token: ${{ github.token }}
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from wflint.api import Context, Finding, NoOptions, Scalar, UsesStep, Workflow, near, rule

_OURS = ("actions/", "docker/", "github/")
_MANY = 200
_ELSEWHERE = ("run-id", "repository", "artifact-ids")


@rule(target=Workflow, level="warning", tags=("reliability", "artifacts"))
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    if workflow.is_reusable or any(job.call is not None for job in workflow.jobs.values()):
        return
    steps = [step for job in workflow.jobs.values() for step in job.steps if isinstance(step, UsesStep)]
    downloads = [step for step in steps if step.uses.name == "actions/download-artifact"]
    if not downloads or any(step.uses.kind != "remote" for step in steps):
        return
    uploads = [_name(step) for step in steps if step.uses.name == "actions/upload-artifact"]
    if any(step.uses.name == "actions/upload-pages-artifact" for step in steps):
        uploads.append("github-pages")
    patterns = [each for each in dict.fromkeys(uploads) if "*" in each or "[" in each]
    made = {each: None for each in uploads if "*" not in each}
    if len(patterns) > _MANY:
        return
    sure = all((step.uses.name or "").startswith(_OURS) for step in steps)
    for step in downloads:
        name = step.input("name")
        if name is None or "${{" in name.text or any(step.input(other) is not None for other in _ELSEWHERE):
            continue
        wanted = name.text.strip()
        if wanted in made or any(fnmatchcase(wanted, pattern) for pattern in patterns):
            continue
        hint = near.hint(wanted, made)
        if sure or hint:
            yield context.finding(name, f"no job of this workflow uploads an artifact `{wanted}`{hint}")


def _name(step: UsesStep) -> str:
    """Return the name of what a step uploads, with `*` for what only the run knows."""
    name = step.input("name")
    archive = step.input("archive")
    if archive is not None and archive.text.strip().lower() != "true":
        return "*"
    return _pattern(step, name) if name is not None else "artifact"


def _pattern(step: UsesStep, node: Scalar) -> str:
    pieces: list[str] = []
    at = 0
    for expression in (each for each in step.expressions if each.scalar is node):
        pieces += [_literal(node.text[at : expression.span.start]), "*"]
        at = expression.span.end
    return "".join([*pieces, _literal(node.text[at:])]).strip()


def _literal(text: str) -> str:
    return text.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
