"""A condition with text around its `${{ … }}`: GitHub makes a text of it, and a text that is not empty is true.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
"""

from __future__ import annotations

from wflint.expression.error import ExpressionError
from wflint.expression.find import find
from wflint.expression.parser import parse
from wflint.expression.tree import Comparison, Logical, Not
from wflint.model.expression import Expression

_CONDITIONS = ("if", "pre-if", "post-if")


def is_condition(expression: Expression) -> bool:
    """Tell whether an expression stands in an `if`."""
    return expression.key.rpartition(".")[2] in _CONDITIONS


def is_always_true(condition: Expression) -> bool:
    """Tell whether what stands around an `if`'s `${{ … }}`, if only a line break, makes it a text."""
    if condition.form == "mixed":
        return True
    text = condition.scalar.text
    return condition.form == "embedded" and is_condition(condition) and text != text.strip()


def without_fences(condition: Expression) -> str | None:
    """Return what a mixed condition is meant to say, as one bare expression; None where that is no expression."""
    text = condition.scalar.text
    parts: list[str] = []
    at = 0
    for embedded in find(text):
        try:
            tree = embedded.parse()
        except ExpressionError:
            return None
        inner = embedded.text.strip()
        alone = not text[: embedded.span.start].strip() and not text[embedded.span.end :].strip()
        parts += [
            text[at : embedded.span.start],
            inner if alone or not isinstance(tree, Comparison | Logical | Not) else f"({inner})",
        ]
        at = embedded.span.end
    meant = "".join([*parts, text[at:]]).strip()
    try:
        parse(meant)
    except ExpressionError:
        return None
    return meant
