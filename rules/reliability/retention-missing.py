"""Say for how long an artifact is kept.

Artifacts are kept for 90 days unless the repository says otherwise, and storage is billed. Most are read within a
day, by the next job or by the person whose pull request failed.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4  # finding
        with:
          path: dist
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with:
          path: dist
          retention-days: 7
```

```yaml fails
# options: {min-days: 2, max-days: 30}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with:
          path: dist
          retention-days: 90  # finding
      - uses: actions/upload-artifact@v4
        with:
          path: logs
          retention-days: 1  # finding
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, UsesStep, rule


class Options(NamedTuple):
    min_days: int = 0
    """The fewest days that an artifact must be kept; 0 for any."""
    max_days: int = 0
    """The most days that an artifact may be kept; 0 for any."""


@rule(target=UsesStep, level="note", tags=("reliability", "cost", "artifacts"), options=Options)
def check(step: UsesStep, context: Context[Options]) -> Iterator[Finding]:
    if step.uses.name != "actions/upload-artifact":
        return
    days, options = step.input("retention-days"), context.options
    if days is None:
        yield context.finding(step.uses, "the artifact is kept for the repository's 90 days; add `retention-days:`")
    elif days.text.isascii() and days.text.isdigit() and len(days.text) < 6:
        if int(days.text) > options.max_days > 0:
            yield context.finding(days, f"{days.text} days are above the {options.max_days} allowed")
        elif int(days.text) < options.min_days:
            yield context.finding(days, f"{days.text} days are below the {options.min_days} asked for")
