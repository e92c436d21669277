"""Name every job.

The tests need a rule that nobody changes.

```yaml fails
on: push
jobs:
  build:  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    name: Build
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, rule


@rule(target=Job, level="note", tags=("made", "style"))
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if job.name is None:
        yield context.finding(job, f"the job `{job.id}` has no name")
