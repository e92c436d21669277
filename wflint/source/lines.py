"""Offsets to lines and columns, and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from wflint.source.span import Position, Span

_BREAK = re.compile(r"\r\n|\n|\r")


class Lines:
    """The line table of a text. Lines end at LF, CRLF or CR and nowhere else, as they do for git and GitHub."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        else:
            # The usual case, without a step of Python for each line.
            lines = text.split("\n")
            lines.pop()
            self.starts = list(accumulate(map(len, lines), lambda start, length: start + length + 1, initial=0))

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset; one past the end is allowed."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def span(self, line: int) -> Span:
        """Return the range of a line, counted from 1, without its line break."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, line: int) -> str:
        """Return the text of a line, counted from 1, without its line break."""
        start, end = self.span(line)
        return self.text[start:end]

    def __len__(self) -> int:
        return len(self.starts)
