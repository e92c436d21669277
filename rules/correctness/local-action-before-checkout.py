"""Check the repository out before a step uses an action of it.

`uses: ./path` is looked up in the job's folder, which is empty until something is checked out: the step fails.
`$/path` needs no checkout.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
      - uses: ./.github/actions/build  # finding
      - uses: actions/checkout@v4
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/build
  own:
    runs-on: ubuntu-latest
    steps:
      - run: git clone "$URL" .
      - uses: ./.github/actions/build
  self:
    runs-on: ubuntu-latest
    steps:
      - uses: $/.github/actions/build
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, RunStep, Step, UsesStep, rule

_BRINGERS = ("git", "gh ", "curl", "wget", "tar ", "unzip", "cp ", "mv ", "ln ", "rsync", "svn", "hg ", "action.y")
_FETCHING = ("checkout", "download", "cache", "clone")


@rule(target=Job, level="error", tags=("correctness", "actions"))
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    for step in job.steps:
        if isinstance(step, UsesStep) and step.uses.kind == "local":
            yield context.finding(
                step.uses,
                f"nothing is checked out yet, so there is no `{step.uses.text}`; put actions/checkout before it",
            )
            return
        if _may_bring(step):
            return


def _may_bring(step: Step) -> bool:
    """Tell whether a step may put files into the job's folder."""
    if isinstance(step, UsesStep):
        name = step.uses.name or ""
        return not name.startswith("actions/") or any(word in name for word in _FETCHING)
    return not isinstance(step, RunStep) or any(word in step.run.text for word in _BRINGERS)
