"""The graph drawn as SVG: no scripts, no requests, readable in light and dark.

https://www.w3.org/TR/SVG2/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.analysis.graph import Graph
from wflint.report.escape import clipped, markup
from wflint.report.graph.boxes import LINE, Box
from wflint.report.graph.chains import Frame, Link
from wflint.report.graph.layout import Panel, Picture, layout
from wflint.report.graph.marks import Mark

STYLE = """
svg { --paper: #fff; --panel: #f6f8fa; --box: #fff; --ink: #1f2328; --dim: #59636e; --line: #b5bdc6; --edge: #818b98 }
svg { --error: #c62828; --warning: #9a6700; --note: #0969da; --good: #1a7f37; color-scheme: light dark }
@media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --panel: #151b23; --box: #212830; --ink: #f0f6fc } }
@media (prefers-color-scheme: dark) { svg { --dim: #9198a1; --line: #3d444d; --edge: #7d8590; --error: #ff7b72 } }
@media (prefers-color-scheme: dark) { svg { --warning: #e3b341; --note: #79c0ff; --good: #7ee787 } }
.paper { fill: var(--paper) } .panel { fill: var(--panel); stroke: var(--line) }
.box { fill: var(--box); stroke: var(--edge) } .box.open { stroke: var(--error); stroke-dasharray: 5 3 }
.box.error { stroke: var(--error); stroke-width: 2 } .box.warning { stroke: var(--warning); stroke-width: 2 }
.box.note { stroke: var(--note); stroke-width: 1.5 }
.bundle { fill: none; stroke: var(--edge); stroke-dasharray: 2 3 }
.link { fill: none; stroke: var(--edge); stroke-width: 1.3 } .head { fill: var(--edge) }
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: var(--ink) } .name { font-weight: 600 }
.heading { font-size: 15px; font-weight: 600 } .small { font-size: 12px; fill: var(--dim) } .dim { fill: var(--dim) }
.extra { fill: var(--good) } text.error { fill: var(--error) } text.warning { fill: var(--warning) }
text.note { fill: var(--note) }
"""
_HEAD = '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
_LONGEST_TITLE = 500


def render(graph: Graph, marks: Mapping[str, Mark]) -> Iterator[str]:
    """Yield the picture as a document of its own."""
    yield from drawing(graph, marks)


def drawing(graph: Graph, marks: Mapping[str, Mark], anchors: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the picture; `anchors` are where the findings of a node stand on the page around it."""
    extra = _extra(graph, marks)
    picture = layout(graph, extra)
    calls = {edge.source: edge.target.removesuffix("e") for edge in graph.edges if edge.kind == "calls"}
    size = f'width="{picture.width:.0f}" height="{picture.height:.0f}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {picture.width:.0f} {picture.height:.0f}"'
    yield f' role="img">\n<title>{_summary(graph)}</title>\n<style>{STYLE}</style>\n'
    yield f'<defs>{_HEAD}<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>\n'
    yield f'<rect class="paper" {size}/>\n'
    yield from _panels(picture, marks, calls, anchors or {})
    yield "</svg>\n"


def _summary(graph: Graph) -> str:
    jobs = sum(len(group.jobs) for group in graph.groups)
    return f"{len(graph.groups)} workflows with {jobs} jobs"


def _extra(graph: Graph, marks: Mapping[str, Mark]) -> dict[str, list[str]]:
    """Return what links to shared nodes come to, in words: lines across the picture would hide more than they tell."""
    found: dict[str, list[str]] = {}
    titles = {node.id: node.title for node in graph.nodes}
    users: dict[str, int] = {}
    for edge in graph.edges:
        if edge.kind == "deploys":
            found.setdefault(edge.source, []).append(f"deploys to {titles[edge.target]}")
            users[edge.target] = users.get(edge.target, 0) + 1
        elif edge.kind == "reports":
            found.setdefault(edge.source, []).append(f"required: {titles[edge.target]}")
    for id, lines in found.items():
        # A job with a matrix may report dozens.
        if len(lines) > 4:
            found[id] = [*lines[:3], f"and {len(lines) - 3} more"]
    for id, number in users.items():
        found.setdefault(id, []).append(f"used by {number} {'job' if number == 1 else 'jobs'}")
    for id, mark in marks.items():
        found.setdefault(id.removesuffix("e") if id.startswith("w") else id, []).append(str(mark))
    return found


def _panels(
    picture: Picture, marks: Mapping[str, Mark], calls: Mapping[str, str], anchors: Mapping[str, str]
) -> Iterator[str]:
    for panel in picture.panels:
        yield f'<g id="{panel.id}">\n<rect class="panel" rx="8" {_rect(panel)}/>\n'
        yield from _headings(panel, marks, anchors)
        for frame in panel.frames:
            yield f'<rect class="bundle" rx="8" {_rect(frame)}/>\n'
        for link in panel.links:
            yield _link(link)
        for box in panel.boxes:
            yield from _box(box, marks.get(box.node.id), calls.get(box.node.id), anchors.get(box.node.id))
        yield "</g>\n"


def _headings(panel: Panel, marks: Mapping[str, Mark], anchors: Mapping[str, str]) -> Iterator[str]:
    x, y = panel.x + 16, panel.y + 28
    yield f"<g>{_title(_whole(panel))}"
    yield f'<text class="heading" x="{x:.1f}" y="{y:.1f}">{markup(panel.title)}</text>\n'
    mark = marks.get(f"{panel.id}e")
    for number, line in enumerate(panel.subtitles, 1):
        marked = mark is not None and number == 2
        look = f"small {mark.level}" if marked and mark is not None else "small"
        text = f'<text class="{look}" x="{x:.1f}" y="{y + number * LINE:.1f}">{markup(line)}</text>'
        anchor = anchors.get(f"{panel.id}e") if marked else None
        yield f"{_linked(text, anchor)}\n"
    yield "</g>\n"


def _whole(panel: Panel) -> str:
    if panel.group is None:
        return panel.title
    workflow = panel.group.workflow
    return "\n".join((panel.group.title, workflow.path, *panel.group.events.details))


def _box(box: Box, mark: Mark | None, called: str | None, anchor: str | None) -> Iterator[str]:
    look = mark.level if mark is not None else "open" if box.node.is_open else ""
    whole = "\n".join((box.node.title, *box.node.details))
    yield f"<g>{_title(whole)}\n"
    yield f'<rect class="box {look}" rx="5" {_rect(box)}/>\n'
    for number, line in enumerate(box.lines):
        last = number == len(box.lines) - 1
        style = "name" if number == 0 else "dim" if number <= len(box.node.details) else "extra"
        target = None
        if mark is not None and last:
            style, target = mark.level, anchor
        elif called is not None and number == len(box.node.details):
            target = called
        y = box.y + 5 + LINE * (number + 0.75)
        text = f'<text class="{style}" x="{box.x + 10:.1f}" y="{y:.1f}">{markup(line)}</text>'
        yield f"{_linked(text, target)}\n"
    yield "</g>\n"


def _linked(text: str, target: str | None) -> str:
    return f'<a href="#{target}">{text}</a>' if target is not None else text


def _title(text: str) -> str:
    lines = (markup(line) for line in clipped(text, _LONGEST_TITLE).split("\n"))
    joined = "&#10;".join(lines)
    return f"<title>{joined}</title>"


def _rect(area: Box | Frame | Panel) -> str:
    return f'x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" height="{area.height:.1f}"'


def _link(link: Link) -> str:
    (x, y), *rest = link.points
    path = [f"M{x:.1f} {y:.1f}"]
    for number, (nx, ny) in enumerate(rest):
        if number % 2:
            # Through a column, between its boxes.
            path.append(f"L{nx:.1f} {ny:.1f}")
        else:
            # What leads back, in a circle, stays in the frame.
            bend = (nx - x) / 2 if nx > x else 20
            path.append(f"C{x + bend:.1f} {y:.1f} {nx - bend:.1f} {ny:.1f} {nx:.1f} {ny:.1f}")
        x, y = nx, ny
    drawn = "".join(path)
    return f'<path class="link" marker-end="url(#head)" d="{drawn}"/>\n'
