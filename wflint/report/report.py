"""What a run found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.report.escape import stars
from wflint.rule.finding import LEVELS, Finding, Level, Waived, graver
from wflint.rule.rule import Rule
from wflint.source.span import Span


class Failure(NamedTuple):
    """Something that kept the run from being complete."""

    message: str
    path: str | None = None
    rule: str | None = None
    """The rule that raised, if one did."""


class Report(NamedTuple):
    """Findings in order, what was waived, what failed."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    failures: tuple[Failure, ...] = ()
    rules: Mapping[str, Rule] = MappingProxyType({})
    """Every rule of the run by id, whether or not it found something."""
    texts: Mapping[str, str] = MappingProxyType({})
    """The text of every file that was read, by path."""
    advisory: frozenset[str] = frozenset()
    """The rules whose findings never fail the run."""

    @property
    def hidden(self) -> dict[str, list[Span]]:
        """The credentials that findings point at, by path: what no excerpt may repeat, whichever finding it is of."""
        found: dict[str, list[Span]] = {}
        for finding in (*self.findings, *(waived.finding for waived in self.waived)):
            if finding.redact:
                found.setdefault(finding.location.path, []).append(finding.location.span)
        return found

    def concealed(self, text: str) -> str:
        """Return a text that is no excerpt, such as a difference, with stars in the place of those credentials."""
        values = {self.texts[path][start:end] for path, spans in self.hidden.items() for start, end in spans}
        for value in sorted(values, key=len, reverse=True):
            text = text.replace(value, stars(value))
        return text

    @property
    def counts(self) -> dict[Level, int]:
        """How many findings of each level."""
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in LEVELS}

    def exit_code(self, fail_on: Level | None) -> int:
        """Return 3 for an incomplete run, 1 for findings at or above a level, else 0; None never fails on findings.

        Findings of advisory rules do not count.
        """
        if self.failures:
            return 3
        if fail_on is None:
            return 0
        return int(any(not graver(fail_on, each.level) and each.rule not in self.advisory for each in self.findings))
