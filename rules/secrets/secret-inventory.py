"""Use only the secrets that the policy lists.

A policy may list the secrets that workflows use: `secrets: [DEPLOY_TOKEN, …]`. A name that is not on it is misspelled,
so that the value is empty and nobody is told, or it is new and somebody should know of it. Without a list, this rule says
nothing. Case does not matter. `GITHUB_TOKEN` is always there and need not be listed.

```yaml fails
# policy: {secrets: [DEPLOY_TOKEN]}
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
# policy: {secrets: [DEPLOY_TOKEN]}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.deploy_token }}
          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}
```

What a workflow declares for its callers to pass is not in the store.

```yaml passes
# policy: {secrets: [DEPLOY_TOKEN]}
on:
  workflow_call:
    secrets:
      token:
        required: true
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.token }}
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.ANY }}
```

With `environments`, a secret that belongs to an environment may be used only by jobs that deploy to it. Elsewhere it is empty, or,
worse, somebody has stored it for the whole repository.

```yaml fails
# options: {environments: {production: [PROD_KEY], staging: [STAGING_KEY]}}
on: push
jobs:
  staging:
    environment: staging
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          KEY: ${{ secrets.PROD_KEY }}  # finding
  production:
    environment: Production
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          KEY: ${{ secrets.PROD_KEY }}
          SLACK: ${{ secrets.SLACK_WEBHOOK }}
```
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Expression, Finding, environments, rule, secrets


class Options(NamedTuple):
    environments: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The secrets that belong to an environment, by its name; only jobs that name it may use them."""


@rule(target=Expression, level="error", tags=("secrets", "policy"), options=Options)
def check(expression: Expression, context: Context[Options]) -> Iterator[Finding]:
    yield from _elsewhere(expression, context)
    if not context.declared.secrets:
        return
    listed = {name.upper() for name in context.declared.secrets} | {secrets.TOKEN, secrets.STORE}
    workflow = expression.workflow
    for secret in secrets.mentions(expression):
        if secret.name in listed or (workflow is not None and secret.name in secrets.passed(workflow)):
            continue
        near = get_close_matches(secret.name, sorted(listed - {secrets.STORE}), 1)
        yield context.finding(
            secret,
            f"`{secret.name}` is not among the secrets that the policy lists; "
            + (f"did you mean `{near[0]}`?" if near else "add it to `secrets` of the policy or use one of those"),
        )


def _elsewhere(expression: Expression, context: Context[Options]) -> Iterator[Finding]:
    """Yield the secrets of environments that the job does not name; one that a caller passes may be of any."""
    owned = context.options.environments
    workflow = expression.workflow
    if not owned or workflow is None or workflow.is_reusable:
        return
    job = expression.job
    named = {name.lower() for name in environments.environment_names(job)} if job is not None else set()
    if job is not None and job.environment is not None and not named:
        return
    for secret in secrets.mentions(expression):
        homes = [home for home, names in owned.items() if secret.name in {name.upper() for name in names}]
        if homes and not any(home.lower() in named for home in homes):
            yield context.finding(
                secret, f"`{secret.name}` belongs to the environment `{homes[0]}`, which this job does not name"
            )
