"""Write plainly what an expression always gives.

An expression that builds a constant from pieces, or the name of a context's property from texts, hides what it does: from the
reviewer, and from tools that look for `secrets.DEPLOY_KEY` and find `secrets[format('{0}_{1}', 'DEPLOY', 'KEY')]`. Write the value,
or the name.

```yaml fails
on: push
env:
  NAME: release-${{ format('{0}-{1}', 'linux', 'x64') }}  # finding
  KEY: ${{ secrets[format('{0}_{1}', 'DEPLOY', 'KEY')] }}  # finding
  URL: ${{ join(fromJSON('["https:", "", "example.com"]'), '/') }}  # finding
  OLD: ${{ github.ref == format('refs/heads/{0}', 'main') }}  # finding
jobs: {}
```

```yaml fixed
on: push
env:
  NAME: release-linux-x64
  KEY: ${{ secrets['DEPLOY_KEY'] }}
  URL: ${{ 'https://example.com' }}
  OLD: ${{ github.ref == 'refs/heads/main' }}
jobs: {}
```

A literal alone is how a template's own marks are written, and `fromJSON` of a literal is how lists and numbers are.

```yaml passes
on: push
env:
  MARK: ${{ '${{' }}
  LIST: ${{ contains(fromJSON('["a", "b"]'), github.ref_name) }}
  NUMBER: ${{ fromJSON('10') }}
  KEY: ${{ secrets[format('{0}_KEY', matrix.stage)] }}
  TERNARY: ${{ github.ref_name == 'main' && 'production' || 'staging' }}
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Fix, NoOptions, evaluate, rule, tree

_LONGEST = 200


@rule(
    target=Expression,
    level="warning",
    tags=("security", "injection", "cwe-1007"),
    security_severity=3.5,
)
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    root = expression.tree
    # What a whole condition always is, `constant-condition` tells.
    if root is None or "(" not in expression.text:
        return
    for node, is_name in _constants(root):
        if node is root and expression.key.endswith("if"):
            continue
        value = evaluate.constant(node)
        if isinstance(value, bool):
            value = literal = str(value).lower()
        elif isinstance(value, str) and len(value) <= _LONGEST:
            literal = "'" + value.replace("'", "''") + "'"
        else:
            continue
        yield context.finding(
            expression.place_of(node.span),
            f"this is always `{value}`, and hides it from people and tools; write that",
            level=None if is_name else "note",
            fix=_fix(expression, node, value, literal),
        )


def _constants(root: tree.Tree) -> Iterator[tuple[tree.Tree, bool]]:
    """Yield the outermost calls that give the same in every run, and whether one names a property.

    Those that only read a literal are left out.
    """
    stack = [(root, False)]
    while stack:
        node, is_name = stack.pop()
        if isinstance(node, tree.Call) and not any(isinstance(each, tree.Name) for each in tree.walk(node)):
            if node.function != "fromjson" or not all(isinstance(each, tree.Literal) for each in node.arguments):
                yield node, is_name
        elif isinstance(node, tree.Index):
            stack += [(node.index, True), (node.base, is_name)]
        else:
            stack.extend((each, is_name) for each in reversed(node.children))


def _fix(expression: Expression, node: tree.Tree, value: str, literal: str) -> Fix | None:
    if expression.scalar.style not in ("plain", "literal", "folded") or "\n" in value:
        return None
    title = f"Write `{value}`"
    if node is expression.tree and not expression.is_whole and value.replace("-", "").replace(".", "").isalnum():
        return Fix.replace(title, expression.place, value, safe=True)
    if any(mark in value for mark in (": ", " #", "}}", "${{")):
        return None
    return Fix.replace(title, expression.place_of(node.span), literal, safe=True)
