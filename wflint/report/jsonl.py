"""A JSON object on each line, told apart by `type`: finding, waived, failure, and one summary at the end."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.report import records
from wflint.report.escape import dumps
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield the records of `records`, each with its `type`; the summary also carries the version."""
    sources = Sources(report.texts)
    for finding in report.findings:
        yield dumps({"type": "finding", **records.of_finding(finding, sources)}) + "\n"
    for waived in report.waived:
        yield dumps({"type": "waived", **records.of_waived(waived, sources)}) + "\n"
    for failure in report.failures:
        yield dumps({"type": "failure", **records.of_failure(failure)}) + "\n"
    yield dumps({"type": "summary", "version": records.VERSION, **records.of_summary(report)}) + "\n"
