"""Give a scanner for secrets the whole history.

`actions/checkout` fetches one commit. A scanner that looks for secrets in the history then finds none in it, and says so in
green. A secret that was committed once and deleted later is still there for everybody who clones.

```yaml fails
on: push
jobs:
  secrets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
      - uses: gitleaks/gitleaks-action@v2
```

```yaml passes
on: push
jobs:
  secrets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: gitleaks/gitleaks-action@v2
  other:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: git fetch --unshallow
      - uses: gitleaks/gitleaks-action@v2
  files:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: gitleaks dir .
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, RunStep, Step, UsesStep, rule, scanners, select

_HISTORY = (
    "gitleaks/gitleaks-action",
    "zricethezav/gitleaks-action",
    "trufflesecurity/trufflehog",
    "gitguardian/ggshield-action",
)
"""The scanners that read commits; others look at the files alone."""
_COMMANDS = ("gitleaks detect", "gitleaks git", "trufflehog git file:*", "ggshield secret scan repo")


@rule(target=Job, level="warning", tags=("security", "secrets", "reliability"), security_severity=4.0)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if "checkout" not in job.document.text:
        return
    checkout: UsesStep | None = None
    for step in job.steps:
        if isinstance(step, UsesStep) and step.uses.name == "actions/checkout":
            checkout = step
        elif isinstance(step, RunStep) and "git fetch" in step.run.text:
            checkout = None
        elif checkout is not None and _scans_history(step):
            depth = checkout.input("fetch-depth")
            if depth is None or (depth.text.strip() != "0" and "${{" not in depth.text):
                yield context.finding(
                    depth or checkout.uses,
                    "the scanner for secrets sees only what this fetches, the last commit; add `fetch-depth: 0`",
                    related=[(step, "this scans the history")],
                )
            return


def _scans_history(step: Step) -> bool:
    if isinstance(step, UsesStep):
        name = step.uses.name or ""
        return name in _HISTORY and "secrets" in scanners.kinds(name)
    found = select.steps_with(select.StepSelector(steps=_COMMANDS), [step])
    return any(
        each.command is not None and not any(word.shape == "--no-git" for word in each.command.words) for each in found
    )
