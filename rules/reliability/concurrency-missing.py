"""End the runs of a pull request that a newer push has made pointless.

Every push to a pull request starts all its checks again, while the runs for the old commit go on to the end: they
hold runners, and nobody reads what they say. A concurrency group per branch, with `cancel-in-progress`, ends them.

```yaml fails
on: pull_request
jobs:  # finding
  test:
    runs-on: ubuntu-latest
    steps: []
```

```yaml fixed
on: pull_request
concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
jobs:
  test:
    runs-on: ubuntu-latest
    steps: []
```

Any group counts, whatever it cancels: it shows that somebody has thought about it. Workflows that run on a schedule,
by hand, for a release, or when called are not asked.

```yaml passes
on: [push, pull_request]
concurrency:
  group: test-${{ github.ref }}
jobs:
  test:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  schedule:
    - cron: "0 4 * * *"
  workflow_dispatch:
jobs:
  nightly:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Edit, FileEdit, Finding, Fix, NoOptions, Span, Workflow, rule


@rule(target=Workflow, level="note", tags=("reliability", "cost"))
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    if "pull_request" not in workflow.triggers or workflow.concurrency is not None:
        return
    own = [job for job in workflow.jobs.values() if job.call is None]
    jobs = workflow.node.get("jobs")
    if jobs is None or not own or all(job.concurrency is not None for job in own):
        return
    yield context.finding(
        jobs.head,
        "runs for old commits of a pull request go on beside the new one; add `concurrency:` with a group for each"
        " branch and `cancel-in-progress`",
        fix=_fix(workflow),
    )


def _fix(workflow: Workflow) -> Fix | None:
    jobs = workflow.node.get("jobs")
    key = jobs.key_node if jobs is not None else None
    text = workflow.document.text
    if key is None or (key.start > 0 and text[key.start - 1] not in "\r\n") or workflow.is_reusable:
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = (
        "concurrency:",
        "  group: ${{ github.workflow }}-${{ github.ref }}",
        "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
        "",
    )
    edit = Edit(Span(key.start, key.start), newline.join(lines))
    return Fix("Cancel what a newer push has made pointless", (FileEdit(workflow.path, edit),))
