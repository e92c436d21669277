"""A text to tokens, in one pass of one regular expression."""

from __future__ import annotations

import re
from typing import Final, cast

from wflint.expression.error import ExpressionError
from wflint.expression.token import Kind, Token
from wflint.source.span import Span

# A number is taken up to the next character that can end one, as GitHub takes it: `1x` is a bad number, not two tokens.
_TOKEN: Final = re.compile(
    r"""\s*+(?:
      (?P<name>[A-Za-z_][A-Za-z0-9_-]*+)
    | (?P<operator>&&|\|\||[=!<>]=|\.(?![0-9])|[!<>()\[\],*])
    | (?P<string>'(?:[^']|'')*+')
    | (?P<number>[+-]?\.?[0-9][^\s()\[\],!<>=&|]*+|-Infinity(?![A-Za-z0-9_-]))
    | (?P<end>\Z)
    | (?P<wrong>.)
    )""",
    re.VERBOSE | re.DOTALL,
)

_WRONG: Final = {
    "'": "this string is never closed: it needs a `'` at its end, and a quote within it is written `''`",
    '"': "strings stand in single quotes, not double ones",
    "`": "strings stand in single quotes, not backquotes",
    "=": "`=` is no operator; equality is `==`",
    "&": "`&` is no operator; the logical one is `&&`",
    "|": "`|` is no operator; the logical one is `||`",
    "$": "an expression cannot hold another: is the one before it closed with `}}`?",
    **dict.fromkeys("+-/%", "expressions have no arithmetic"),
    **dict.fromkeys("{}", "expressions have no braces"),
    **dict.fromkeys("?:", "expressions have no `? :`; `case(condition, value, otherwise)` chooses"),
    "~": "expressions have no regular expressions",
    ";": "an expression is one value: no `;`",
}


def tokens(text: str) -> list[Token]:
    """Return the tokens of an expression, a token of kind `end` last.

    Raises ExpressionError at the first character that begins no token.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = cast("str", match.lastgroup)
        lexeme = match[kind]
        end = match.end()
        start = end - len(lexeme)
        if kind == "wrong":
            raise _error(text, lexeme, start)
        found.append(Token(cast("Kind", lexeme if kind == "operator" else kind), lexeme, start, end))
        if kind == "end":
            break
    return found


def _error(text: str, character: str, start: int) -> ExpressionError:
    shown = f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"
    message = _WRONG.get(character, f"{shown} has no meaning in an expression")
    return ExpressionError(message, Span(start, len(text) if character == "'" else start + 1))
