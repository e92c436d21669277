"""The words that several formats share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from wflint.bundled import bundled
from wflint.report import escape
from wflint.report.report import Failure, Report
from wflint.rule.finding import LEVELS, Finding, Fix, Location
from wflint.rule.rule import Rule

HOME = "https://github.com/wflint/wflint"


def counted(number: int, noun: str) -> str:
    """Return `1 error` or `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tally(report: Report) -> str:
    """Return the findings of each level that occurs, as `2 errors, 1 note`; `no findings` when there are none."""
    return ", ".join(counted(number, level) for level, number in report.counts.items() if number) or "no findings"


def summary(report: Report) -> list[str]:
    """Return what a run comes to, in sentences."""
    parts = [tally(report)]
    if report.waived:
        parts.append(f"{len(report.waived)} waived")
    if report.texts:
        parts.append(f"{counted(len(report.texts), 'file')} checked")
    first = "; ".join(parts)
    sentences = [f"{first[0].upper()}{first[1:]}."]
    fixes = [finding.fix for finding in report.findings if finding.fix]
    safe = sum(fix.safe for fix in fixes)
    if safe:
        sentences.append(f"{safe} can be fixed with `wflint fix`.")
    if len(fixes) > safe:
        sentences.append(f"{len(fixes) - safe} can be fixed with `wflint fix --unsafe`, which wants a look.")
    if report.failures:
        sentences.append(f"The run is incomplete: {counted(len(report.failures), 'failure')}.")
    return sentences


def help_text(fix: Fix) -> str:
    """Return what a fix does and what to type for it."""
    return f"{escape.message(fix.title)}: `wflint fix{'' if fix.safe else ' --unsafe'}`"


def place(location: Location) -> str:
    """Return `path:line:column`, printable."""
    return f"{escape.printable(location.path)}:{location.start.line}:{location.start.column}"


def failed(failure: Failure) -> str:
    """Return a failure on one line: `path: message [rule]`, printable."""
    path = f"{escape.printable(failure.path)}: " if failure.path else ""
    rule = f" [{escape.printable(failure.rule)}]" if failure.rule else ""
    return f"{path}{escape.message(failure.message)}{rule}"


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by level, the order within a level kept."""
    return sorted(findings, key=lambda finding: LEVELS.index(finding.level))


def pages(rules: Mapping[str, Rule]) -> dict[str, str]:
    """Return the addresses of the shipped rules' documentation by rule id; rules that others wrote have none."""
    shipped = bundled("rules")
    return {
        id: f"{HOME}/blob/main/docs/rules/{id}.md"
        for id, rule in rules.items()
        if Path(rule.file).is_relative_to(shipped)
    }
