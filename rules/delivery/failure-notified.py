"""Tell somebody when a run fails that nobody watches.

Nobody looks at a scheduled run. GitHub mails a failure to whoever last touched the schedule, who may have left long
ago; the data is old for weeks before anybody asks. Let a step, or a job that needs the others, run on failure and send a
message. A step in one job says nothing of the failure of another, so each job must have one, or be needed by a
job that has one.

```yaml fails
on:  # finding
  schedule:
    - cron: 0 2 * * 0
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - run: make refresh
```

```yaml fails
on:
  schedule:
    - cron: 0 2 * * 0
jobs:
  refresh:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make refresh
  publish:
    needs: refresh
    runs-on: ubuntu-latest
    steps:
      - run: make publish
      - if: failure()
        uses: slackapi/slack-github-action@v2
```

```yaml passes
on:
  schedule:
    - cron: 0 2 * * 0
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - run: make refresh
  publish:
    needs: refresh
    runs-on: ubuntu-latest
    steps:
      - run: make publish
  report:
    needs: [refresh, publish]
    if: ${{ !cancelled() && contains(needs.*.result, 'failure') }}
    runs-on: ubuntu-latest
    steps:
      - run: curl -d '{"text":"the refresh failed"}' "$SLACK_WEBHOOK"
```

Which workflows are meant can be said, and what else reaches people.

```yaml passes
# options: {files: ["refresh*.yml"], notifiers: {steps: [./tell]}, every-job: false}
# file: .github/workflows/refresh.yml
on: workflow_dispatch
jobs:
  prepare:
    runs-on: ubuntu-latest
    steps: []
  refresh:
    needs: prepare
    runs-on: ubuntu-latest
    steps:
      - run: make refresh
      - if: always()
        run: ./tell "$STATUS"
        env:
          STATUS: ${{ job.status }}
# file: .github/workflows/nightly.yml
on: schedule
jobs: {}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, Step, Workflow, failing, notices, rule, select


class Options(NamedTuple):
    files: tuple[str, ...] = ()
    """Globs of the paths, or the files' names, of the workflows that are meant. Without `files` and `names`: those with
    a schedule."""
    names: tuple[str, ...] = ()
    """Globs of the names of the workflows that are meant."""
    notifiers: select.StepSelector = select.StepSelector()
    """What reaches people, besides the actions and commands that are known to."""
    every_job: bool = True
    """Whether the failure of each job must be told; otherwise that of one of them will do."""


_MANY = 500
"""No workflow that people write has so many jobs, and each is held against those that need it."""


@rule(target=Workflow, level="warning", tags=("delivery", "reliability"), options=Options)
def check(workflow: Workflow, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    chosen = select.WorkflowSelector(options.files, options.names)
    meant = select.selects_workflow(chosen, workflow) if any(chosen) else "schedule" in workflow.triggers
    jobs = [job for job in workflow.jobs.values() if job.call is None and job.steps]
    if not meant or not jobs or len(jobs) > _MANY:
        return
    silent = [job for job in jobs if not _told(job, options.notifiers)]
    if len(silent) == len(jobs) and not any(_calls_on_failure(job) for job in workflow.jobs.values()):
        yield context.finding(
            workflow,
            "nobody is told when this fails; add a job that needs the others, with `if: failure()`, and notifies",
        )
    elif options.every_job:
        for job in silent:
            # What only tells of the others need not be told of.
            if not failing.runs_on_failure(job.condition) and not any(
                _calls_on_failure(other) for other in job.transitive_dependents
            ):
                yield context.finding(
                    job, f"nobody is told when `{job.id}` fails; let a job with `if: failure()` need it, and notify"
                )


def _told(job: Job, more: select.StepSelector) -> bool:
    return any(_tells(step, more) for step in failing.steps_on_failure(job))


def _tells(step: Step, more: select.StepSelector) -> bool:
    return notices.notifies(step) or (any(more) and next(select.steps_with(more, [step]), None) is not None)


def _calls_on_failure(job: Job) -> bool:
    """Tell whether a job calls a workflow on failure: what that does is not known."""
    return job.call is not None and failing.runs_on_failure(job.condition)
