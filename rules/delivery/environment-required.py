"""Let each job that deploys name its environment.

The environment is where GitHub asks for approval, limits the branches, and keeps the secrets of production from every
other job. A job that deploys without one goes past all of that, and leaves no deployment that anybody could look up.
Without `jobs` it says nothing.

```yaml fails
# options: {jobs: {steps: [kubectl apply, helm upgrade], ships: [deploy]}, allow: [staging, production]}
on: push
jobs:
  deploy:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: sudo kubectl apply -f k8s/
  preview:
    runs-on: ubuntu-latest
    environment: prodution  # finding
    steps:
      - run: vercel deploy
```

```yaml passes
# options: {jobs: {steps: [kubectl apply], jobs: ["deploy*"]}, allow: [staging, production]}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment:
      name: production
    steps:
      - run: kubectl apply -f k8s/
  deploy-any:
    runs-on: ubuntu-latest
    environment: ${{ needs.plan.outputs.environment }}
    steps: []
  deploy-called:
    uses: ./.github/workflows/deploy.yml
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, environments, near, rule, select


class Options(NamedTuple):
    jobs: select.JobSelector = select.JobSelector()
    """The jobs that deploy: those that one of `jobs`, `names`, `steps`, `uses` or `ships` means."""
    allow: tuple[str, ...] = ()
    """Globs of the environments that they may name; empty for any."""


@rule(target=Job, level="error", tags=("delivery", "deployment", "owasp-cicd-sec-1"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if options.jobs.is_empty or job.call is not None or not select.selects(options.jobs, job):
        return
    if job.environment is None:
        found = next(select.chosen(options.jobs, job), None)
        what = f"`{found.what}`" if found is not None else f"`{job.id}`"
        which = f"one of {', '.join(f'`{each}`' for each in options.allow)}" if options.allow else "one"
        yield context.finding(
            job, f"{what} deploys without an environment, so nobody approves it and no branch is refused; name {which}"
        )
        return
    allowed = select.JobSelector(environments=options.allow)
    for name in environments.environment_names(job) if options.allow else ():
        if not select.any_matches(allowed.environments, name) and job.environment.name is not None:
            yield context.finding(
                job.environment.name,
                f"the policy knows no environment `{name}` to deploy to{near.hint(name, options.allow)}",
            )
