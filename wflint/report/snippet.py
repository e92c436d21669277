"""Source excerpts with carets, as compilers print them.

```text
error[unpinned-uses]: `actions/checkout@v4` is not pinned to a commit
  --> .github/workflows/ci.yml:7:15
   |
 7 |       - uses: actions/checkout@v4
   |               ^^^^^^^^^^^^^^^^^^^
   = help: Pin it to the commit: `wflint fix`
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from wflint.report import escape, words
from wflint.report.sources import Sources
from wflint.report.style import Ink, Paint
from wflint.rule.finding import Finding, Location
from wflint.source.lines import Lines

LONGEST_LINE = 160
"""Code points of a source line that are shown."""
MOST_PLACES = 12
"""Related places that are shown."""
TAB = 4


class Mark(NamedTuple):
    """A range of one line, what to draw under it and what to say of it. Columns count from 1, in code points."""

    line: int
    start: int
    end: int
    ink: Ink
    label: str = ""

    @property
    def sign(self) -> str:
        return "-" if self.ink == "gutter" else "^"


class Shown(NamedTuple):
    """A source line as printed: cut, expanded, printable."""

    text: str
    columns: list[int] | range
    """The printed column, from 0, of every code point of the part that was kept, and of its end."""
    left: int
    """How many code points were cut off before it."""

    def column(self, column: int) -> int:
        """Return where a source column was printed; what was cut off lies at the edge."""
        return self.columns[min(max(column - 1 - self.left, 0), len(self.columns) - 1)]


def headline(finding: Finding, paint: Paint) -> str:
    """Return `level[rule]: message`."""
    name = paint(finding.level, f"{finding.level}[{escape.printable(finding.rule)}]")
    return name + paint("strong", f": {escape.message(finding.message)}")


def body(finding: Finding, sources: Sources, paint: Paint) -> Iterator[str]:
    """Yield the lines that follow the headline: the place, the excerpt, related places, the fix."""
    location, places = finding.location, finding.related[:MOST_PLACES]
    lines = sources.shown(location.path)
    near = [other for other in places if lines and other.location.path == location.path]
    marks = _marks(location, lines, finding.level) if lines else []
    for other in near if lines else ():
        marks += _marks(other.location, lines, "gutter", escape.message(other.message)) if lines else []
    widest = max((mark.line for mark in marks), default=1)
    far = [other for other in places if other not in near]
    width = len(str(max([widest, *(other.location.start.line for other in far)])))

    yield _arrow(location, width, paint)
    if lines:
        yield from _excerpt(marks, lines, width, paint)
    for other in far:
        yield f"{' ' * width} {paint('gutter', '=')} {paint('strong', 'note')}: " + paint(
            "plain", escape.message(other.message)
        )
        yield _arrow(other.location, width, paint)
        if elsewhere := sources.shown(other.location.path):
            yield from _excerpt(_marks(other.location, elsewhere, "gutter"), elsewhere, width, paint)
    if hidden := len(finding.related) - len(places):
        yield f"{' ' * width} {paint('gutter', '=')} {paint('strong', 'note')}: {words.counted(hidden, 'more place')}"
    if finding.fix:
        yield f"{' ' * width} {paint('gutter', '=')} {paint('help', 'help')}: " + paint(
            "plain", words.help_text(finding.fix)
        )


def _arrow(location: Location, width: int, paint: Paint) -> str:
    return f"{' ' * width}{paint('gutter', '-->')} {paint('plain', words.place(location))}"


def _marks(location: Location, lines: Lines, ink: Ink, label: str = "") -> list[Mark]:
    """Return the marks for a range: one for a range within a line, else one for its first and one for its last line."""
    first = min(location.start.line, len(lines))
    last = max(first, min(location.end.line, len(lines)))
    end = location.end.column
    if last > first and end <= 1:
        last, end = last - 1, len(lines.line(last - 1)) + 1
    length = len(lines.line(first))
    start = min(location.start.column, length + 1)
    if first == last:
        return [Mark(first, start, max(start, min(end, length + 1)), ink, label)]
    tail = lines.line(last)
    indent = len(tail) - len(tail.lstrip())
    return [
        Mark(first, start, length + 1, ink),
        Mark(last, indent + 1, max(indent + 1, min(end, len(tail) + 1)), ink, label),
    ]


def _excerpt(marks: list[Mark], lines: Lines, width: int, paint: Paint) -> Iterator[str]:
    """Yield the marked lines, each with its marks below it; a gap is shown as `...`."""
    margin = f"{' ' * width} {paint('gutter', '|')}"
    yield margin
    last = 0
    for number, group in groupby(sorted(marks, key=lambda mark: (mark.line, mark.sign == "-")), lambda mark: mark.line):
        if last and number == last + 2:
            yield _numbered(last + 1, show(lines.line(last + 1), 0).text, width, paint)
        elif last and number > last + 2:
            yield paint("gutter", "...")
        last = number
        under = list(group)
        shown = show(lines.line(number), under[0].start - 1)
        yield _numbered(number, shown.text, width, paint)
        for mark in under:
            start = shown.column(mark.start)
            signs = mark.sign * max(1, shown.column(mark.end) - start)
            yield f"{margin} {' ' * start}" + paint(mark.ink, f"{signs} {mark.label}" if mark.label else signs)


def _numbered(number: int, text: str, width: int, paint: Paint) -> str:
    margin = paint("gutter", f"{number:>{width}} |")
    return f"{margin} {paint('plain', text)}" if text else margin


def show(line: str, focus: int) -> Shown:
    """Return a source line as it is printed, a long one cut around a code point of it."""
    left = max(0, min(focus - LONGEST_LINE // 4, len(line) - LONGEST_LINE))
    piece = line[left : left + LONGEST_LINE]
    before = "…" if left else ""
    after = "…" if left + LONGEST_LINE < len(line) else ""
    if piece.isascii() and piece.isprintable() and "##[" not in piece:
        return Shown(before + piece + after, range(len(before), len(before) + len(piece) + 1), left)
    cells, columns, column = [before], [len(before)], len(before)
    for index, character in enumerate(piece):
        if character == "\t":
            cell, size = " " * (TAB - column % TAB), TAB - column % TAB
        elif character == "[" and piece[max(0, index - 2) : index] == "##":
            cell = escape.printable("##[")[2:]
            size = len(cell)
        else:
            cell = escape.printable(character)
            size = len(cell) if cell != character else _width(character)
        cells.append(cell)
        column += size
        columns.append(column)
    return Shown("".join([*cells, after]), columns, left)


def _width(character: str) -> int:
    """Return how many columns a printable character takes in a terminal."""
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1
