"""Give a condition something to decide.

An `if` that is the same in every run either never lets its step run or says nothing: often a leftover of debugging, or a comparison of
a text with itself where a context was meant. `if: false`, also before `&&`, is left alone: it
switches something off, and says so.

```yaml fails
on: push
jobs:
  test:
    if: true  # finding
    runs-on: ubuntu-latest
    steps:
      - if: ${{ 'github.ref_name' == 'main' }}  # finding
        run: ./deploy
      - if: success() || true  # finding
        run: ./report
```

```yaml passes
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - if: false
        run: ./old
      - if: false && github.ref_name == 'main'
        run: ./older
      - if: always()
        run: ./report
      - if: github.ref_name == 'main'
        run: ./deploy
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, evaluate, fences, rule, tree


@rule(target=Expression, level="note", tags=("correctness", "cwe-571"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    root = expression.tree
    if root is None or not fences.is_condition(expression) or fences.is_always_true(expression):
        return
    if expression.form == "embedded" and not expression.is_whole:
        return
    first = root.operands[0] if isinstance(root, tree.Logical) and root.operator == "&&" else root
    if isinstance(first, tree.Literal) and first.value is False:
        return
    if any(isinstance(node, tree.Call) and node.function == "always" for node in tree.walk(root)):
        return
    holds = evaluate.truth(root, {})
    if isinstance(holds, bool):
        yield context.finding(
            expression, f"this condition is always {str(holds).lower()}; remove it, or compare a context"
        )
