"""Reports of several repositories as one, and paths as they are seen from the working directory."""

from __future__ import annotations

from collections.abc import Sequence

from wflint.report.report import Failure, Report
from wflint.rule.finding import FileEdit, Finding, Fix, Location, Related, Waived


def merge(reports: Sequence[Report]) -> Report:
    """Return one report of all; their paths must be of one kind."""
    if len(reports) == 1:
        return reports[0]
    return Report(
        findings=tuple(finding for report in reports for finding in report.findings),
        waived=tuple(waived for report in reports for waived in report.waived),
        failures=tuple(failure for report in reports for failure in report.failures),
        rules={id: rule for report in reports for id, rule in report.rules.items()},
        texts={path: text for report in reports for path, text in report.texts.items()},
    )


def prefixed(report: Report, prefix: str) -> Report:
    """Return the report with something before every path."""
    if not prefix:
        return report
    return report._replace(
        findings=tuple(_finding(finding, prefix) for finding in report.findings),
        waived=tuple(Waived(_finding(each.finding, prefix), each.reason, each.by) for each in report.waived),
        failures=tuple(_failure(failure, prefix) for failure in report.failures),
        texts={prefix + path: text for path, text in report.texts.items()},
    )


def _finding(finding: Finding, prefix: str) -> Finding:
    return finding._replace(
        location=_location(finding.location, prefix),
        related=tuple(Related(_location(each.location, prefix), each.message) for each in finding.related),
        fix=_fix(finding.fix, prefix) if finding.fix else None,
    )


def _location(location: Location, prefix: str) -> Location:
    return location._replace(path=prefix + location.path)


def _fix(fix: Fix, prefix: str) -> Fix:
    return fix._replace(edits=tuple(FileEdit(prefix + each.path, each.edit) for each in fix.edits))


def _failure(failure: Failure, prefix: str) -> Failure:
    return failure._replace(path=prefix + failure.path if failure.path is not None else None)
