"""The tokens of an expression."""

from __future__ import annotations

from typing import Literal, NamedTuple

from wflint.source.span import Span

Kind = Literal[
    "name", "number", "string", "end",
    "!", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "(", ")", "[", "]", ".", ",", "*",
]  # fmt: skip
"""What a token is; operators and brackets are their own kind."""


class Token(NamedTuple):
    """One token as written; `start` and `end` are offsets in the expression's text."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the expression's text."""
        return Span(self.start, self.end)
