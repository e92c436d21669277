"""Which findings belong to which node of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wflint.analysis.graph import Graph
from wflint.report.words import counted
from wflint.rule.finding import LEVELS, Finding, Level


class Mark(NamedTuple):
    """The findings of one node: at least one."""

    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The gravest."""
        return min((finding.level for finding in self.findings), key=LEVELS.index)

    def __str__(self) -> str:
        counts = ((level, sum(each.level == level for each in self.findings)) for level in LEVELS)
        return ", ".join(counted(number, level) for level, number in counts if number)


def marks(graph: Graph, findings: Iterable[Finding]) -> tuple[Mapping[str, Mark], tuple[Finding, ...]]:
    """Return the marks by node: of a job what stands in it, of the events what stands elsewhere in their workflow.

    What stands in no workflow is returned beside them.
    """
    events = {group.workflow.path: group.events.id for group in graph.groups}
    spans = {
        group.workflow.path: [(node.job.id_node.start, node.job.node.end, node.id) for node in group.jobs if node.job]
        for group in graph.groups
    }
    found: dict[str, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in findings:
        path, start = finding.location.path, finding.location.span.start
        inside = (id for first, last, id in spans.get(path, ()) if first <= start < max(last, first + 1))
        node = next(inside, events.get(path))
        if node is None:
            rest.append(finding)
        else:
            found.setdefault(node, []).append(finding)
    return {id: Mark(tuple(own)) for id, own in found.items()}, tuple(rest)
