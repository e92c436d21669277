"""Read only steps that have run before.

`steps.<id>` of a step that is not there, or that comes later, is empty: a condition is never true, a command gets an
empty argument, and nothing says why.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ steps.versoin.outputs.text }}  # finding
      - if: steps.later.outcome == 'success'  # finding
        run: make
      - id: later
        run: make
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      text: ${{ steps.version.outputs.text }}
    steps:
      - id: version
        run: ./version
      - run: echo ${{ steps.Version.outputs.text }} ${{ toJSON(steps) }} ${{ steps['version'].outcome }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, near, rule


@rule(target=Expression, level="warning", tags=("correctness", "expressions"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    if "steps" not in expression.text.lower() or expression.document.fragment == "steps":
        return
    owner = expression.job or expression.action
    step = expression.step
    if owner is None or (step is None and ".outputs." not in f".{expression.key}."):
        return
    for access, route in expression.reads:
        if route[0] != "steps" or len(route) < 2 or route[1] == "*":
            continue
        source = owner.step(route[1])
        if source is None:
            hint = near.hint(route[1], (other.id for other in owner.steps if other.id is not None))
            yield context.finding(
                expression.place_of(access.span), f"no step has the id `{route[1]}`, so this is always empty{hint}"
            )
        elif step is not None and source.position >= step.position and source.parent is None:
            when = "is this step itself" if source is step else "runs only later"
            yield context.finding(
                expression.place_of(access.span), f"the step `{source.id}` {when}, so this is always empty"
            )
