"""The fenced code blocks of a Markdown text.

https://spec.commonmark.org/0.31.2/#fenced-code-blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wflint.source.span import Span

_LINE = re.compile(r"(?P<line>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
_NO_BREAK = re.compile(r"[^\r\n]")


class Block(NamedTuple):
    """A fenced block."""

    language: str
    """The first word behind the fence, in lower case; empty when there is none."""
    span: Span
    """What stands between the fences, the last line break included."""


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks in order.

    A fence that is never closed reaches to the end, as CommonMark has it; but a line that opens another fence with a
    language closes it: whoever forgot a fence did not mean to quote one.
    """
    fence, language, start = "", "", 0
    for match in _LINE.finditer(text):
        line = _FENCE.fullmatch(match["line"])
        if line is not None:
            info = line["info"].strip()
            if fence and line["fence"].startswith(fence) and not info:
                yield Block(language, Span(start, match.start()))
                fence = ""
            elif not fence or (info and line["fence"][0] == fence[0]):
                if fence:
                    yield Block(language, Span(start, match.start()))
                words = info.split()
                fence, language, start = line["fence"], words[0].lower() if words else "", match.end()
        if not match["end"]:
            break
    if fence:
        yield Block(language, Span(start, len(text)))


def alone(text: str, *spans: Span) -> str:
    """Return a text of the same places in which nothing but some spans, in order, is left: all before them is blank."""
    kept, last = "", 0
    for start, end in spans:
        kept += _NO_BREAK.sub(" ", text[last:start]) + text[start:end]
        last = end
    return kept
