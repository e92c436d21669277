"""Ship from `workflow_run` only what succeeded, and from your own branch.

`workflow_run` fires when the other workflow *ends*, however it ended, and for pull requests from forks too. A job
that deploys without looking at the conclusion ships failed builds. One that does not look at the branch or the event
ships what a stranger's pull request built: `branches: [main]` alone does not help, because the branch of a fork may
be called `main` as well.

```yaml fails
on:
  workflow_run:
    workflows: [CI]
jobs:
  deploy:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
```

```yaml passes
on:
  workflow_run:
    workflows: [CI]
    branches: [main]
jobs:
  deploy:
    if: github.event.workflow_run.conclusion == 'success' && github.event.workflow_run.event == 'push'
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
  report:
    runs-on: ubuntu-latest
    steps:
      - run: echo "$CONCLUSION"
        env:
          CONCLUSION: ${{ github.event.workflow_run.conclusion }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, privilege, rule, shipping

_RUN = ("github", "event", "workflow_run")
_SOURCES = frozenset({"event", "head_branch", "head_repository", "head_sha", "actor", "pull_requests"})


@rule(
    target=Job,
    level="warning",
    tags=("security", "triggers", "owasp-cicd-sec-4"),
    security_severity=6.0,
)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    trigger = job.workflow.triggers.get("workflow_run")
    if trigger is None or list(job.workflow.triggers) != ["workflow_run"]:
        return
    shipped = shipping.ships(job)
    if shipped is None:
        return
    asked = _asked(job) | {route[3] for e in shipped.step.expressions for _, route in e.reads if _of_run(route)}
    if "conclusion" not in asked:
        yield context.finding(
            job,
            f"`{shipped.what}` runs even when the workflow that it waits for failed; add"
            " `if: github.event.workflow_run.conclusion == 'success'`",
        )
    elif (
        not asked & _SOURCES and not trigger.has("branches") and privilege.reaching(job, privilege.scenes(job.workflow))
    ):
        yield context.finding(
            job,
            f"`{shipped.what}` runs for pull requests from forks too; add `github.event.workflow_run.event == 'push'` to"
            " the condition",
            level="note",
        )


def _asked(job: Job) -> set[str]:
    """Return what the job's conditions, and those of the jobs before it, ask of the run that ended."""
    conditions = [each.condition for each in (job, *job.transitive_needs)]
    conditions += [step.condition for each in job.transitive_needs for step in each.steps]
    return {route[3] for each in conditions if each is not None for _, route in each.reads if _of_run(route)}


def _of_run(route: tuple[str, ...]) -> bool:
    return route[:3] == _RUN and len(route) > 3
