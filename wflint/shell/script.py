"""A run script, understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from wflint.shell import mask
from wflint.shell.build import Builder
from wflint.shell.command import Assignment, Command, Pipeline
from wflint.shell.frame import Frame, Shared
from wflint.shell.options import Options
from wflint.shell.words import Text
from wflint.source.span import Span

DEFAULT = Options(errexit=True)
"""What GitHub starts bash with where a step names no shell."""


@dataclass(slots=True)
class ShellScript:
    """The commands of a script. All spans are of `text`."""

    text: str
    expressions: list[Span]
    """Every `${{ … }}`, also those in comments."""
    commands: list[Command] = field(default_factory=list)
    """Every command wherever it stands, in the order of the text; a nested script's follow the one that runs it."""
    pipelines: list[Pipeline] = field(default_factory=list)
    has_error: bool = False
    """Whether the parser stumbled; what it could read is there."""
    is_complete: bool = True
    """False if something was left unread: nested deeper than 50, too long, or parsed for too long."""

    @property
    def assignments(self) -> list[tuple[Command, Assignment]]:
        """Every variable that gets a value, with the command that gives it."""
        return [(command, assignment) for command in self.commands for assignment in command.assignments]

    def command_at(self, span: Span) -> Command | None:
        """Return the innermost command in which a range stands."""
        found: Command | None = None
        for command in self.commands:
            inside = command.span.start <= span.start and span.end <= command.span.end
            if inside and (found is None or command.span.end - command.span.start <= found.span.end - found.span.start):
                found = command
        return found


@lru_cache(maxsize=512)
def parse(text: str, options: Options = DEFAULT) -> ShellScript:
    """Read a bash or sh script. Never raises: the parser makes something of any text.

    Equal texts may give one script, which nobody changes: one of four stands in a repository more than once.
    """
    masks = mask.expressions(text)
    shared = Shared(options)
    Builder(Text(text, masks), shared).script(mask.masked(text, masks), Frame(is_last=True))
    commands = sorted(shared.commands, key=lambda command: command.span.start)
    return ShellScript(text, masks, commands, shared.pipelines, shared.has_error, shared.depth.is_complete)
