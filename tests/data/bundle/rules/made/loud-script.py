"""Say nothing in a script.

The tests need a rule that quotes what it reads, and that nobody changes.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo loud  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RunStep, rule


@rule(target=RunStep, level="warning", tags=("made",))
def check(step: RunStep, context: Context[NoOptions]) -> Iterator[Finding]:
    if "echo" in step.run.text:
        yield context.finding(step.run, f"this script says `{step.run.text.strip()}`")
