"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from wflint.report.escape import exact, message, printable
from wflint.report.fingerprint import Fingerprints
from wflint.report.json import array
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Level

_SEVERITY: dict[Level, str] = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield one array. A failure is a blocker, as the format has no other way to say that a run is incomplete."""
    yield from array([*_failures(report), *_findings(report)])
    yield "\n"


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    fingerprints = Fingerprints(Sources(report.texts))
    for finding in report.findings:
        start, end = finding.location.start, finding.location.end
        yield {
            "check_name": printable(finding.rule),
            "description": message(finding.message),
            "severity": _SEVERITY[finding.level],
            "fingerprint": fingerprints.own(finding),
            "location": {
                "path": exact(finding.location.path),
                "positions": {
                    "begin": {"line": start.line, "column": start.column},
                    "end": {"line": end.line, "column": end.column},
                },
            },
        }


def _failures(report: Report) -> Iterator[dict[str, Any]]:
    for number, failure in enumerate(report.failures):
        told = f"{number}\0{failure.path}\0{failure.rule}\0{failure.message}"
        start = {"line": 1, "column": 1}
        yield {
            "check_name": printable(failure.rule or "wflint"),
            "description": f"The run is incomplete: {message(failure.message)}",
            "severity": "blocker",
            "fingerprint": sha256(told.encode("utf-8", "surrogatepass")).hexdigest(),
            "location": {"path": exact(failure.path or "."), "positions": {"begin": start, "end": start}},
        }
