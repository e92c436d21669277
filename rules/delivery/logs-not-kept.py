"""Keep the logs whatever happens.

A step that uploads logs is skipped when one before it fails, which is when the logs would be wanted. `if: always()` keeps
them. Without `jobs` it says nothing.

```yaml fails
# options: {jobs: {jobs: ["pipeline*"]}}
on: push
jobs:
  pipeline:
    runs-on: ubuntu-latest
    steps:
      - run: make pipeline
      - uses: actions/upload-artifact@v4  # finding
        with:
          name: logs
          path: logs/
  pipeline-two:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make pipeline
```

```yaml passes
# options: {jobs: {jobs: [pipeline]}, paths: ["*logs*"]}
on: push
jobs:
  pipeline:
    runs-on: ubuntu-latest
    steps:
      - run: make pipeline
      - uses: actions/upload-artifact@v4
        if: ${{ !cancelled() }}
        with:
          name: logs
          path: |
            out/
            logs/
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Job, UsesStep, failing, rule, select


class Options(NamedTuple):
    jobs: select.JobSelector = select.JobSelector()
    """The jobs whose logs are to be kept: those that one of `jobs`, `names`, `steps`, `uses` or `environments` means."""
    paths: tuple[str, ...] = ()
    """Globs of the paths of which the upload must take one; empty for any."""


@rule(target=Job, level="warning", tags=("delivery", "reliability", "artifacts"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if options.jobs.is_empty or job.call is not None or not select.selects(options.jobs, job):
        return
    uploads = [step for step in job.steps if isinstance(step, UsesStep) and _uploads(step, options.paths)]
    if any(failing.runs_on_failure(step.condition) for step in uploads):
        return
    if uploads:
        yield context.finding(
            uploads[0].uses, f"`{job.id}` keeps nothing when a step before this one fails; add `if: always()`"
        )
    else:
        what = ", ".join(f"`{path}`" for path in options.paths) or "its logs"
        yield context.finding(job, f"`{job.id}` does not keep {what}; upload them as an artifact with `if: always()`")


def _uploads(step: UsesStep, paths: tuple[str, ...]) -> bool:
    if step.uses.name != "actions/upload-artifact":
        return False
    given = step.input("path")
    lines = given.text.split("\n") if given is not None else []
    return not paths or any(fnmatchcase(line.strip(), glob) for line in lines for glob in paths)
