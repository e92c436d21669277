"""Protect the environments that workflows deploy to.

An environment without reviewers and without a choice of branches protects nothing: whoever can push a branch can run a workflow
there that deploys, with all the environment's secrets. One that does not exist is created by its first run, without any rule and
without a secret.

```yaml fails
# file: .github/settings.yml
environments:
  - name: production
    deployment_branch_policy: null
# file: .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    environment: production  # finding
    permissions:
      id-token: write
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
  site:
    environment: pages  # finding
    permissions: {}
    runs-on: ubuntu-latest
    steps:
      - run: make site
```

```yaml passes
# file: .github/settings.yml
environments:
  - name: production
    deployment_branch_policy:
      protected_branches: true
  - name: site
    reviewers:
      - type: User
        id: 1
# file: .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    environment: Production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
  site:
    environment:
      name: site
    runs-on: ubuntu-latest
    steps:
      - run: make site
```
"""

from collections.abc import Iterator

from wflint.api import Context, Environment, Finding, Level, NoOptions, Repository, deployments, guards, rule


@rule(
    target=Repository,
    level="error",
    tags=("contract", "settings", "environments", "security"),
    security_severity=6.0,
)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    if settings is None:
        return
    for used, name in deployments.deployments(repository):
        known = settings.environment(name)
        if known is None and settings.tells_all("environments"):
            yield context.finding(
                used.name or used,
                f"the environment `{name}` is not among those of the settings: its first run creates it without any rule;"
                " add it there",
                level=_level(used, name),
            )
        elif known is not None and deployments.is_open(known):
            yield context.finding(
                used.name or used,
                f"nothing protects the environment `{name}`: every branch can deploy to it unseen; give it reviewers or"
                " choose its branches",
                level=_level(used, name),
                related=[(known, "these are its settings")],
            )


def _level(used: Environment, name: str) -> Level:
    if deployments.is_preview(name):
        return "note"
    return "error" if deployments.is_powerful(used.job) else "warning"
