"""The graph in Mermaid's words, which GitHub draws in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wflint.analysis.graph import EdgeKind, Graph, Node, NodeKind
from wflint.report.escape import clipped, printable
from wflint.report.graph.marks import Mark

_SHAPE: dict[NodeKind, tuple[str, str]] = {
    "events": ("([", "])"),
    "job": ("[", "]"),
    "environment": ("[(", ")]"),
    "check": ("{{", "}}"),
}
_ARROW: dict[EdgeKind, str] = {
    "starts": "-->",
    "needs": "-->",
    "calls": "-.->|calls|",
    "follows": "-.->|then|",
    "deploys": "==>",
    "reports": "-.-",
}
MOST = 500
"""How many links are drawn by default. https://mermaid.js.org/config/schema-docs/config.html#maxedges"""
_LONGEST = 80
_LINES = 12
_SPECIAL = re.compile(r"[^\w .,/()·…-]|[.-](?= )")
"""Also what would begin an item of a list."""
_STYLE = """\
  classDef error stroke:#c62828,stroke-width:3px
  classDef warning stroke:#9a6700,stroke-width:3px
  classDef note stroke:#0969da,stroke-width:2px
  classDef open stroke:#c62828,stroke-dasharray:4
"""


def render(graph: Graph, marks: Mapping[str, Mark]) -> Iterator[str]:
    """Yield the flowchart."""
    yield "flowchart LR\n"
    for group in graph.groups:
        yield f"  subgraph {group.id}[{_text(group.title)}]\n"
        for node in group.nodes:
            yield f"    {_node(node, marks.get(node.id))}\n"
        yield "  end\n"
    for node in (*graph.environments, *graph.checks):
        yield f"  {_node(node, None)}\n"
    for edge in graph.edges:
        yield f"  {edge.source} {_ARROW[edge.kind]} {edge.target}\n"
    yield _STYLE


def _node(node: Node, mark: Mark | None) -> str:
    first, last = _SHAPE[node.kind]
    lines = [*([] if node.kind == "events" else [node.title]), *node.details] or [node.title]
    lines = [*lines[:_LINES], "…"] if len(lines) > _LINES else lines
    if mark is not None:
        lines.append(str(mark))
    look = f":::{mark.level}" if mark is not None else ":::open" if node.is_open else ""
    return f"{node.id}{first}{_text(*lines)}{last}{look}"


def _text(*lines: str) -> str:
    return f'"{"<br/>".join(_escaped(line) for line in lines)}"'


def _escaped(text: str) -> str:
    """Return a text of which nothing is read as Mermaid, Markdown or HTML: as Mermaid's `#35;` codes.

    It takes `#word;` for a character and then reads HTML, so that an `&lt;` of ours would be a tag of somebody's.
    """
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", clipped(printable(text), _LONGEST))
