"""Commands of a shell script and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from wflint.lazy import lazy
from wflint.shell.options import Options
from wflint.shell.program import basename, program_at
from wflint.shell.word import Expression, Substitution, Variable, Word
from wflint.source.span import Span

CommandKind = Literal["command", "assignment", "test", "for", "case", "redirect"]
"""`command` runs something. The others are what else reads variables: `A=b`, `[ … ]` and `[[ … ]]`,
the words of a `for`, the word of a `case`, a redirection without a command."""

Place = Literal[
    "condition",
    "branch",
    "loop",
    "function",
    "subshell",
    "group",
    "substitution",
    "process-substitution",
    "background",
    "nested",
]
"""What a command stands in. `nested` is the script of `sh -c '…'`, `eval '…'`, `bash <<EOF`."""

AssignmentKind = Literal["plain", "export", "declare", "local", "read", "for"]
"""`declare` is also `typeset` and `readonly`; `read` is also `mapfile`."""

Swallowed = Literal["or", "and", "condition", "negation", "background", "pipeline", "substitution", "errexit-off"]
"""Why a command may fail without the step failing."""


class Heredoc(NamedTuple):
    """A here-document."""

    delimiter: str
    expands: bool
    """Whether variables and substitutions in it expand: its delimiter is not quoted."""
    word: Word
    """The text between, as one word."""


class Redirect(NamedTuple):
    """A redirection; one written on a group or a loop is of every command in it."""

    operator: str
    """`>`, `>>`, `<`, `&>`, `>&`, `<<`, `<<<`, …"""
    descriptor: int | None
    target: Word | None
    """The file, the descriptor's number, or the word of `<<<`."""
    span: Span
    heredoc: Heredoc | None = None

    @property
    def is_output(self) -> bool:
        """Whether it takes what the command writes, to a file or to another descriptor."""
        return ">" in self.operator

    @property
    def appends(self) -> bool:
        return self.operator in (">>", "&>>")

    @property
    def variable(self) -> str | None:
        """The variable that is the whole target: `GITHUB_OUTPUT` in `>> "$GITHUB_OUTPUT"`."""
        return sole_variable(self.target) if self.target else None


def sole_variable(word: Word) -> str | None:
    """Return the name of the variable that is a word's whole text."""
    return word.variables[0].name if word.shape == "\0" and len(word.variables) == 1 else None


class Assignment(NamedTuple):
    """A variable that gets a value."""

    name: str
    span: Span
    value: Word | None
    """None where it comes from standard input, or where a name is only declared."""
    kind: AssignmentKind
    appends: bool = False


@dataclass(slots=True, eq=False)
class Pipeline:
    """Commands joined by `|`."""

    span: Span
    stages: list[list[Command]] = field(default_factory=list)
    """The commands of each stage; more than one where a stage is a group, a loop or a nested script."""
    outer: tuple[Pipeline, int] | None = None
    """The pipeline of which this one stands in a stage, and which stage."""


@dataclass(eq=False)
class Alternative:
    """What stands after `||`."""

    span: Span
    text: str
    commands: list[Command] = field(default_factory=list)

    @lazy
    def aborts(self) -> bool:
        """Whether it ends the script or the function as failed, so that nothing is swallowed."""
        return any(command.program in ("exit", "return", "false", "kill") for command in self.commands)


@dataclass(eq=False)
class Command:
    """A simple command, or what else reads variables where a command may stand."""

    span: Span
    kind: CommandKind = "command"
    words: list[Word] = field(default_factory=list)
    """Its name and its arguments."""
    assignments: list[Assignment] = field(default_factory=list)
    """Before a name they are for that command only."""
    redirects: list[Redirect] = field(default_factory=list)
    """Its own first, then those of the groups around it, inner before outer."""
    inside: tuple[Place, ...] = ()
    """Outermost first."""
    pipeline: Pipeline | None = None
    stage: int = 0
    alternative: Alternative | None = None
    """What runs when it fails."""
    negated: bool = False
    in_and_list: bool = False
    """Whether `&&` follows it: `set -e` does not act on its failure."""
    captured_by: Substitution | None = None
    """The substitution that gets its output, unless a pipe or a redirection does."""
    substitution_is_value: bool = False
    """Whether that substitution is the value of a plain assignment, whose failure then is its own."""
    options: Options = field(default_factory=Options)
    """Before it runs."""
    is_last: bool = False
    """Whether its status is the script's."""

    @property
    def name(self) -> Word | None:
        """The first word."""
        return self.words[0] if self.words else None

    @lazy
    def _program_at(self) -> int:
        return program_at(self.words)

    @lazy
    def program(self) -> str | None:
        """The program really run, without its folder: `curl` for `sudo -E /usr/bin/curl`. None where not known."""
        return basename(self.words[self._program_at]) if self.words else None

    @property
    def arguments(self) -> list[Word]:
        """The words after the program's."""
        return self.words[self._program_at + 1 :]

    @property
    def followed_by_or(self) -> str | None:
        """The text after `||`."""
        return self.alternative.text if self.alternative else None

    @property
    def heredoc(self) -> Heredoc | None:
        """The here-document that is its standard input."""
        return next((redirect.heredoc for redirect in self.redirects if redirect.heredoc), None)

    @property
    def all_words(self) -> Iterator[Word]:
        """Every word: name, arguments, assigned values, redirection targets, here-documents."""
        yield from self.words
        for assignment in self.assignments:
            if assignment.value is not None and assignment.value not in self.words:
                yield assignment.value
        for redirect in self.redirects:
            if redirect.target is not None:
                yield redirect.target
            if redirect.heredoc is not None:
                yield redirect.heredoc.word

    @property
    def variables(self) -> list[Variable]:
        """Every variable it reads, itself: not in a substitution."""
        return [variable for word in self.all_words for variable in word.variables]

    @property
    def expressions(self) -> list[Expression]:
        """Every `${{ … }}` in it, itself: not in a substitution."""
        return [expression for word in self.all_words for expression in word.expressions]

    @property
    def consumers(self) -> list[Command]:
        """The commands that a pipe hands its output to; none where it is the last of its pipelines."""
        place = (self.pipeline, self.stage) if self.pipeline else None
        while place is not None:
            pipeline, stage = place
            if stage + 1 < len(pipeline.stages):
                return pipeline.stages[stage + 1]
            place = pipeline.outer
        return []

    @property
    def producers(self) -> list[Command]:
        """The commands whose output a pipe hands it."""
        place = (self.pipeline, self.stage) if self.pipeline else None
        while place is not None:
            pipeline, stage = place
            if stage > 0:
                return pipeline.stages[stage - 1]
            place = pipeline.outer
        return []

    @property
    def stdout(self) -> Redirect | None:
        """The redirection that takes its standard output."""
        for redirect in self.redirects:
            if redirect.is_output and (redirect.descriptor in (None, 1) or redirect.operator.startswith("&")):
                return redirect
        return None

    @property
    def swallowed(self) -> Swallowed | None:
        """Why the step does not fail when the command does; None if it fails too."""
        if self.alternative is not None:
            return None if self.alternative.aborts else "or"
        if "condition" in self.inside:
            return "condition"
        if self.negated:
            return "negation"
        if self.in_and_list and not self.is_last:
            return "and"
        if "background" in self.inside:
            return "background"
        if "process-substitution" in self.inside or (self.captured_by is not None and not self.substitution_is_value):
            return "substitution"
        if self.consumers and not self.options.pipefail:
            return "pipeline"
        if not self.options.errexit and not self.is_last:
            return "errexit-off"
        return None
