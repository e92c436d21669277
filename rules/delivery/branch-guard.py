"""Deploy only from the branches that the policy states.

That production is deployed from `main` alone holds only as long as each way to start the job says so: the filters of `push`,
the `if` of the job or of one it needs, and for a manual run, which may be started from any branch, the `if` again.
In a run of `workflow_run`, `github.ref` is the default branch whatever was built before; ask for
`github.event.workflow_run.head_branch` there. Without `deployments` it says nothing.

```yaml fails
# options: {deployments: {production: {jobs: {environments: [production]}, branches: [main]}}}
on:
  push:
    branches: [main, develop]
jobs:
  deploy:  # finding
    runs-on: ubuntu-latest
    environment: production
    steps: []
```

```yaml fails
# options: {deployments: {production: {jobs: {jobs: [deploy]}, branches: [main]}}}
on:
  workflow_run:
    workflows: [CI]
  workflow_dispatch:
jobs:
  deploy:  # finding
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
# options: {deployments: {staging: {jobs: {jobs: [deploy]}, branches: [develop]}}}
on: push
jobs:
  deploy:  # finding
    if: github.ref == 'refs/heads/develop' || github.ref_name == 'hotfix'
    runs-on: ubuntu-latest
    steps: []
```

Filters, conditions, those of jobs before it and of the callers of its workflow count. So do the branches that the settings of
its environment let in.

```yaml passes
# options: {deployments: {production: {jobs: {environments: [production], steps: [kubectl apply]}, branches: [main]}}}
# file: .github/workflows/deploy.yml
on:
  push:
  pull_request:
  schedule:
    - cron: 0 4 * * *
  workflow_dispatch:
jobs:
  gate:
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    steps: []
  deploy:
    needs: gate
    runs-on: ubuntu-latest
    environment: production
    steps: []
  build:
    runs-on: ubuntu-latest
    steps:
      - if: github.event_name != 'pull_request' && github.ref_name == 'main'
        run: kubectl apply -f k8s/
# file: .github/workflows/after.yml
on:
  workflow_run:
    workflows: [CI]
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps: []
```

```yaml passes
# options: {deployments: {production: {jobs: {environments: [production]}, branches: [main], tags: ["v*"]}}}
# file: .github/workflows/deploy.yml
on:
  workflow_dispatch:
  push:
    tags: ["v*"]
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps: []
# file: .github/settings.yml
environments:
  - name: production
    deployment_branch_policy:
      protected_branches: false
      custom_branch_policies: [main]
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import (
    Context,
    Finding,
    Repository,
    deployments,
    environments,
    guards,
    placed,
    rule,
    run_refs,
    select,
)


class Deployment(NamedTuple):
    jobs: select.JobSelector = select.JobSelector()
    """The jobs that deploy: those that one of `jobs`, `names`, `steps`, `uses`, `environments` or `ships` means."""
    branches: tuple[str, ...] = ()
    """Globs of the branches from which they may run."""
    tags: tuple[str, ...] = ()
    """Globs of the tags from which they may run."""


class Options(NamedTuple):
    deployments: Mapping[str, Deployment] = MappingProxyType({})
    """The deployments, by a name for each."""


@rule(target=Repository, level="error", tags=("delivery", "deployment", "owasp-cicd-sec-1"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not context.options.deployments:
        return
    told: set[tuple[int, str]] = set()
    for each in placed.placed_jobs(repository):
        for name, deployment in context.options.deployments.items():
            if (id(each.job), name) in told:
                continue
            if not select.selects(deployment.jobs, each.job, repository, each.callers):
                continue
            found = _way(each, deployment, repository)
            if found is None:
                continue
            told.add((id(each.job), name))
            run, sure = found
            allowed = ", ".join(f"`{ref}`" for ref in (*deployment.branches, *deployment.tags)) or "nothing"
            yield context.finding(
                each.job,
                f"`{each.job.id}` is `{name}`, which is for {allowed} alone, and {run.what} {'runs' if sure else 'may run'}"
                f" it{_hint(run)}",
                level=None if sure else "note",
                related=[(run.trigger, "this event starts it")],
            )


def _way(each: placed.PlacedJob, deployment: Deployment, repository: Repository) -> tuple[run_refs.RunRef, bool] | None:
    """Return a run from elsewhere that reaches a job, and whether that is sure; the sure ones first."""
    steps = [found.step for found in select.chosen(deployment.jobs, each.job, repository) if found.step is not None]
    whole = select.selects(deployment.jobs._replace(steps=(), uses=(), ships=()), each.job, repository, each.callers)
    perhaps: run_refs.RunRef | None = None
    asked = (*run_refs.conditions_of(each.jobs), *(step.condition for step in steps))
    triggers = each.workflow.triggers.values()
    for run in run_refs.other_runs(triggers, deployment.branches, deployment.tags, run_refs.texts_of(asked)):
        if _is_kept_out(each, run, repository):
            continue
        conditions = [[]] if whole or not steps else [[step.condition] for step in steps]
        answers = [run_refs.reaches(each.jobs, run, condition) for condition in conditions]
        if True in answers:
            return run, True
        if None in answers and perhaps is None:
            perhaps = run
    return (perhaps, False) if perhaps is not None else None


def _is_kept_out(each: placed.PlacedJob, run: run_refs.RunRef, repository: Repository) -> bool:
    """Tell whether the settings of the job's environment let nothing in from where the run comes."""
    names = environments.environment_names(each.job, each.callers)
    settings = guards.settings_of(repository) if names else None
    if settings is None or run.trigger.event == "workflow_run":
        return False
    told = [settings.environment(name) for name in names]
    ref = run.ref or "refs/pull/1/merge"
    return all(one is not None and deployments.admits(one, ref) is False for one in told)


def _hint(run: run_refs.RunRef) -> str:
    if run.trigger.event == "workflow_run":
        return "; ask for `github.event.workflow_run.head_branch`"
    return "; narrow the event or add `if: github.ref == 'refs/heads/…'`"
