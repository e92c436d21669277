"""A baseline: today's findings written as waivers, so that only new ones count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from wflint.policy.accept import digest
from wflint.rule.finding import Finding

NAME = "wflint-baseline.yml"
"""The file, at the repository's root; it may hold waivers and nothing else."""

HEAD = """\
# Findings from when wflint was adopted; each entry goes when it is mended. `wflint baseline` writes this file.
# An entry knows its place by the way to the value and the value itself, so that lines may move.
waivers:
"""


def write(
    findings: Iterable[Finding], texts: Mapping[str, str], *, reason: str, owner: str, until: date | None = None
) -> str:
    """Return the file's text: an entry for each finding, those of one rule, place and value counted once."""
    entries = dict.fromkeys("".join(_entry(each, texts, reason, owner, until)) for each in findings)
    return HEAD + "".join(entries) if entries else HEAD.rstrip("\n") + " []\n"


def _entry(finding: Finding, texts: Mapping[str, str], reason: str, owner: str, until: date | None) -> Iterator[str]:
    at = finding.location
    yield f"  - rule: {finding.rule}\n"
    yield f"    path: {_text(_literal(at.path))}\n"
    if at.route:
        yield f"    route: {_text(at.route)}\n"
    yield f"    value: {_text(digest(texts.get(at.path, '')[slice(*at.span)]))}\n"
    yield f"    reason: {_text(reason)}\n"
    yield f"    owner: {_text(owner)}\n"
    if until is not None:
        yield f"    until: {until}\n"


def _literal(path: str) -> str:
    """Return the glob that matches a path and nothing else; `?` stands for what a glob would read otherwise."""
    return path.replace("*", "?")


def _text(value: str) -> str:
    """Return a text as YAML that no character of it can escape from: JSON's strings are YAML's."""
    return json.dumps(value)
