"""Where everything is drawn: pure arithmetic, in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from wflint.model.graph import Edge, Graph, Group, Node
from wflint.report.escape import printable
from wflint.report.graph.layers import columns, uncrossed, waypoints
from wflint.report.graph.measure import fitted, width

LINE = 17
"""The height of a line of text."""
BOX = (120, 270)
"""The least and the most width of a box."""
_PAD = 10
_GAP = 14
_BETWEEN = 56
"""Between columns: room for the links."""
_WAYPOINT = 8
_MARGIN = 16
_PAGE = 1240
"""How wide a picture wants to be; what is wider by itself makes it wider."""

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


class Link(NamedTuple):
    """A line through points, from box to box."""

    edge: Edge
    points: tuple[Point, ...]

    def moved(self, x: float, y: float) -> Link:
        return self._replace(points=tuple((a + x, b + y) for a, b in self.points))


class Panel(NamedTuple):
    """A framed part of the picture: a workflow, the environments, the required checks."""

    id: str
    title: str
    subtitles: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...] = ()
    group: Group | None = None

    def moved(self, x: float, y: float) -> Panel:
        boxes = tuple(box.moved(x, y) for box in self.boxes)
        return self._replace(x=x, y=y, boxes=boxes, links=tuple(link.moved(x, y) for link in self.links))


class Picture(NamedTuple):
    """All panels."""

    panels: tuple[Panel, ...]
    width: float
    height: float


def layout(graph: Graph, extra: Mapping[str, Sequence[str]]) -> Picture:
    """Return the picture of a graph; `extra` are further lines for nodes."""
    panels = [_workflow(group, graph, extra) for group in graph.groups]
    for id, title, nodes in (("e", "Environments", graph.environments), ("c", "Required checks", graph.checks)):
        if nodes:
            boxes, size = _grid([_box(node, extra) for node in nodes], _PAGE - 4 * _MARGIN)
            panels.append(_panel(id, title, (), boxes, (), size))
    placed = list(_packed(panels))
    right = max((panel.x + panel.width for panel in placed), default=0)
    bottom = max((panel.y + panel.height for panel in placed), default=0)
    return Picture(tuple(placed), right + _MARGIN, bottom + _MARGIN)


def _workflow(group: Group, graph: Graph, extra: Mapping[str, Sequence[str]]) -> Panel:
    own = {node.id for node in group.jobs}
    edges = {(e.source, e.target): e for e in graph.edges if e.kind == "needs" and e.source in own and e.target in own}
    linked = {id for pair in edges for id in pair}
    boxes = {node.id: _box(node, extra) for node in group.jobs}
    chained = {id: box for id, box in boxes.items() if id in linked}
    placed, links, size = _chained(chained, edges)
    alone = [box for id, box in boxes.items() if id not in linked]
    if alone:
        grid, below = _grid(alone, max(size[0], _comfortable(alone)))
        top = size[1] + _GAP if size[1] else 0.0
        placed += [box.moved(0, top) for box in grid]
        size = (max(size[0], below[0]), top + below[1])
    subtitles = [group.workflow.path, *extra.get(group.id, ()), *(f"on {event}" for event in group.events.details)]
    shown = (*subtitles[:9], "…") if len(subtitles) > 10 else tuple(subtitles)
    return _panel(group.id, group.title, shown, placed, links, size, group)


def _comfortable(boxes: Sequence[Box]) -> float:
    """Return how wide a grid of boxes wants to be: about twice its height."""
    area = sum((box.width + _GAP) * (box.height + _GAP) for box in boxes)
    return min(max(math.sqrt(2.2 * area), 2.5 * BOX[0]), _PAGE - 4 * _MARGIN)


def _box(node: Node, extra: Mapping[str, Sequence[str]]) -> Box:
    inner = BOX[1] - 2 * _PAD
    first = fitted(printable(node.title), inner, bold=True)
    lines = [first, *(fitted(printable(line), inner) for line in (*node.details, *extra.get(node.id, ())))]
    wide = max(width(first, bold=True), *map(width, lines)) + 2 * _PAD
    return Box(node, 0, 0, min(max(wide, BOX[0]), BOX[1]), LINE * len(lines) + _PAD, tuple(lines))


def _chained(
    boxes: Mapping[str, Box], edges: Mapping[tuple[str, str], Edge]
) -> tuple[list[Box], tuple[Link, ...], Point]:
    """Place boxes in columns, each column in the middle of the tallest one."""
    links = list(edges)
    filled, ways = waypoints(columns(list(boxes), links), links)
    steps = [pair for (a, b) in links for pair in _pairs((a, *ways.get((a, b), ()), b))]
    ordered = uncrossed(filled, steps)
    heights = [sum(_tall(boxes.get(id)) + _gap(id in boxes) for id in column) - _GAP for column in ordered]
    tallest = max(heights, default=0.0)
    placed: dict[str, Box] = {}
    points: dict[str, tuple[Point, Point]] = {}
    x = 0.0
    for column, height in zip(ordered, heights, strict=True):
        wide = max((boxes[id].width for id in column if id in boxes), default=0.0)
        y = (tallest - height) / 2
        for id in column:
            box = boxes.get(id)
            tall = _tall(box)
            if box is not None:
                placed[id] = box._replace(x=x, y=y, width=wide)
            points[id] = (x, y + tall / 2), (x + wide, y + tall / 2)
            y += tall + _gap(box is not None)
        x += wide + _BETWEEN
    drawn = tuple(
        Link(edge, (points[a][1], *(p for id in ways.get((a, b), ()) for p in points[id]), points[b][0]))
        for (a, b), edge in edges.items()
    )
    return list(placed.values()), drawn, (max(x - _BETWEEN, 0.0), tallest)


def _pairs(path: Sequence[str]) -> Iterator[tuple[str, str]]:
    return pairwise(path)


def _tall(box: Box | None) -> float:
    return box.height if box is not None else _WAYPOINT


def _gap(below_box: bool) -> float:
    """Return the gap below a box or a waypoint: links that go the same way stand close."""
    return _GAP if below_box else _WAYPOINT / 2


def _grid(boxes: Iterable[Box], most: float) -> tuple[list[Box], Point]:
    """Place boxes of one width in rows."""
    given = list(boxes)
    wide = max(box.width for box in given)
    across = max(int((most + _GAP) // (wide + _GAP)), 1)
    placed: list[Box] = []
    y = 0.0
    for start in range(0, len(given), across):
        row = given[start : start + across]
        placed += (box._replace(x=index * (wide + _GAP), y=y, width=wide) for index, box in enumerate(row))
        y += max(box.height for box in row) + _GAP
    return placed, (min(across, len(given)) * (wide + _GAP) - _GAP, y - _GAP)


def _panel(
    id: str,
    title: str,
    subtitles: tuple[str, ...],
    boxes: Sequence[Box],
    links: Sequence[Link],
    size: Point,
    group: Group | None = None,
) -> Panel:
    """Frame boxes, below a title that is cut where it is wider than them and than three boxes."""
    texts = [width(printable(title), 15, bold=True), *(width(printable(each), 12) for each in subtitles)]
    inner = max(size[0], min(max(texts), 1.6 * BOX[1]))
    top = _PAD + 24 + LINE * len(subtitles) + _PAD
    return Panel(
        id,
        fitted(printable(title), inner, 15, bold=True),
        tuple(fitted(printable(each), inner, 12) for each in subtitles),
        0,
        0,
        inner + 2 * _MARGIN,
        top + size[1] + _MARGIN,
        tuple(box.moved(_MARGIN, top) for box in boxes),
        tuple(link.moved(_MARGIN, top) for link in links),
        group,
    )


def _packed(panels: Iterable[Panel]) -> Iterator[Panel]:
    """Place each panel as high as it fits below those before it, and then as far left."""
    # The lower edge of what is placed, from left to right: where each step begins, and how low it is.
    edge: list[Point] = [(float(_MARGIN), float(_MARGIN))]
    for panel in panels:
        fits = [x for x, _ in edge if x == _MARGIN or x + panel.width <= _PAGE]
        y, x = min((_lowest(edge, x, x + panel.width), x) for x in fits)
        yield panel.moved(x, y)
        right = x + panel.width + _MARGIN
        after = [low for start, low in edge if start <= right][-1]
        kept = [step for step in edge if step[0] < x or step[0] > right]
        edge = sorted([*kept, (x, y + panel.height + _MARGIN), (right, after)])


def _lowest(edge: Sequence[Point], left: float, right: float) -> float:
    ends = [*(start for start, _ in edge[1:]), float("inf")]
    return max(low for (start, low), end in zip(edge, ends, strict=True) if start < right and end > left)
