"""Choose the fixes that can be made together, and say what the files become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wflint.rule.finding import Finding
from wflint.source.edit import Edit, apply


class Plan(NamedTuple):
    """What a round of fixes makes of the files."""

    texts: dict[str, str]
    """The new text of each file that changes, by path."""
    made: list[Finding]
    """The findings whose fixes are in it."""


def plan(findings: Iterable[Finding], texts: Mapping[str, str], *, unsafe: bool = False) -> Plan:
    """Return the fixes that do not touch each other, in order; the others wait for the next round.

    A fix is made whole or not at all. An edit beyond the end of a text is never made.
    """
    chosen: dict[str, list[Edit]] = {}
    made = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe) or not fix.edits:
            continue
        if all(_fits(each.edit, texts.get(each.path), chosen.get(each.path, ())) for each in fix.edits):
            for each in fix.edits:
                chosen.setdefault(each.path, []).append(each.edit)
            made.append(finding)
    changed = {path: apply(texts[path], edits) for path, edits in chosen.items()}
    return Plan({path: text for path, text in changed.items() if text != texts[path]}, made)


def _fits(edit: Edit, text: str | None, others: Iterable[Edit]) -> bool:
    if text is None or not 0 <= edit.span.start <= edit.span.end <= len(text):
        return False
    return all(edit == other or _apart(edit, other) for other in others)


def _apart(edit: Edit, other: Edit) -> bool:
    """Tell whether two edits leave each other alone; two insertions at one place do not, their order would matter."""
    if edit.span == other.span:
        return False
    return edit.span.end <= other.span.start or other.span.end <= edit.span.start
