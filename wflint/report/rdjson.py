"""reviewdog's diagnostic format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.

Columns count UTF-8 bytes from 1, ends are exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wflint.report import words
from wflint.report.escape import dumps, exact, message, printable
from wflint.report.json import array
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding, Level, Location
from wflint.source.span import Position

_SEVERITY: dict[Level, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield one `DiagnosticResult`. A failure is an error without a line."""
    sources, pages = Sources(report.texts), words.pages(report.rules)
    yield f'{{"source": {dumps({"name": "wflint", "url": words.HOME})},\n"diagnostics": '
    failures: list[dict[str, Any]] = [
        {
            "message": f"The run is incomplete: {message(failure.message)}",
            "location": {"path": exact(failure.path or ".")},
            "severity": "ERROR",
        }
        for failure in report.failures
    ]
    yield from array([*failures, *(_diagnostic(finding, sources, pages) for finding in report.findings)])
    yield "}\n"


def _diagnostic(finding: Finding, sources: Sources, pages: dict[str, str]) -> dict[str, Any]:
    code = {"value": printable(finding.rule)}
    if address := pages.get(finding.rule):
        code["url"] = address
    diagnostic: dict[str, Any] = {
        "message": message(finding.message),
        "location": _location(finding.location, sources),
        "severity": _SEVERITY[finding.level],
        "code": code,
    }
    suggestions = _suggestions(finding, sources)
    if suggestions:
        diagnostic["suggestions"] = suggestions
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": message(other.message), "location": _location(other.location, sources)}
            for other in finding.related
        ]
    return diagnostic


def _suggestions(finding: Finding, sources: Sources) -> list[dict[str, Any]]:
    """Return the fix if it is one edit of the finding's file: reviewdog takes several suggestions for alternatives."""
    if finding.fix is None or [edit.path for edit in finding.fix.edits] != [finding.location.path]:
        return []
    edit = finding.fix.edits[0]
    where = sources.range(edit)
    return [{"range": _range(edit.path, *where, sources), "text": exact(edit.edit.text)}] if where else []


def _location(location: Location, sources: Sources) -> dict[str, Any]:
    return {"path": exact(location.path), "range": _range(location.path, location.start, location.end, sources)}


def _range(path: str, start: Position, end: Position, sources: Sources) -> dict[str, Any]:
    return {"start": _position(path, start, sources), "end": _position(path, end, sources)}


def _position(path: str, position: Position, sources: Sources) -> dict[str, int]:
    """Return a position with its column in bytes; without a column when the text is not known."""
    lines = sources.lines(path)
    if lines is None or position.line > len(lines):
        return {"line": position.line}
    before = lines.line(position.line)[: position.column - 1]
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
