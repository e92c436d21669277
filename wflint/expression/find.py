"""The expressions that a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from wflint.expression.error import ExpressionError
from wflint.expression.parser import parse
from wflint.expression.tree import Tree
from wflint.source.span import Span

OPENING: Final = "${{"
_REST: Final = re.compile(r"(?:[^'}]|'[^']*+'|\}(?!\}))*+\}\}")


class Embedded(NamedTuple):
    """An expression in a text; both spans are offsets in that text."""

    span: Span
    """`${{` and `}}` included; the whole text for a bare condition."""
    inner: Span
    """What stands between them."""
    text: str
    """The text of `inner`, blanks and all."""
    closed: bool = True
    """Whether `}}` is there; without it, both spans reach to the text's end."""

    def parse(self) -> Tree:
        """Return the tree; its spans, and those of the ExpressionError that this may raise, are offsets in `text`."""
        if not self.closed:
            raise ExpressionError("`${{` is never closed: `}}` is missing, or a `'` before it", Span(0, len(self.text)))
        return parse(self.text)


def find(text: str) -> Iterator[Embedded]:
    """Yield the expressions of a text in order. A `}}` in a quoted string closes none; what is not closed is last."""
    start = text.find(OPENING)
    while start >= 0:
        begin = start + len(OPENING)
        match = _REST.match(text, begin)
        if match is None:
            end = len(text)
            yield Embedded(Span(start, end), Span(begin, end), text[begin:], closed=False)
            return
        end = match.end()
        yield Embedded(Span(start, end), Span(begin, end - 2), text[begin : end - 2])
        start = text.find(OPENING, end)


def find_in_condition(text: str) -> Iterator[Embedded]:
    """Yield the expressions of an `if:`: without `${{` the text as a whole is one, unless it is blank.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
    """
    if OPENING in text:
        yield from find(text)
    elif text and not text.isspace():
        whole = Span(0, len(text))
        yield Embedded(whole, whole, text)


def single(text: str) -> Embedded | None:
    """Return the expression that a text consists of, if it is exactly one: only then does its value keep its type."""
    if not text.startswith(OPENING):
        return None
    first = next(find(text))
    return first if first.closed and first.span.end == len(text) else None
