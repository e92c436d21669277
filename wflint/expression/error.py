"""What is wrong with an expression, and where."""

from __future__ import annotations

from wflint.source.span import Span


class ExpressionError(Exception):
    """A text is not an expression.

    `message` is for people; `span` holds offsets in the expression's text.
    """

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
