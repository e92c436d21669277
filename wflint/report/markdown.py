"""A step summary: Markdown for `$GITHUB_STEP_SUMMARY`.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary: a step's summary
over 1 MiB is not shown at all, so what has no room is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from wflint.report import words
from wflint.report.escape import code_span, markdown, message
from wflint.report.report import Report
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding

BUDGET = 1_000_000
"""Bytes, a little below the limit, as other tools may write to the same summary."""


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield the summary, then a list of findings for each file, the gravest first within each."""
    head = "".join(_head(report))
    yield head
    left = BUDGET - len(head.encode())
    files: dict[str, list[Finding]] = {}
    for finding in words.gravest_first(report.findings):
        files.setdefault(finding.location.path, []).append(finding)
    pages, shown = words.pages(report.rules), 0
    for path, findings in files.items():
        title = f"\n#### {code_span(path)}\n\n"
        for number, finding in enumerate(findings):
            item = _item(finding, pages)
            piece = item if number else title + item
            left -= len(piece.encode())
            if left < 0:
                yield f"\n{words.counted(len(report.findings) - shown, 'more finding')} had no room here.\n"
                return
            shown += 1
            yield piece


def _head(report: Report) -> Iterator[str]:
    yield f"### wflint: {words.tally(report)}\n\n"
    yield " ".join(words.summary(report)) + "\n"
    if report.failures:
        yield "\n#### What could not be checked\n\n"
        for failure in report.failures[:100]:
            where = f"{code_span(failure.path)}: " if failure.path else ""
            yield f"- {where}{markdown(message(failure.message))}\n"
        if len(report.failures) > 100:
            yield f"- {len(report.failures) - 100} more\n"


def _item(finding: Finding, pages: dict[str, str]) -> str:
    """Return a list item: level, message, rule, place; what the fix does below it."""
    address = pages.get(finding.rule)
    rule = code_span(finding.rule)
    name = f"[{rule}]({address})" if address else rule
    line = f"- **{finding.level}** {markdown(message(finding.message))} ({name}, line {finding.location.start.line})\n"
    return f"{line}  <br>{_help(finding)}\n" if finding.fix else line


def _help(finding: Finding) -> str:
    return markdown(words.help_text(finding.fix)) if finding.fix else ""
