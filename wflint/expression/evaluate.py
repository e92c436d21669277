"""The value of an expression, as far as it can be told without a run.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias
from typing import Literal as OneOf

from wflint.expression.error import ExpressionError
from wflint.expression.find import find
from wflint.expression.functions import FUNCTIONS, MAX_RESULT
from wflint.expression.tree import Call, Comparison, Index, Literal, Logical, Name, Not, Property, Star, Tree
from wflint.expression.value import UNKNOWN, Answer, Unknown, Value, compare, items, lookup, to_text, truthy

Truth: TypeAlias = bool | OneOf[Unknown.UNKNOWN]
Partial: TypeAlias = Value | Unknown

_BOOLEAN: Final = frozenset({"contains", "startswith", "endswith", "always", "success", "failure", "cancelled"})
_NONE: Final[Mapping[str, Answer]] = {}


def evaluate(tree: Tree, contexts: Mapping[str, Answer], *, calls: Mapping[str, Answer] = _NONE) -> Answer:
    """Return the value of an expression, UNKNOWN where it hangs on something unknown or where GitHub would refuse it.

    `contexts` holds what is known, by name in lower case (`{"github": Open(event_name="push")}`); a context that it
    lacks is UNKNOWN, a property that a known object lacks is null. `calls` gives the values of functions that only a
    run decides, by name in lower case: `{"success": True}`.
    """
    value = _Evaluation(contexts, calls).value(tree)
    return UNKNOWN if isinstance(value, Unknown) else value


def truth(tree: Tree, contexts: Mapping[str, Answer], *, calls: Mapping[str, Answer] = _NONE) -> Truth:
    """Tell whether a condition holds. It may be known where the value is not: `x && false` never holds."""
    return _holds(_Evaluation(contexts, calls).value(tree))


def constant(tree: Tree) -> Answer:
    """Return the value of an expression that is the same in every run, else UNKNOWN."""
    return evaluate(tree, _NONE, calls={"always": UNKNOWN})


def parts(text: str, contexts: Mapping[str, Answer], *, calls: Mapping[str, Answer] = _NONE) -> list[Answer]:
    """Return a text in pieces: literal text as it stands, and each embedded expression as text or UNKNOWN."""
    evaluation = _Evaluation(contexts, calls)
    pieces: list[Answer] = []
    at = 0
    for embedded in find(text):
        if embedded.span.start > at:
            pieces.append(text[at : embedded.span.start])
        at = embedded.span.end
        try:
            value = evaluation.value(embedded.parse())
        except ExpressionError:
            value = UNKNOWN
        pieces.append(UNKNOWN if isinstance(value, Unknown) else to_text(value))
    if at < len(text):
        pieces.append(text[at:])
    return pieces


def render(
    text: str, contexts: Mapping[str, Answer], *, calls: Mapping[str, Answer] = _NONE
) -> str | OneOf[Unknown.UNKNOWN]:
    """Return a text with the values of its expressions in place, UNKNOWN if one of them is."""
    pieces = parts(text, contexts, calls=calls)
    known = [piece for piece in pieces if isinstance(piece, str)]
    return UNKNOWN if len(known) < len(pieces) or sum(map(len, known)) > MAX_RESULT else "".join(known)


def _holds(value: Partial) -> Truth:
    if isinstance(value, Unknown):
        return UNKNOWN if value is UNKNOWN else value is Unknown.TRUTHY
    return truthy(value)


class _Evaluation:
    """One visit of each node, so that the time is linear whatever is known."""

    __slots__ = ("calls", "contexts")

    def __init__(self, contexts: Mapping[str, Answer], calls: Mapping[str, Answer]) -> None:
        self.contexts = contexts
        self.calls = calls

    def value(self, tree: Tree) -> Partial:
        """Return the value of a node."""
        match tree:
            case Literal():
                return tree.value
            case Name():
                return self.contexts.get(tree.name.lower(), UNKNOWN)
            case Property():
                base = self.value(tree.base)
                return UNKNOWN if isinstance(base, Unknown) else lookup(base, tree.name)
            case Index():
                base, index = self.value(tree.base), self.value(tree.index)
                return UNKNOWN if isinstance(base, Unknown) or isinstance(index, Unknown) else lookup(base, index)
            case Star():
                base = self.value(tree.base)
                return UNKNOWN if isinstance(base, Unknown) else items(base)
            case Not():
                holds = _holds(self.value(tree.operand))
                return UNKNOWN if isinstance(holds, Unknown) else not holds
            case Comparison():
                left, right = self.value(tree.left), self.value(tree.right)
                if isinstance(left, Unknown) or isinstance(right, Unknown):
                    return UNKNOWN
                return compare(left, tree.operator, right)
            case Logical():
                return self.logical(tree)
            case Call():
                return self.call(tree)

    def logical(self, tree: Logical) -> Partial:
        """Return the operand that decides. Behind one that may decide as well, only whether it counts as true is known.

        Of operands that are all booleans, that is the value.
        """
        stops = tree.operator == "||"
        certain = True
        value: Partial = UNKNOWN
        for operand in tree.operands:
            value = self.value(operand)
            holds = _holds(value)
            if isinstance(holds, Unknown):
                certain = False
            elif holds is stops:
                if certain:
                    return value
                return stops if is_boolean(tree) else (Unknown.TRUTHY if stops else Unknown.FALSY)
        return value if certain else UNKNOWN

    def call(self, tree: Call) -> Partial:
        """Return what a function gives; one that does not exist or takes other arguments gives nothing known."""
        name = tree.function
        if name in self.calls:
            return self.calls[name]
        if name == "always":
            return True
        if name == "case":
            return self.case(tree.arguments)
        least, most, function = FUNCTIONS.get(name, (0, -1, None))
        if function is None or not least <= len(tree.arguments) <= most:
            return UNKNOWN
        values: list[Value] = []
        for argument in tree.arguments:
            value = self.value(argument)
            if isinstance(value, Unknown):
                return UNKNOWN
            values.append(value)
        return function(values)

    def case(self, arguments: tuple[Tree, ...]) -> Partial:
        """Return the value behind the first condition that is true, else the last argument."""
        if len(arguments) < 3 or len(arguments) % 2 == 0:
            return UNKNOWN
        for condition, value in zip(arguments[:-1:2], arguments[1::2], strict=True):
            holds = self.value(condition)
            if not isinstance(holds, bool):
                return UNKNOWN
            if holds:
                return self.value(value)
        return self.value(arguments[-1])


def is_boolean(tree: Tree) -> bool:
    """Tell whether an expression can give nothing but true or false."""
    match tree:
        case Literal():
            return isinstance(tree.value, bool)
        case Logical():
            return all(is_boolean(operand) for operand in tree.operands)
        case Call():
            return tree.function in _BOOLEAN
        case _:
            return isinstance(tree, Not | Comparison)
