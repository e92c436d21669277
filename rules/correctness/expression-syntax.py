"""Write expressions that GitHub can read.

GitHub refuses a workflow with an expression that it cannot read: nothing runs. Texts stand in single quotes, every
`${{` has its `}}`.

```yaml fails
on: push
jobs:
  build:
    if: github.ref == "refs/heads/main"  # finding
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ github.sha  # finding
      - run: echo ${{ github. }}  # finding
```

```yaml passes
on: push
jobs:
  build:
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ format('it''s {0}', github.sha) }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, rule


@rule(target=Expression, level="error", tags=("correctness", "expressions"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    error = expression.error
    if error is not None:
        yield context.finding(expression.place_of(error.span), error.message)
