"""Making a script's text safe to parse: one code point in, one ASCII byte out.

The parser counts bytes and knows neither `${{ … }}` nor what GitHub puts in its place. Both are settled before it runs:
an expression becomes a name of the same length, a character outside ASCII becomes a plain word character. So every
offset of the tree is an offset of the original text.
"""

from __future__ import annotations

from wflint.source.span import Span

_OPEN = "${{"
_CLOSE = "}}"


def expressions(text: str) -> list[Span]:
    """Return the spans of all closed `${{ … }}`, in order; `}}` within a quoted string does not close one."""
    found: list[Span] = []
    start = text.find(_OPEN)
    while start >= 0:
        end = _end(text, start + len(_OPEN))
        if end < 0:
            break
        found.append(Span(start, end))
        start = text.find(_OPEN, end)
    return found


def _end(text: str, offset: int) -> int:
    """Return the offset after the `}}` that closes an expression, -1 if none does."""
    while True:
        close = text.find(_CLOSE, offset)
        quote = text.find("'", offset)
        if close < 0 or quote < 0 or close < quote:
            return close + len(_CLOSE) if close >= 0 else -1
        closing_quote = text.find("'", quote + 1)
        if closing_quote < 0:
            return -1
        offset = closing_quote + 1


def masked(text: str, spans: list[Span]) -> str:
    """Return ASCII of the same length: expressions as underscores, other foreign characters as dots.

    A dot, since a name ends before it: `$Xé` reads `X`.
    """
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += text[last:start], "_" * (end - start)
        last = end
    code = "".join([*pieces, text[last:]])
    if not code.isascii():
        code = "".join(char if char < "\x80" else "." for char in code)
    blank = code.rstrip()
    if blank.endswith("\\"):
        # A continuation with nothing after it is valid to bash and an error to the parser.
        code = code[: len(blank) - 1] + " " + code[len(blank) :]
    return code.replace("\0", ".")
