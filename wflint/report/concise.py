"""One line per finding: `path:line:column: level: message [rule]`, as compilers and editors expect it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.report import words
from wflint.report.escape import guarded, message, printable
from wflint.report.report import Report
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding


def line(finding: Finding, style: Style = PLAIN) -> str:
    """Return a finding on one line."""
    paint = style.paint
    level = paint(finding.level, finding.level)
    rule = paint("dim", f"[{printable(finding.rule)}]")
    return guarded(f"{words.place(finding.location)}: {level}: {message(finding.message)} {rule}")


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield a line for each finding and each failure, and nothing else."""
    for finding in report.findings:
        yield f"{line(finding, style)}\n"
    for failure in report.failures:
        yield guarded(f"wflint: {style.paint('error', 'failure')}: {words.failed(failure)}") + "\n"
