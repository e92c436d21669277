"""Where everything is drawn: pure arithmetic, in pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wflint.analysis.graph import Graph, Group
from wflint.report.escape import printable
from wflint.report.graph.boxes import GAP, LINE, NARROWEST, PAD, WIDEST, Box, Point, boxed, comfortable, grid
from wflint.report.graph.chains import Chains, Frame, Link, chains
from wflint.report.graph.measure import fitted, width

_MARGIN = 16
_PAGE = 1240
"""How wide a picture wants to be; what is wider by itself makes it wider."""
_SUBTITLES = 10


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
    links: tuple[Link, ...]
    frames: tuple[Frame, ...]
    group: Group | None = None

    def moved(self, x: float, y: float) -> Panel:
        return self._replace(
            x=x,
            y=y,
            boxes=tuple(box.moved(x, y) for box in self.boxes),
            links=tuple(link.moved(x, y) for link in self.links),
            frames=tuple(frame.moved(x, y) for frame in self.frames),
        )


class Picture(NamedTuple):
    """All panels."""

    panels: tuple[Panel, ...]
    width: float
    height: float


def layout(graph: Graph, extra: Mapping[str, Sequence[str]]) -> Picture:
    """Return the picture of a graph; `extra` are further lines for nodes and, by their ids, for groups."""
    panels = [_workflow(group, graph, extra) for group in graph.groups]
    for id, title, nodes in (("e", "Environments", graph.environments), ("c", "Required checks", graph.checks)):
        if nodes:
            boxes, size = grid((boxed(node, extra.get(node.id, ())) for node in nodes), _PAGE - 4 * _MARGIN)
            panels.append(_panel(id, title, (), Chains(boxes, [], [], size)))
    placed = list(_packed(panels))
    right = max((panel.x + panel.width for panel in placed), default=0)
    bottom = max((panel.y + panel.height for panel in placed), default=0)
    return Picture(tuple(placed), right + _MARGIN, bottom + _MARGIN)


def _workflow(group: Group, graph: Graph, extra: Mapping[str, Sequence[str]]) -> Panel:
    """Return a workflow's panel: jobs that need one another in columns, the others in rows below them."""
    boxes = {node.id: boxed(node, extra.get(node.id, ())) for node in group.jobs}
    pairs = ((edge.source, edge.target) for edge in graph.edges if edge.kind == "needs")
    needs = [pair for pair in pairs if pair[0] in boxes and pair[1] in boxes]
    linked = {id for pair in needs for id in pair}
    drawn = chains({id: box for id, box in boxes.items() if id in linked}, needs)
    alone = [box for id, box in boxes.items() if id not in linked]
    if alone:
        most = min(max(comfortable(alone, 2.2), 2.5 * NARROWEST), _PAGE - 4 * _MARGIN)
        rows, size = grid(alone, max(drawn.size[0], most))
        top = drawn.size[1] + GAP if drawn.boxes else 0.0
        drawn.boxes.extend(box.moved(0, top) for box in rows)
        drawn = drawn._replace(size=(max(drawn.size[0], size[0]), top + size[1]))
    subtitles = (group.workflow.path, *extra.get(group.id, ()), *(f"on {event}" for event in group.events.details))
    shown = subtitles if len(subtitles) <= _SUBTITLES else (*subtitles[: _SUBTITLES - 1], "…")
    return _panel(group.id, group.title, shown, drawn, group)


def _panel(id: str, title: str, subtitles: tuple[str, ...], drawn: Chains, group: Group | None = None) -> Panel:
    """Frame what is drawn, below a title that is cut where it is much wider."""
    texts = [width(printable(title), 15, bold=True), *(width(printable(each), 12) for each in subtitles)]
    inner = max(drawn.size[0], min(max(texts), 1.6 * WIDEST))
    top = PAD + 24 + LINE * len(subtitles) + PAD
    return Panel(
        id,
        fitted(printable(title), inner, 15, bold=True),
        tuple(fitted(printable(each), inner, 12) for each in subtitles),
        0,
        0,
        inner + 2 * _MARGIN,
        top + drawn.size[1] + _MARGIN,
        tuple(box.moved(_MARGIN, top) for box in drawn.boxes),
        tuple(link.moved(_MARGIN, top) for link in drawn.links),
        tuple(frame.moved(_MARGIN, top) for frame in drawn.frames),
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
