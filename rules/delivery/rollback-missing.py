"""Roll back a deployment that failed.

A deployment that stops half-way leaves what it had done. Where the policy asks for it, each job that deploys has a step that
runs on failure and takes the deployment back, or another job does so that needs it. Without `jobs` it says nothing.

```yaml fails
# options: {jobs: {steps: [kubectl apply]}, rollback: {steps: [kubectl rollout undo]}}
on: push
jobs:
  deploy:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: kubectl apply -f k8s/
      - run: kubectl rollout undo deployment/app
```

```yaml passes
# options: {jobs: {steps: [kubectl apply]}, rollback: {steps: [kubectl rollout undo]}}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: kubectl apply -f k8s/
      - if: failure()
        run: kubectl rollout undo deployment/app
  second:
    runs-on: ubuntu-latest
    steps:
      - run: kubectl apply -f k8s/second/
  undo:
    needs: [deploy, second]
    if: ${{ always() && needs.second.result == 'failure' }}
    runs-on: ubuntu-latest
    steps:
      - run: kubectl rollout undo deployment/second
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, failing, rule, select


class Options(NamedTuple):
    jobs: select.JobSelector = select.JobSelector()
    """The jobs that deploy: those that one of `jobs`, `names`, `steps`, `uses`, `environments` or `ships` means."""
    rollback: select.StepSelector = select.StepSelector()
    """The steps that roll back; without any, each step that runs on failure will do."""


@rule(target=Job, level="error", tags=("delivery", "deployment", "reliability"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if options.jobs.is_empty or job.call is not None or not select.selects(options.jobs, job):
        return
    wanted = options.rollback
    for step in failing.steps_on_failure(job):
        if not any(wanted) or next(select.steps_with(wanted, [step]), None) is not None:
            return
    what = " or ".join(f"`{each}`" for each in (*wanted.steps, *wanted.uses, *wanted.names)) or "takes it back"
    yield context.finding(
        job,
        f"`{job.id}` deploys, and nothing rolls back when it fails; add a step with `if: failure()` that runs {what}",
    )
