"""The default format: every finding with its source lines, then what it all comes to."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.report import snippet, words
from wflint.report.escape import guarded
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield the report for a person at a terminal."""
    sources, paint = Sources(report.texts, report.hidden), style.paint
    for finding in report.findings:
        lines = [snippet.headline(finding, paint), *snippet.body(finding, sources, paint)]
        yield "\n".join(map(guarded, lines)) + "\n\n"
    for failure in report.failures:
        yield paint("error", "failure") + paint("strong", f": {words.failed(failure)}") + "\n"
    if report.failures:
        yield "\n"
    for sentence in words.summary(report):
        yield f"{sentence}\n"
