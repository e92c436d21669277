"""Keep the code of pull requests out of environments.

A deployment policy such as `refs/pull/*/merge` lets a job of a pull request deploy. It runs the code of the pull request, with
the environment's secrets in reach.

```yaml fails
# file: .github/settings.yml
environments:
  - name: production
    deployment_branch_policy:
      custom_branches:
        - main
        - refs/pull/*/merge  # finding
# file: .github/workflows/deploy.yml
on: pull_request
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```

```yaml passes
# file: .github/settings.yml
environments:
  - name: production
    deployment_branch_policy:
      custom_branches: [main, "release/*"]
# file: .github/workflows/deploy.yml
on: push
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


@rule(
    target=Repository,
    level="warning",
    tags=("contract", "settings", "environments", "security"),
    security_severity=6.5,
)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    for environment in settings.environments if settings is not None else ():
        for pattern in environment.patterns.value or ():
            if environment.refs.value == "selected" and deployments.admits_pull_requests(pattern):
                name = environment.name.value or ""
                users = [one for one, used in deployments.deployments(repository) if environment.is_called(used)]
                reviewed = environment.reviewers.is_on or deployments.is_preview(name)
                yield context.finding(
                    pattern,
                    f"`{pattern.text}` lets the code of a pull request deploy to `{name}`, with its secrets; admit branches"
                    " alone",
                    level="note" if reviewed else "warning",
                    related=[(one, "this job deploys there") for one in users[:3]],
                )
