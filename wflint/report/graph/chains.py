"""Jobs that need one another, from left to right, with the links between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from wflint.report.graph.boxes import GAP, WIDEST, Box, Point, comfortable, grid
from wflint.report.graph.layers import columns, uncrossed, waypoints

_BETWEEN = 56
"""Between columns: room for the links."""
_WAYPOINT = 8
_SIBLINGS = 8
"""How many jobs that need the same, and that the same jobs need, are drawn as one bundle with one link."""
_INSET = 10

Pair = tuple[str, str]


class Link(NamedTuple):
    """A line from box to box: its start, where it goes in and out of each column on the way, its end."""

    points: tuple[Point, ...]

    def moved(self, x: float, y: float) -> Link:
        return Link(tuple((a + x, b + y) for a, b in self.points))


class Frame(NamedTuple):
    """The rectangle around a bundle."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> Frame:
        return self._replace(x=self.x + x, y=self.y + y)


class Chains(NamedTuple):
    """Everything in its place, from the origin on, and how large all of it is."""

    boxes: list[Box]
    links: list[Link]
    frames: list[Frame]
    size: Point


class _Block(NamedTuple):
    """What takes a place in a column: a box, or a bundle of them in a frame."""

    width: float
    height: float
    boxes: Sequence[Box]
    is_bundle: bool = False


def chains(boxes: Mapping[str, Box], needs: Collection[Pair]) -> Chains:
    """Place boxes, by id, in columns, each in the middle of the tallest one; `needs` are (needed, dependent)."""
    blocks, links = _blocks(boxes, needs)
    filled, ways = waypoints(columns(list(blocks), links), links)
    steps = [step for link in links for step in pairwise((link[0], *ways.get(link, ()), link[1]))]
    ordered = uncrossed(filled, steps)
    tall = [sum(_height(blocks.get(id)) for id in column) - GAP for column in ordered]
    tallest = max(tall, default=0.0)
    found = Chains([], [], [], (0.0, 0.0))
    ends: dict[str, tuple[Point, Point]] = {}
    x = 0.0
    for column, height in zip(ordered, tall, strict=True):
        wide = max((blocks[id].width for id in column if id in blocks), default=0.0)
        narrow = min(wide, WIDEST)
        y = (tallest - height) / 2
        for id in column:
            block = blocks.get(id)
            middle = y + (block.height if block is not None else _WAYPOINT) / 2
            if block is None:
                ends[id] = (x, middle), (x + wide, middle)
            else:
                _place(found, block, x, y, narrow)
                ends[id] = (x, middle), (x + (block.width if block.is_bundle else narrow), middle)
            y += _height(block)
        x += wide + _BETWEEN
    for a, b in links:
        between = (point for id in ways.get((a, b), ()) for point in ends[id])
        found.links.append(Link((ends[a][1], *between, ends[b][0])))
    return found._replace(size=(max(x - _BETWEEN, 0.0), tallest))


def _place(into: Chains, block: _Block, x: float, y: float, wide: float) -> None:
    if block.is_bundle:
        into.frames.append(Frame(x, y, block.width, block.height))
        into.boxes.extend(box.moved(x, y) for box in block.boxes)
    else:
        into.boxes.extend(box._replace(x=x, y=y, width=wide) for box in block.boxes)


def _height(block: _Block | None) -> float:
    """Return how much of a column a block takes with the gap below it; waypoints stand close to each other."""
    return block.height + GAP if block is not None else 1.5 * _WAYPOINT


def _blocks(boxes: Mapping[str, Box], needs: Iterable[Pair]) -> tuple[dict[str, _Block], list[Pair]]:
    """Return what is placed, and the links between, with many siblings made one."""
    before: dict[str, set[str]] = {id: set() for id in boxes}
    after: dict[str, set[str]] = {id: set() for id in boxes}
    for a, b in needs:
        before[b].add(a)
        after[a].add(b)
    alike: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
    for id in boxes:
        alike.setdefault((frozenset(before[id]), frozenset(after[id])), []).append(id)
    stands_for = {id: ids[0] for ids in alike.values() if len(ids) >= _SIBLINGS for id in ids}
    blocks: dict[str, _Block] = {}
    for ids in alike.values():
        if len(ids) >= _SIBLINGS:
            blocks[ids[0]] = _bundle([boxes[id] for id in ids])
    blocks |= {id: _Block(box.width, box.height, (box,)) for id, box in boxes.items() if id not in stands_for}
    ordered = {id: blocks[id] for id in boxes if id in blocks}
    return ordered, list(dict.fromkeys((stands_for.get(a, a), stands_for.get(b, b)) for a, b in needs))


def _bundle(boxes: Sequence[Box]) -> _Block:
    placed, (wide, high) = grid(boxes, comfortable(boxes, 1.3))
    inside = [box.moved(_INSET, _INSET) for box in placed]
    return _Block(wide + 2 * _INSET, high + 2 * _INSET, inside, is_bundle=True)
