"""Boxes: a node's rectangle with its lines, and rows of them. All lengths are in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wflint.analysis.graph import Node
from wflint.report.escape import printable
from wflint.report.graph.measure import fitted, width

LINE = 17
"""The height of a line of text."""
NARROWEST, WIDEST = 120, 270
PAD = 10
GAP = 14

Point = tuple[float, float]


class Box(NamedTuple):
    """A node's rectangle with its lines, each cut to fit."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    def moved(self, x: float, y: float) -> Box:
        return self._replace(x=self.x + x, y=self.y + y)


def boxed(node: Node, extra: Sequence[str]) -> Box:
    """Return a node's box, as narrow as its lines allow; `extra` are further lines."""
    inner = WIDEST - 2 * PAD
    first = fitted(printable(node.title), inner, bold=True)
    lines = [first, *(fitted(printable(line), inner) for line in (*node.details, *extra))]
    wide = max(width(first, bold=True), *map(width, lines)) + 2 * PAD
    return Box(node, 0, 0, min(max(wide, NARROWEST), WIDEST), LINE * len(lines) + PAD, tuple(lines))


def grid(boxes: Iterable[Box], most: float) -> tuple[list[Box], Point]:
    """Return boxes of one width in rows no wider than `most`, from the origin on, and how large all of it is."""
    given = list(boxes)
    wide = max(box.width for box in given)
    across = max(int((most + GAP) // (wide + GAP)), 1)
    placed: list[Box] = []
    y = 0.0
    for start in range(0, len(given), across):
        row = given[start : start + across]
        placed += (box._replace(x=index * (wide + GAP), y=y, width=wide) for index, box in enumerate(row))
        y += max(box.height for box in row) + GAP
    return placed, (min(across, len(given)) * (wide + GAP) - GAP, y - GAP)


def comfortable(boxes: Iterable[Box], ratio: float) -> float:
    """Return how wide a grid of boxes is that is about `ratio` times as wide as it is high."""
    return math.sqrt(ratio * sum((box.width + GAP) * (box.height + GAP) for box in boxes))
