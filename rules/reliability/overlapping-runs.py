"""Let a scheduled workflow that writes run once at a time.

A run that takes longer than usual meets the next one, or one that somebody started by hand. Both fetch, both write, and what is left
is a mixture, a branch pushed over another, or two pull requests for the same thing. A concurrency group lets one wait
for the other. A workflow that only reads is left alone.

```yaml fails
on:  # finding
  schedule:
    - cron: "17 2 * * 0"
  workflow_dispatch:
permissions: {}
jobs:
  refresh:
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./refresh
  check:
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
on:  # finding
  schedule:
    - cron: "17 2 * * 0"
permissions:
  contents: read
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr create --fill
        env:
          GH_TOKEN: ${{ secrets.UPDATER }}
```

A group of the workflow counts, and so does one on each job that writes.

```yaml passes
on:
  schedule:
    - cron: "17 2 * * 0"
permissions: {}
jobs:
  refresh:
    concurrency: refresh
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps:
      - run: ./refresh
  check:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  schedule:
    - cron: "17 2 * * 0"
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - run: npm audit
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, Workflow, automation, rule, shipping

_SCOPES = ("contents", "deployments", "packages", "pages", "pull-requests")


@rule(target=Workflow, level="warning", tags=("reliability", "concurrency"))
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    schedule = workflow.triggers.get("schedule")
    if schedule is None or workflow.concurrency is not None:
        return
    writer = next((job for job in workflow.jobs.values() if job.concurrency is None and _writes(job)), None)
    if writer is not None:
        on = workflow.node.get("on")
        yield context.finding(
            on.head if on is not None else schedule.place,
            f"`{writer.id}` writes, and a second run may start before this one ends; add `concurrency:` with a group",
        )


def _writes(job: Job) -> bool:
    granted = job.effective_permissions
    if granted is not None and any(granted.level(scope) == "write" for scope in _SCOPES):
        return True
    return next(automation.of_job(job, "push", "open_pr", "merge"), None) is not None or shipping.ships(job) is not None
