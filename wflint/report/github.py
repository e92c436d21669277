"""GitHub annotations: workflow commands that a runner turns into notes on the lines of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. GitHub keeps ten of each level per
step and drops the others in silence: they are printed as ordinary lines here, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wflint.report import concise, words
from wflint.report.escape import command_data, command_property, message
from wflint.report.report import Report
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import LEVELS, Finding, Level, Location

MOST_OF_A_LEVEL = 10
_COMMAND: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield annotations, the gravest first, then the findings that had no room as plain lines."""
    left: Counter[str] = Counter(dict.fromkeys(LEVELS, MOST_OF_A_LEVEL))
    hidden: list[str] = []
    for failure in report.failures:
        left["error"] -= 1
        text = words.failed(failure)
        annotation = f"::error title=wflint could not check everything::{command_data(text)}\n"
        if left["error"] >= 0:
            yield annotation
        else:
            hidden.append(f"wflint: failure: {text}\n")
    for finding in words.gravest_first(report.findings):
        left[finding.level] -= 1
        if left[finding.level] >= 0:
            yield f"{_annotation(finding)}\n"
        else:
            hidden.append(f"{concise.line(finding)}\n")
    yield from hidden
    over = [words.counted(-left[level], level) for level in LEVELS if left[level] < 0]
    if over:
        yield f"{', '.join(over)} not annotated: GitHub shows {MOST_OF_A_LEVEL} of each level for a step.\n"
    for sentence in words.summary(report):
        yield f"{sentence}\n"


def _annotation(finding: Finding) -> str:
    """Return the command. The log shows only the text, so the text repeats the place."""
    text = f"{words.place(finding.location)}: {message(finding.message)}"
    if finding.fix:
        text += f"\nhelp: {words.help_text(finding.fix)}"
    title = command_property(finding.rule)
    return f"::{_COMMAND[finding.level]} {_properties(finding.location)},title={title}::{command_data(text)}"


def _properties(location: Location) -> str:
    """Return where the annotation goes. Columns are given only within a line, as the checks API wants them."""
    start, end = location.start, location.end
    file = f"file={command_property(location.path)},line={start.line}"
    if end.line == start.line:
        return f"{file},endLine={end.line},col={start.column},endColumn={max(end.column, start.column)}"
    last = end.line - 1 if end.column <= 1 else end.line
    return f"{file},endLine={last}"
