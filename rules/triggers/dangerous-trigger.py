"""Start privileged work by events that only the repository's own people can fire.

`pull_request_target` and `workflow_run` give a run the repository's secrets and token although a stranger set it off.
What is safe on the day it is written becomes a way in with the next change: a checkout of the pull request, an
artifact that is trusted, a title pasted into a script. Use `pull_request` where you can. Where you cannot, declare
the few permissions the job needs, so that a mistake costs little.

```yaml fails
on: pull_request_target  # finding
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - run: ./greet
```

```yaml fails
on:
  workflow_run:  # finding
    workflows: [CI]
permissions:
  contents: write
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: ./publish
```

A run that can do no harm is fine: a token that only reads, no secrets, nothing checked out of the pull request. So is
one that only labels or comments with actions, and one that strangers cannot reach.

```yaml passes
on:
  pull_request_target:
    types: [opened]
jobs:
  label:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write
    steps:
      - uses: actions/labeler@v5
  size:
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - run: echo "$SIZE"
        env:
          SIZE: ${{ github.event.pull_request.additions }}
  own:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy-preview
```

```yaml passes
on:
  workflow_run:
    workflows: [CI]
jobs:
  deploy:
    if: github.event.workflow_run.event == 'push' && github.event.workflow_run.conclusion == 'success'
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, Level, NoOptions, Workflow, privilege, rule, untrusted_checkout

_SMALL = frozenset({"pull-requests", "issues", "statuses", "checks", "discussions", "security-events"})


@rule(
    target=Workflow,
    level="warning",
    tags=("security", "triggers", "owasp-cicd-sec-4"),
    security_severity=6.5,
)
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    among = privilege.scenes(workflow)
    for event in ("pull_request_target", "workflow_run"):
        trigger = workflow.triggers.get(event)
        mine = [scene for scene in among if scene.event == event]
        if trigger is None or not mine:
            continue
        reached = [(job, reach) for job in workflow.jobs.values() if (reach := privilege.reaching(job, mine))]
        if any(True for job, reach in reached for _ in untrusted_checkout.checkouts(job, reach)):
            continue
        grades = [(grade, job) for job, _ in reached if (grade := _grade(job)) is not None]
        if not grades:
            continue
        worst, job = min(grades, key=lambda each: ("warning", "note").index(each[0]))
        undeclared = job.effective_permissions is None
        power = "has whatever permissions the repository gives" if undeclared else "can write or reads secrets"
        yield context.finding(
            trigger,
            f"strangers can start `{event}` runs and the job `{job.id}` {power}; use `pull_request`, or"
            f" {'declare `permissions:`' if undeclared else 'keep strangers out by an `if`'}",
            level=worst,
        )


def _grade(job: Job) -> Level | None:
    secrets, writes = privilege.reads_secrets(job), privilege.writes(job)
    if writes is None:
        return "note" if job.condition is not None and privilege.gated(job) else "warning"
    granted = job.effective_permissions
    risky = writes and granted is not None and (granted.shorthand is not None or set(granted.writes) - _SMALL)
    if risky and job.scripts:
        return "warning"
    return "note" if secrets or risky else None
