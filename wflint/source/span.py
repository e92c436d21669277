"""Places in a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of a text, in code points from 0."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both from 1; columns count code points."""

    line: int
    column: int
