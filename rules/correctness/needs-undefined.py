"""Read the outcome only of jobs that this job waits for.

`needs` holds the jobs that stand in the job's own `needs`. Of any other it is empty: a condition is never true, an
output is an empty text. Only the `if` of a job knows the jobs further up as well.

```yaml fails
on: push
jobs:
  version:
    runs-on: ubuntu-latest
    outputs:
      text: "1"
    steps: []
  build:
    needs: version
    runs-on: ubuntu-latest
    steps: []
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: ./publish ${{ needs.version.outputs.text }}  # finding
```

```yaml passes
on: push
jobs:
  version:
    runs-on: ubuntu-latest
    outputs:
      text: "1"
    steps: []
  test:
    needs: version
    runs-on: ubuntu-latest
    steps: []
  upload:
    needs: test
    if: needs.version.outputs.text != ''
    runs-on: ubuntu-latest
    steps: []
  publish:
    needs: [Version]
    if: ${{ !contains(needs.*.result, 'failure') }}
    runs-on: ubuntu-latest
    steps:
      - run: ./publish ${{ needs.version.outputs.text }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Job, NoOptions, rule

_MANY = 1000


@rule(target=Expression, level="warning", tags=("correctness", "expressions", "needs"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    job = expression.job
    if job is None or "needs" not in expression.text.lower():
        return
    waited = {node.text.strip().lower() for node in job.needs}
    for access, route in expression.reads:
        if route[0] != "needs" or len(route) < 2 or route[1] in ("*", *waited):
            continue
        there = job.workflow.job(route[1])
        if expression.key == "jobs.*.if" and there is not None and _is_further_up(there, job):
            continue
        advice = f"add `{there.id}` to `needs`" if there is not None else "there is no such job"
        yield context.finding(
            expression.place_of(access.span),
            f"the job `{job.id}` does not wait for `{route[1]}` itself, so this is always empty; {advice}",
        )


def _is_further_up(other: Job, job: Job) -> bool:
    """Tell whether a job waits for another through others. Nothing is asked of a workflow of very many jobs."""
    return len(job.workflow.jobs) > _MANY or other in job.transitive_needs
