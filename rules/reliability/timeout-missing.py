"""Give every job a time after which it is ended.

A job that hangs is ended after six hours: until then it holds a runner, holds up what waits for it, and is billed.
Ten times the minutes that the job usually takes is plenty.

```yaml fails
on: push
jobs:
  build:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make
```

A job that calls a reusable workflow takes no timeout, the called jobs do. One in which every step has a timeout is
fine.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - run: make
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
        timeout-minutes: 10
  call:
    uses: ./.github/workflows/build.yml
```

`max-minutes` and `min-minutes` set bounds; a timeout that an expression gives is not judged.

```yaml fails
# options: {max-minutes: 60, min-minutes: 5}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 360  # finding
    steps: []
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 1  # finding
    steps: []
  lint:
    runs-on: ubuntu-latest
    timeout-minutes: ${{ inputs.minutes }}
    steps: []
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, rule


class Options(NamedTuple):
    max_minutes: int = 0
    """The longest timeout that a job may have; 0 for any."""
    min_minutes: int = 0
    """The shortest timeout that a job may have; 0 for any."""


@rule(target=Job, level="note", tags=("reliability", "cost"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    if job.call is not None or "runs-on" not in job.node:
        return
    timeout = job.timeout_minutes
    if timeout is None:
        if not job.steps or any(step.timeout_minutes is None for step in job.steps):
            yield context.finding(
                job,
                f"the job `{job.id}` may hang for six hours; add `timeout-minutes:`, some times what it usually takes",
            )
        return
    minutes, options = timeout.value, context.options
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        return
    if options.max_minutes and minutes > options.max_minutes:
        yield context.finding(
            timeout, f"the timeout of {timeout.text} minutes is above the {options.max_minutes} allowed"
        )
    elif minutes < options.min_minutes:
        yield context.finding(
            timeout, f"the timeout of {timeout.text} minutes is below the {options.min_minutes} asked for"
        )
