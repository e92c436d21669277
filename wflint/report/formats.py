"""The formats by name. Importing this imports none of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from wflint.errors import UsageError, nearest
from wflint.report.report import Report
from wflint.report.style import Style

FORMATS = {
    "text": "wflint.report.text",
    "concise": "wflint.report.concise",
    "json": "wflint.report.json",
    "jsonl": "wflint.report.jsonl",
    "sarif": "wflint.report.sarif",
    "github": "wflint.report.github",
    "gitlab": "wflint.report.gitlab",
    "junit": "wflint.report.junit",
    "rdjson": "wflint.report.rdjson",
    "markdown": "wflint.report.markdown",
    "html": "wflint.report.html",
}
"""Name → module. Each has `render(report, style)`."""


class Render(Protocol):
    """Says a report, a piece of text at a time."""

    def __call__(self, report: Report, style: Style = ...) -> Iterator[str]:
        """Yield the report."""


def load(name: str) -> Render:
    """Return a format's `render`. Raises UsageError for a name that is none."""
    if name not in FORMATS:
        raise UsageError(f"there is no format `{name}`", hint=nearest(name, FORMATS) or f"one of {', '.join(FORMATS)}")
    return cast("Render", import_module(FORMATS[name]).render)
