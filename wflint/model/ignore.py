"""Comments in which a file's authors accept findings: `# wflint: ignore[rule-id] reason`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from wflint.source.document import Document
from wflint.source.node import Place, Scalar
from wflint.source.span import Span

_COMMENT = re.compile(r"wflint:\s*ignore(?:\[(?P<rules>[^\]]*)\])?\s*(?P<reason>.*)", re.DOTALL)


class Ignore(NamedTuple):
    """One such comment.

    It speaks of its own line, or of the next line when it stands alone, and of the whole of a block scalar that
    begins on that line. Without a reason it does not count.
    """

    document: Document
    span: Span
    rules: tuple[str, ...]
    """The ids it names; empty when it names none."""
    reason: str
    covers: tuple[Span, ...]
    """The ranges it speaks of."""
    used: frozenset[str] = frozenset()
    """The ids of which it accepted a finding in this run."""
    refused: frozenset[str] = frozenset()
    """The ids that the policy does not let anybody ignore."""
    unknown: frozenset[str] = frozenset()
    """The ids that no rule has."""
    idle: frozenset[str] = frozenset()
    """The ids of rules that did not run, so that nobody can say whether the comment is still needed."""
    late: bool = False
    """Whether the change under judgement adds it, so that it does not count yet."""

    @property
    def place(self) -> Place:
        return Place(self.document, self.span)

    @property
    def whole(self) -> Place:
        """The comment with the blanks before it, and with its line when it stands alone."""
        text = self.document.text
        start, end = self.span
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        if start == 0 or text[start - 1] in "\r\n":
            line = self.document.position(end).line
            end = self.document.lines.starts[line] if line < len(self.document.lines) else end
        return Place(self.document, Span(start, end))

    @property
    def counts(self) -> bool:
        """Whether it can accept anything: it names a rule, says why, and was there before the change."""
        return bool(self.rules and self.reason) and not self.late

    @property
    def identity(self) -> tuple[tuple[str, ...], str, str]:
        """What makes it the same comment in another revision: what it says, and the text of the line it speaks of."""
        line = self.document.text[slice(*self.covers[0])] if self.covers else ""
        return self.rules, self.reason, " ".join(line.split())

    def accepts(self, rule: str, span: Span) -> bool:
        """Tell whether it accepts a finding of a rule that starts at a span."""
        return self.counts and rule in self.rules and any(start <= span.start < end for start, end in self.covers)

    def judged(
        self, *, used: Collection[str], refused: Collection[str], known: Collection[str], ran: Collection[str]
    ) -> Ignore:
        """Return the comment with what the run learned about it."""
        named = frozenset(self.rules)
        return self._replace(
            used=named & frozenset(used),
            refused=named & frozenset(refused),
            unknown=named - frozenset(known),
            idle=(named & frozenset(known)) - frozenset(ran),
        )


def ignores(document: Document) -> Iterator[Ignore]:
    """Yield the ignore comments of a document."""
    if "wflint:" not in document.text:
        return
    for comment in document.comments:
        if match := _COMMENT.match(comment.text):
            names = (match["rules"] or "").split(",")
            rules = tuple(name for each in names if (name := each.strip()))
            yield Ignore(document, comment.span, rules, match["reason"].strip(" -:—"), _covers(document, comment.span))


def _covers(document: Document, comment: Span) -> tuple[Span, ...]:
    lines = document.lines
    number = lines.position(comment.start).line
    if not document.text[lines.span(number).start : comment.start].strip():
        number += 1
        while number < len(lines) and lines.line(number).lstrip().startswith("#"):
            number += 1
    if number > len(lines):
        return ()
    start, end = lines.span(number)
    covers = [Span(start, end + 1)]
    for node in document.root.walk() if document.root is not None else ():
        if isinstance(node, Scalar) and node.style in ("literal", "folded") and start <= node.start <= end:
            covers.append(node.span)
    return tuple(covers)
