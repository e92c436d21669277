"""Ask whether a value is in a list, not whether it is a part of a text.

`contains('main develop', github.ref_name)` is meant to ask for one of two branches, and asks whether the branch's name is somewhere
in that text: it holds for `dev`, `e` and for an empty value too. Give it a list: `contains(fromJSON('["main", "develop"]'), …)`.

```yaml fails
on: pull_request_target
jobs:
  deploy:
    if: contains('main develop', github.head_ref)  # finding
    runs-on: ubuntu-latest
    steps:
      - if: ${{ contains('refs/heads/main,refs/heads/next', github.ref) }}  # finding
        run: ./deploy
```

```yaml fixed
on: pull_request_target
jobs:
  deploy:
    if: contains(fromJSON('["main", "develop"]'), github.head_ref)
    runs-on: ubuntu-latest
    steps:
      - if: ${{ contains(fromJSON('["refs/heads/main", "refs/heads/next"]'), github.ref) }}
        run: ./deploy
```

```yaml passes
on: pull_request_target
jobs:
  deploy:
    if: contains(fromJSON('["main", "develop"]'), github.head_ref)
    runs-on: ubuntu-latest
    steps:
      - if: contains(github.event.pull_request.title, '[deploy]')
        run: ./deploy
```
"""

import json
import re
from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Fix, NoOptions, rule, taint, tree


@rule(
    target=Expression,
    level="warning",
    tags=("correctness", "security", "cwe-697"),
    security_severity=5.5,
)
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    if "ontains" not in expression.text.lower() or expression.tree is None:
        return
    for node in tree.walk(expression.tree):
        if not isinstance(node, tree.Call) or node.function != "contains" or len(node.arguments) != 2:
            continue
        texts, sought = node.arguments
        if not isinstance(texts, tree.Literal) or not isinstance(texts.value, str) or isinstance(sought, tree.Literal):
            continue
        found = taint.carried(expression, sought)
        what = expression.text[slice(*sought.span)]
        yield context.finding(
            expression.place_of(texts.span),
            f"this asks whether `{what}` is any part of the text, even one letter or empty; give `contains` a list:"
            " `fromJSON('[…]')`",
            level=None if found else "note",
            fix=_fix(expression, texts),
        )


def _fix(expression: Expression, texts: tree.Literal) -> Fix | None:
    text = str(texts.value)
    words = [word for word in re.split(r"[\s,;|]+", text) if word]
    if expression.scalar.style not in ("plain", "literal", "folded") or not words:
        return None
    if text.lstrip().startswith("["):
        try:
            known = json.loads(text)
        except ValueError:
            return None
        listed = text if isinstance(known, list) else ""
    elif all(re.fullmatch(r"[\w./-]+", word) for word in words):
        listed = json.dumps(words)
    else:
        listed = ""
    literal = "fromJSON('" + listed.replace("'", "''") + "')"
    return Fix.replace("Ask for an item of a list", expression.place_of(texts.span), literal) if listed else None
