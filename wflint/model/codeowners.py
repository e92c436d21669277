"""CODEOWNERS: who must review which files.

https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wflint.lazy import lazy
from wflint.model.globs import owns
from wflint.source.document import Document
from wflint.source.node import Place
from wflint.source.span import Span

_WORD = re.compile(r"(?:\\.|[^\s\\]|\\$)+")
_OWNER = re.compile(r"@[\w-]+(?:\[bot\])?(?:/[\w.-]+)?|[^\s@/]+@[^\s@/]+\.[^\s@/.]+", re.ASCII)
LOCATIONS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks; the first that exists counts."""


class Owner(NamedTuple):
    """Someone named on a line: `@user`, `@organization/team` or an address."""

    text: str
    place: Place

    @property
    def is_valid(self) -> bool:
        """Whether it has one of these forms."""
        return _OWNER.fullmatch(self.text) is not None

    @property
    def is_team(self) -> bool:
        return self.text.startswith("@") and "/" in self.text


class CodeownersEntry(NamedTuple):
    """A line with a pattern. Without owners it takes them away from what it matches."""

    place: Place
    """The line, without a comment."""
    pattern: str
    """As written, escaped blanks included."""
    pattern_place: Place
    owners: tuple[Owner, ...]

    @property
    def problem(self) -> str | None:
        """Why GitHub skips the line; None when it does not."""
        if self.pattern.startswith("!"):
            return "CODEOWNERS has no negation with `!`"
        if "[" in self.pattern or "]" in self.pattern:
            return "CODEOWNERS has no character ranges with `[ ]`"
        if self.pattern.startswith("\\#"):
            return "`#` cannot be escaped in CODEOWNERS"
        bad = next((owner.text for owner in self.owners if not owner.is_valid), None)
        return f"`{bad}` is neither `@user`, `@organization/team` nor an address" if bad is not None else None

    def matches(self, path: str) -> bool:
        """Tell whether the line is about a file; a line that GitHub skips is about none."""
        return self.problem is None and owns(re.sub(r"\\(.)", r"\1", self.pattern), path)


class Codeowners:
    """A CODEOWNERS file."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @property
    def place(self) -> Place:
        """The file's start."""
        return self.document.place

    @lazy
    def entries(self) -> list[CodeownersEntry]:
        """The lines with a pattern, in order, those that GitHub skips among them."""
        found: list[CodeownersEntry] = []
        for number in range(1, len(self.document.lines) + 1):
            start, end = self.document.lines.span(number)
            words: list[tuple[str, Span]] = []
            for match in _WORD.finditer(self.document.text, start, end):
                if match[0].startswith("#"):
                    break
                words.append((match[0], Span(*match.span())))
            if words:
                found.append(self._entry(words))
        return found

    def _entry(self, words: list[tuple[str, Span]]) -> CodeownersEntry:
        (pattern, span), *rest = words
        owners = tuple(Owner(text, Place(self.document, where)) for text, where in rest)
        whole = Span(span.start, words[-1][1].end)
        return CodeownersEntry(Place(self.document, whole), pattern, Place(self.document, span), owners)

    def entry_for(self, path: str) -> CodeownersEntry | None:
        """Return the line that decides about a file: the last that matches."""
        return next((entry for entry in reversed(self.entries) if entry.matches(path)), None)

    def owners_of(self, path: str) -> tuple[Owner, ...]:
        """Return a file's owners, none when no line matches or the last one that does names none."""
        entry = self.entry_for(path)
        return entry.owners if entry is not None else ()
