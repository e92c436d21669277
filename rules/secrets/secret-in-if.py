"""Do not read secrets in `if`: they are not there.

The `secrets` context is not available in conditions, of jobs as of steps, so GitHub refuses the workflow: "Unrecognized
named-value: 'secrets'". Put the question into an environment variable and ask that.

```yaml fails
on: push
jobs:
  deploy:
    if: secrets.DEPLOY_TOKEN != ''  # finding
    runs-on: ubuntu-latest
    steps:
      - if: ${{ secrets.DEPLOY_TOKEN }}  # finding
        run: make deploy
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      CAN_DEPLOY: ${{ secrets.DEPLOY_TOKEN != '' }}
    steps:
      - if: env.CAN_DEPLOY == 'true'
        run: make deploy
      - if: contains(github.event.head_commit.message, 'secrets.X')
        run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, rule


@rule(target=Expression, level="error", tags=("correctness", "secrets"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    if expression.key.rpartition(".")[2] not in ("if", "pre-if", "post-if") or "secrets" not in expression.text.lower():
        return
    for access, path in expression.reads:
        if path[0] == "secrets":
            yield context.finding(
                expression.place_of(access.span),
                "`secrets` is not available in `if`, so GitHub refuses the workflow; set"
                " `env: {HAS_SECRET: ${{ secrets.NAME != '' }}}` and ask `env.HAS_SECRET == 'true'`",
            )
