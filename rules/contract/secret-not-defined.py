"""Read only secrets that exist.

A secret that is not stored is empty when it is read, and nobody is told: the step runs without a credential, or fails with a
message about something else. This rule speaks up only where the settings list all secrets that a job can get.

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octocat/app",
  "sections": {
    "repository": {"status": 200, "body": {"full_name": "octocat/app", "owner": {"login": "octocat", "type": "User"}}},
    "actions/secrets": {"status": 200, "body": {"total_count": 1, "secrets": [{"name": "DEPLOY_TOKEN"}]}}
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKN }}  # finding
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octocat/app",
  "sections": {
    "repository": {"status": 200, "body": {"full_name": "octocat/app", "owner": {"login": "octocat", "type": "User"}}},
    "actions/secrets": {"status": 200, "body": {"total_count": 1, "secrets": [{"name": "DEPLOY_TOKEN"}]}}
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.deploy_token }}
          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}
  other:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.OF_THE_ENVIRONMENT }}
```
"""

from collections.abc import Iterator
from difflib import get_close_matches

from wflint.api import Context, Finding, NoOptions, Repository, grants, guards, rule, secrets


@rule(target=Repository, level="note", tags=("contract", "settings", "secrets"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    stored = grants.stored_secrets(settings) if settings is not None else None
    if settings is None or stored is None:
        return
    for workflow in repository.workflows:
        passed = secrets.passed(workflow) | {secrets.TOKEN, secrets.STORE}
        for expression in workflow.all_expressions:
            held = stored | (grants.environment_secrets(settings, expression.job) or frozenset())
            if grants.environment_secrets(settings, expression.job) is None:
                continue
            for secret in secrets.mentions(expression):
                if secret.name not in held and secret.name not in passed:
                    near = get_close_matches(secret.name, sorted(held), 1)
                    yield context.finding(
                        secret,
                        f"no secret `{secret.name}` is stored, so this is empty; "
                        + (f"did you mean `{near[0]}`?" if near else "store it or drop this"),
                    )
