"""JUnit XML: a suite for each file, a failed case for each finding, a passed one for a file without any."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.report import concise, words
from wflint.report.escape import markup, message
from wflint.report.report import Report
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding, Waived


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield the document. Failures are errors of a suite of their own; waived findings are skipped cases."""
    found: dict[str, list[Finding]] = {path: [] for path in sorted(report.texts)}
    for finding in report.findings:
        found.setdefault(finding.location.path, []).append(finding)
    waived: dict[str, list[Waived]] = {}
    for item in report.waived:
        waived.setdefault(item.finding.location.path, []).append(item)
        found.setdefault(item.finding.location.path, [])
    cases = sum(max(1, len(found[path]) + len(waived.get(path, ()))) for path in found) + len(report.failures)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<testsuites name="wflint" tests="{cases}" failures="{len(report.findings)}"'
        f' errors="{len(report.failures)}" skipped="{len(report.waived)}">\n'
    )
    if report.failures:
        count = len(report.failures)
        yield f'  <testsuite name="wflint" tests="{count}" failures="0" errors="{count}" skipped="0">\n'
        for failure in report.failures:
            yield '    <testcase name="complete run" classname="wflint">'
            yield f'<error message="{markup(message(failure.message))}">'
            yield f"{markup(words.failed(failure))}</error></testcase>\n"
        yield "  </testsuite>\n"
    for path, findings in found.items():
        yield from _suite(path, findings, waived.get(path, []))
    yield "</testsuites>\n"


def _suite(path: str, findings: list[Finding], waived: list[Waived]) -> Iterator[str]:
    name = markup(path)
    tests = max(1, len(findings) + len(waived))
    yield (
        f'  <testsuite name="{name}" tests="{tests}" failures="{len(findings)}" errors="0" skipped="{len(waived)}">\n'
    )
    if not findings and not waived:
        yield f'    <testcase name="no findings" classname="{name}"/>\n'
    for finding in findings:
        yield f"    {_case(finding)}"
        yield f'<failure type="{finding.level}" message="{markup(message(finding.message))}">'
        yield f"{markup(concise.line(finding))}</failure></testcase>\n"
    for item in waived:
        yield f'    {_case(item.finding)}<skipped message="{markup(message(item.reason))}"/></testcase>\n'
    yield "  </testsuite>\n"


def _case(finding: Finding) -> str:
    start = finding.location.start
    place = f'file="{markup(finding.location.path)}" line="{start.line}"'
    name = f"{markup(finding.rule)} at {start.line}:{start.column}"
    return f'<testcase name="{name}" classname="{markup(finding.location.path)}" {place}>'
