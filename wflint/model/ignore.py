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
    covering = _Covering(document)
    for comment in document.comments:
        if match := _COMMENT.match(comment.text):
            names = (match["rules"] or "").split(",")
            rules = tuple(name for each in names if (name := each.strip()))
            yield Ignore(document, comment.span, rules, match["reason"].strip(" -:—"), covering.of(comment.span))


class _Covering:
    """What the comments of a document speak of. Lines and blocks are looked through once, however many comments."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._blocks: dict[int, list[Span]] | None = None
        self._next: dict[int, int] = {}

    def of(self, comment: Span) -> tuple[Span, ...]:
        """Return the line a comment speaks of, and the block scalars that begin on it."""
        lines = self.document.lines
        number = lines.position(comment.start).line
        if not self.document.text[lines.span(number).start : comment.start].strip():
            number = self._below(number)
        if number > len(lines):
            return ()
        start, end = lines.span(number)
        return (Span(start, end + 1), *self._begun(number))

    def _below(self, number: int) -> int:
        """Return the first line below one that holds more than a comment."""
        lines = self.document.lines
        passed = [number]
        while (below := passed[-1] + 1) < len(lines) and lines.line(below).lstrip().startswith("#"):
            if below in self._next:
                below = self._next[below]
                break
            passed.append(below)
        self._next |= dict.fromkeys(passed, below)
        return below

    def _begun(self, number: int) -> list[Span]:
        if self._blocks is None:
            self._blocks = {}
            for node in self.document.root.walk() if self.document.root is not None else ():
                if isinstance(node, Scalar) and node.style in ("literal", "folded"):
                    line = self.document.lines.position(node.start).line
                    self._blocks.setdefault(line, []).append(node.span)
        return self._blocks.get(number, [])
