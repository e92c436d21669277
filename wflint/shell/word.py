"""Words of a shell script: what they say literally, what they read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.shell.command import Command

Quoting = Literal["none", "double", "single", "heredoc"]
"""What stands around a part of a word. `heredoc` is a here-document whose variables expand."""

HOLE = "\0"
"""What stands in a word's shape for a part that is only known when the script runs."""


class Variable(NamedTuple):
    """A variable or parameter that is read: `$NAME`, `${NAME:-x}`, a name in arithmetic."""

    name: str
    span: Span
    quoting: Quoting = "none"
    operator: str = ""
    """What follows the name in `${NAME…}`: `:-`, `:`, `#`, `//`, …"""
    prefix: str = ""
    """`#` for a length, `!` for an indirection."""

    @property
    def is_value(self) -> bool:
        """Whether the value itself is what comes out, not its length or whether it is set."""
        return not self.prefix and self.operator not in (":+", "+")

    @property
    def is_transformed(self) -> bool:
        """Whether only a part or a changed form of the value comes out: `${NAME:0:4}`, `${NAME//a/b}`."""
        return bool(self.operator) and self.operator not in (":-", "-", ":=", "=", ":?", "?", ":+", "+")


class Expression(NamedTuple):
    """A `${{ … }}` and how the shell quotes what GitHub puts in its place."""

    span: Span
    quoting: Quoting = "none"


@dataclass(slots=True)
class Substitution:
    """Commands whose output is a part of a word, or a file that is one: `$(…)`, backquotes, `<(…)`, `>(…)`."""

    span: Span
    kind: Literal["command", "input", "output"]
    """`command` for `$(…)` and backquotes, `input` for `<(…)`, `output` for `>(…)`."""
    quoting: Quoting = "none"
    commands: list[Command] = field(default_factory=list)
    """The commands inside, those of inner substitutions not among them."""


class Word(NamedTuple):
    """One word of a command, quotes and escapes resolved."""

    span: Span
    raw: str
    """As written."""
    shape: str
    """The literal text, with `HOLE` for every part that is not known."""
    quoted: bool
    """Whether any of it is in quotes."""
    variables: list[Variable]
    """Those the word itself reads; those read within a substitution are its commands'."""
    expressions: list[Expression]
    substitutions: list[Substitution]

    @property
    def text(self) -> str | None:
        """The word as the command gets it; None if a part is only known when the script runs."""
        return None if HOLE in self.shape else self.shape

    @property
    def pieces(self) -> list[str]:
        """The literal pieces between the unknown parts, empty ones left out."""
        return [piece for piece in self.shape.split(HOLE) if piece]

    def reads(self, name: str) -> bool:
        """Tell whether the word itself reads a variable."""
        return any(variable.name == name for variable in self.variables)
