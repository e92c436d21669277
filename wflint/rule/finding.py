"""What a check reports. Findings are plain values: they can be cached, sorted and sent to another process."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from wflint.source.edit import Edit
from wflint.source.node import Place
from wflint.source.span import Position, Span

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""SARIF's levels, the gravest first."""


def graver(level: Level, other: Level) -> bool:
    """Tell whether a level is graver than another."""
    return LEVELS.index(level) < LEVELS.index(other)


class Located(Protocol):
    """Anything a finding can point at: a node, a place in a text, a view of the model."""

    @property
    def place(self) -> Place:
        """Where it stands."""


class Location(NamedTuple):
    """Where something stands, freed of the document it was found in."""

    path: str
    """The file, from the repository's root, with forward slashes."""
    span: Span
    start: Position
    end: Position
    """One past the last character."""
    route: str = ""
    """The way to the value inside the document, such as `jobs.build.steps[0].run`; empty for text files."""

    @classmethod
    def of(cls, place: Place) -> Location:
        """Return the location of a place."""
        document, span, node = place
        return cls(
            document.name, span, document.position(span.start), document.position(span.end), node.route if node else ""
        )


class Related(NamedTuple):
    """Another place that a finding speaks of, and what it has to do with it."""

    location: Location
    message: str


class FileEdit(NamedTuple):
    """An edit, and the file it is for."""

    path: str
    edit: Edit


class Fix(NamedTuple):
    """Edits that together resolve a finding.

    A safe fix keeps what the workflow does; an unsafe one may change it and wants a look.
    """

    title: str
    edits: tuple[FileEdit, ...]
    safe: bool = False

    @classmethod
    def replace(cls, title: str, at: Place, text: str, *, safe: bool = False) -> Fix:
        """Return a fix that puts a text in the place of another."""
        return cls(title, (FileEdit(at.document.name, Edit(at.span, text)),), safe)


class Finding(NamedTuple):
    """A rule broken at a place."""

    rule: str
    level: Level
    message: str
    location: Location
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    redact: bool = False
    """Whether the place holds a credential, which no excerpt may repeat."""

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """How findings are sorted: by file, by place, by rule."""
        return (self.location.path, self.location.span, self.rule, self.message)

    def at_level(self, level: Level) -> Finding:
        """Return the finding with another level."""
        return self._replace(level=level)


class Waived(NamedTuple):
    """A finding that was accepted, and why."""

    finding: Finding
    reason: str
    by: Literal["ignore", "waiver"]
    """A comment in the file, or an entry of the policy."""
