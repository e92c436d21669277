"""The graph in Graphviz' language.

https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.analysis.graph import EdgeKind, Graph, Node, NodeKind
from wflint.report.escape import clipped, printable
from wflint.report.graph.marks import Mark

_SHAPE: dict[NodeKind, str] = {"events": "oval", "job": "box", "environment": "cylinder", "check": "hexagon"}
_EDGE: dict[EdgeKind, str] = {
    "starts": "",
    "needs": "",
    "calls": ' [style=dashed, label="calls"]',
    "follows": ' [style=dashed, label="then"]',
    "deploys": " [style=bold]",
    "reports": " [style=dotted, arrowhead=none]",
}
_COLOR = {"error": "#c62828", "warning": "#9a6700", "note": "#0969da"}
_LONGEST = 80
_LINES = 12


def render(graph: Graph, marks: Mapping[str, Mark]) -> Iterator[str]:
    """Yield the digraph."""
    yield 'digraph wflint {\n  rankdir=LR;\n  node [fontname="sans-serif", style=rounded];\n'
    for group in graph.groups:
        yield f"  subgraph cluster_{group.id} {{\n    label={_text(group.title)};\n"
        for node in group.nodes:
            yield f"    {_node(node, marks.get(node.id))}\n"
        yield "  }\n"
    for node in (*graph.environments, *graph.checks):
        yield f"  {_node(node, None)}\n"
    for edge in graph.edges:
        yield f"  {edge.source} -> {edge.target}{_EDGE[edge.kind]};\n"
    yield "}\n"


def _node(node: Node, mark: Mark | None) -> str:
    lines = [*([] if node.kind == "events" else [node.title]), *node.details] or [node.title]
    lines = [*lines[:_LINES], "…"] if len(lines) > _LINES else lines
    look = ""
    if mark is not None:
        lines.append(str(mark))
        look = f', color="{_COLOR[mark.level]}", penwidth=2'
    elif node.is_open:
        look = f', color="{_COLOR["error"]}", style=dashed'
    return f"{node.id} [label={_text(*lines)}, shape={_SHAPE[node.kind]}{look}];"


def _text(*lines: str) -> str:
    r"""Return a quoted label. Of a backslash Graphviz makes escapes such as `\N`, and of `&lt;` a character."""
    shown = (clipped(printable(line), _LONGEST) for line in lines)
    escaped = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in shown)
    return '"' + "\\n".join(escaped) + '"'
