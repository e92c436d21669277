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
"""

from collections.abc import Iterator
from difflib import get_close_matches

from wflint.api import Context, Expression, Finding, NoOptions, rule, secrets


@rule(target=Expression, level="error", tags=("secrets", "policy"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
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
