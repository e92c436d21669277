"""Tokens to a tree: a Pratt parser.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, cast
from typing import Literal as OneOf

from wflint.expression import number
from wflint.expression.error import ExpressionError
from wflint.expression.lexer import tokens
from wflint.expression.token import Token
from wflint.expression.tree import (
    Call,
    Comparison,
    ComparisonOperator,
    Index,
    Literal,
    Logical,
    LogicalOperator,
    Name,
    Not,
    Property,
    Star,
    Tree,
    height,
)
from wflint.source.span import Span

MAX_LENGTH: Final = 21_000
"""GitHub's limit on an expression, in characters, blanks around it not counted."""
MAX_DEPTH: Final = 50
"""GitHub's limit on nesting; here parentheses count as well."""

_KEYWORDS: Final[dict[str, float | bool | None]] = {
    "null": None,
    "true": True,
    "false": False,
    "NaN": math.nan,
    "Infinity": math.inf,
}
_AND: Final = 2
_POWER: Final = {"||": 1, "&&": _AND, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
_ACCESS: Final = frozenset({".", "["})
_OPERAND: Final = frozenset({"name", "number", "string", "(", "!"})
_COMPLETE: Final = frozenset({"name", "number", "string", ")", "]", "*"})
_CLOSING: Final = frozenset({")", "]", ","})
_SHOWN: Final = 40


@lru_cache(maxsize=8192)
def parse(text: str) -> Tree:
    """Return the tree of an expression: what stands between `${{` and `}}`, or a bare condition.

    Equal texts may give one tree: three of four expressions of a repository stand in it more than once. Raises
    ExpressionError, with a span in `text`, for everything else. Functions and contexts may be any name.
    """
    if len(text) > MAX_LENGTH and len(text.strip()) > MAX_LENGTH:
        raise ExpressionError(f"the expression is longer than {MAX_LENGTH:,} characters", Span(0, len(text)))
    parser = _Parser(tokens(text))
    if len(parser.tokens) == 1:
        raise ExpressionError("the expression is empty", Span(0, len(text)))
    tree = parser.expression(0)
    if parser.tokens[parser.index].kind != "end":
        raise parser.unexpected()
    if len(parser.tokens) > MAX_DEPTH and height(tree) > MAX_DEPTH:
        raise ExpressionError(f"the expression is more than {MAX_DEPTH} levels deep", tree.span)
    return tree


class _Parser:
    __slots__ = ("depth", "index", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    def expression(self, power: int) -> Tree:
        """Read an operand and all operators after it that bind more strongly than `power`."""
        tokens = self.tokens
        start = tokens[self.index].start
        left = self.operand()
        while True:
            operator = tokens[self.index].kind
            strength = _POWER.get(operator, 0)
            if strength <= power:
                return left
            self.index += 1
            right = self.expression(strength)
            if strength > _AND:
                span = Span(start, tokens[self.index - 1].end)
                left = Comparison(left, cast("ComparisonOperator", operator), right, span)
                continue
            operands = [left, right]
            while tokens[self.index].kind == operator:
                self.index += 1
                operands.append(self.expression(strength))
            span = Span(start, tokens[self.index - 1].end)
            left = Logical(cast("LogicalOperator", operator), tuple(operands), span)

    def operand(self) -> Tree:
        """Read a value with the properties and indexes behind it and the negations before it."""
        tokens = self.tokens
        first = self.index
        while tokens[self.index].kind == "!":
            self.index += 1
        begin = self.index
        start = tokens[begin].start
        tree = self.value()
        while (kind := tokens[self.index].kind) in _ACCESS:
            if isinstance(tree, Literal) and tokens[begin].kind != "(":
                raise ExpressionError("a literal has no properties", tokens[self.index].span)
            tree = self.property(tree, start) if kind == "." else self.item(tree, start)
        for index in range(begin - 1, first - 1, -1):
            tree = Not(tree, Span(tokens[index].start, tokens[self.index - 1].end))
        return tree

    def property(self, base: Tree, start: int) -> Tree:
        """Read `.name` or `.*`."""
        self.index += 1
        kind, text, _, end = self.tokens[self.index]
        if kind == "name":
            self.index += 1
            return Property(base, text, Span(start, end))
        if kind == "*":
            self.index += 1
            return Star(base, Span(start, end))
        raise self.unexpected("a property's name")

    def item(self, base: Tree, start: int) -> Tree:
        """Read `[index]` or `[*]`."""
        opening = self.tokens[self.index].start
        self.enter()
        if self.tokens[self.index].kind == "*":
            self.index += 1
            return Star(base, Span(start, self.leave("]", opening)))
        index = self.expression(0)
        return Index(base, index, Span(start, self.leave("]", opening)))

    def value(self) -> Tree:
        """Read a literal, a context, a call or a group."""
        kind, text, start, end = token = self.tokens[self.index]
        if kind == "name":
            self.index += 1
            if self.tokens[self.index].kind == "(":
                return Call(text, self.arguments(), Span(start, self.tokens[self.index - 1].end))
            if text in _KEYWORDS:
                return Literal(_KEYWORDS[text], token.span)
            return Name(text, token.span)
        if kind == "string":
            self.index += 1
            return Literal(text[1:-1].replace("''", "'"), token.span)
        if kind == "number":
            self.index += 1
            value = number.read(text)
            if math.isnan(value):
                raise ExpressionError(f"`{text}` is not a number", Span(start, end))
            return Literal(value, token.span)
        if kind == "(":
            self.enter()
            tree = self.expression(0)
            self.leave(")", start)
            return tree
        raise self.unexpected()

    def arguments(self) -> tuple[Tree, ...]:
        """Read the arguments of a call, brackets included."""
        opening = self.tokens[self.index].start
        self.enter()
        if self.tokens[self.index].kind == ")":
            self.leave(")", opening)
            return ()
        arguments = [self.expression(0)]
        while self.tokens[self.index].kind == ",":
            self.index += 1
            arguments.append(self.expression(0))
        self.leave(")", opening)
        return tuple(arguments)

    def enter(self) -> None:
        """Step over an opening bracket."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"the expression is more than {MAX_DEPTH} levels deep"
            raise ExpressionError(message, self.tokens[self.index].span)
        self.index += 1

    def leave(self, bracket: OneOf[")", "]"], opening: int) -> int:
        """Step over a closing bracket and return its end."""
        token = self.tokens[self.index]
        if token.kind == "end":
            raise ExpressionError(f"this bracket is never closed: `{bracket}` is missing", Span(opening, opening + 1))
        if token.kind != bracket:
            raise self.unexpected(f"`{bracket}`")
        self.depth -= 1
        self.index += 1
        return token.end

    def unexpected(self, wanted: str = "") -> ExpressionError:
        """Say that the token at hand cannot stand here."""
        token = self.tokens[self.index]
        text = f"`{token.text}`" if len(token.text) <= _SHOWN else f"`{token.text[:_SHOWN]}…`"
        if token.kind == "end":
            message = f"{wanted or 'a value'} is missing at the end"
        elif wanted:
            message = f"{wanted} is missing before {text}"
        elif token.kind in _OPERAND and self.index and self.tokens[self.index - 1].kind in _COMPLETE:
            message = f"an operator is missing before {text}"
        elif token.kind in _CLOSING and self.index and self.tokens[self.index - 1].kind in _COMPLETE:
            message = f"{text} closes nothing" if token.kind != "," else "`,` stands outside a call"
        else:
            message = f"a value is missing before {text}"
        return ExpressionError(message, token.span)
