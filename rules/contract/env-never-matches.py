"""Admit to an environment the refs from which its workflow runs.

A job whose ref the environment does not admit fails before its first step. Runs for a pull request have the ref
`refs/pull/1/merge`; those that a schedule, a comment or another workflow starts have the default branch; those of a tag need a
pattern for tags.

```yaml fails
# file: .github/settings.yml
repository:
  default_branch: main
environments:
  - name: production
    deployment_branch_policy:
      custom_branches: ["release/*"]
# file: .github/workflows/deploy.yml
on:
  push:
    branches: [main]
  schedule:
    - cron: "0 3 * * *"
jobs:
  deploy:
    environment: production  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```

```yaml passes
# file: .github/settings.yml
repository:
  default_branch: main
environments:
  - name: production
    deployment_branch_policy:
      custom_branches: [main, {name: "v*", type: tag}]
# file: .github/workflows/deploy.yml
on:
  push:
    branches: [main]
    tags: ["v*"]
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, deployments, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "environments"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    if settings is None:
        return
    for used, name in deployments.deployments(repository):
        environment = settings.environment(name)
        if environment is None or used.job.workflow.is_reusable or used.job.condition is not None:
            continue
        refs = deployments.refs_of(used.job.workflow, guards.branches(settings))
        if refs and all(deployments.admits(environment, ref) is False for ref in refs):
            shown = ", ".join(f"`{ref}`" for ref in refs[:3])
            yield context.finding(
                used.name or used,
                f"the environment `{name}` admits none of the refs from which this workflow runs ({shown}), so the job"
                " fails before its first step; admit one",
                related=[(environment.patterns.place or environment, "these are admitted")],
            )
