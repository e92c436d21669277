"""The whole report as one JSON object, a finding to a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wflint.report import records
from wflint.report.escape import dumps
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield `{"version", "findings", "waived", "failures", "summary"}`; `records` tells the shapes."""
    sources = Sources(report.texts)
    yield f'{{"version": {records.VERSION},\n"findings": '
    yield from array(records.of_finding(finding, sources) for finding in report.findings)
    yield ',\n"waived": '
    yield from array(records.of_waived(waived, sources) for waived in report.waived)
    yield ',\n"failures": '
    yield from array(records.of_failure(failure) for failure in report.failures)
    yield f',\n"summary": {dumps(records.of_summary(report))}}}\n'


def array(values: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON array with a line for each value."""
    separator = "\n"
    yield "["
    for value in values:
        yield separator + dumps(value)
        separator = ",\n"
    yield "]" if separator == "\n" else "\n]"
