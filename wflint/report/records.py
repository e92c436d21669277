"""What the JSON formats say of a finding. The shapes are a contract: version 1.

Lines and columns count from 1, columns in code points, ends are exclusive. Messages and titles are printable; paths
and the texts of edits are exact.
"""

from __future__ import annotations

from typing import Any

from wflint.report.escape import exact, message, printable
from wflint.report.report import Failure, Report
from wflint.report.sources import Sources
from wflint.rule.finding import Finding, Fix, Location, Waived
from wflint.source.span import Position

VERSION = 1


def of_finding(finding: Finding, sources: Sources) -> dict[str, Any]:
    """Return a finding's record; `fix` is absent when there is none."""
    record = {
        "rule": printable(finding.rule),
        "level": finding.level,
        "message": message(finding.message),
        **_place(finding.location),
    }
    fix = finding.fix and _fix(finding.fix, sources)
    if fix:
        record["fix"] = fix
    record["related"] = [{"message": message(other.message), **_place(other.location)} for other in finding.related]
    return record


def of_waived(waived: Waived, sources: Sources) -> dict[str, Any]:
    """Return the record of a waived finding: the finding's own, with `reason` and `by`."""
    return {**of_finding(waived.finding, sources), "reason": message(waived.reason), "by": printable(waived.by)}


def of_failure(failure: Failure) -> dict[str, Any]:
    """Return a failure's record; `path` and `rule` are absent when it has none."""
    record = {"message": message(failure.message)}
    if failure.path is not None:
        record["path"] = exact(failure.path)
    if failure.rule is not None:
        record["rule"] = printable(failure.rule)
    return record


def of_summary(report: Report) -> dict[str, int]:
    """Return the counts of a run."""
    return {
        **dict(report.counts.items()),
        "waived": len(report.waived),
        "failures": len(report.failures),
        "fixable": sum(finding.fix is not None for finding in report.findings),
        "files": len(report.texts),
    }


def _place(location: Location) -> dict[str, Any]:
    return {"path": exact(location.path), **_range(location.start, location.end)}


def _range(start: Position, end: Position) -> dict[str, int]:
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _fix(fix: Fix, sources: Sources) -> dict[str, Any] | None:
    """Return a fix's record; None when an edit is for a file whose text the report does not have."""
    edits = []
    for edit in fix.edits:
        where = sources.range(edit)
        if where is None:
            return None
        edits.append({"path": exact(edit.path), **_range(*where), "text": exact(edit.edit.text)})
    return {"title": message(fix.title), "safe": fix.safe, "edits": edits}
