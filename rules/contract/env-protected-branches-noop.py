"""Protect a branch before an environment is left to protected branches.

"Protected branches only" means the branches with a classic protection rule. Where no branch has one, every branch may deploy.
Choose the branches by name, or protect them.

```yaml fails
# file: .asf.yaml
github:
  protected_branches: {}
  environments:
    production:
      deployment_branch_policy:
        protected_branches: true  # finding
# file: .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main: {}
  environments:
    production:
      deployment_branch_policy:
        protected_branches: true
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

from wflint.api import Context, Finding, NoOptions, Repository, guards, rule


@rule(
    target=Repository,
    level="error",
    tags=("contract", "settings", "environments", "security"),
    security_severity=7.0,
)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    if settings is None or not guards.classic_is_absent(settings):
        return
    for environment in settings.environments:
        if environment.refs.value == "protected" and environment.refs.place is not None:
            yield context.finding(
                environment.refs.place,
                f"no branch has classic protection, so every branch may deploy to `{environment.name.value}`; choose its"
                " branches by name",
                # Whether a ruleset makes a branch a protected one here, GitHub does not say.
                level="note" if settings.policies else "error",
            )
