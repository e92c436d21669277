"""Where a value goes in one script: from variables and expressions to logs, outputs and files.

Read from top to bottom, as the shell would without branches. When unsure, nothing flows: a program of which it is not
known that it prints what it is given is taken to keep it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal, NamedTuple

from wflint.shell.command import Command, Redirect
from wflint.shell.script import ShellScript
from wflint.shell.word import Word
from wflint.source.span import Span

FlowKind = Literal["log", "output", "env", "path", "state", "summary", "file", "xtrace", "dump"]
"""`log`: what the runner shows. `dump`: all variables, by `env` and the like, to the log. The others: the runner's
files (`GITHUB_OUTPUT`, `GITHUB_ENV`, `GITHUB_PATH`, `GITHUB_STATE`, `GITHUB_STEP_SUMMARY`) and any other file."""

_FILES: dict[str, FlowKind] = {
    "GITHUB_OUTPUT": "output",
    "GITHUB_ENV": "env",
    "GITHUB_PATH": "path",
    "GITHUB_STATE": "state",
    "GITHUB_STEP_SUMMARY": "summary",
}
_COMMANDS: dict[str, FlowKind] = {"set-output": "output", "set-env": "env", "add-path": "path", "save-state": "state"}

_PRINTERS = frozenset({"echo", "printf", "print"})
_COPIERS = frozenset({"cat", "tee", "sort", "less", "more", "tac", "sponge", "xargs", "nl"})
_CHANGERS = frozenset(
    {
        "awk",
        "base32",
        "base64",
        "basenc",
        "cut",
        "egrep",
        "fold",
        "gawk",
        "grep",
        "gunzip",
        "gzip",
        "head",
        "hexdump",
        "jq",
        "od",
        "openssl",
        "paste",
        "rev",
        "sed",
        "tail",
        "tr",
        "uniq",
        "xxd",
        "yq",
        "zcat",
    }
)
_LONGEST = 20
"""How many places a flow names; the first and the last of a longer way."""
_NARROWING = frozenset({"awk", "cut", "egrep", "gawk", "grep", "jq", "sed", "yq"})
"""What picks from a dump of all variables, so that nothing is known of what is left."""
_QUIET = frozenset({"-q", "-c", "--quiet", "--silent", "--count", "-qE", "-qF", "-qi", "-Eq", "-Fq", "-iq"})


class Flow(NamedTuple):
    """A value that reaches a sink."""

    kind: FlowKind
    source: str | None
    """The variable it starts from; None for an expression and for a dump."""
    spans: tuple[Span, ...]
    """Where the source is read, the assignments that handed it on, the command that is the sink."""
    command: Command
    transformed: bool
    """Whether the value was changed on its way (cut, encoded, picked from), so that the runner's masking misses it."""
    masked: bool
    """Whether `::add-mask::` ran on it before, in the form in which it flows."""


class Derived(NamedTuple):
    """A variable that holds a source, or something made of it."""

    name: str
    source: str | None
    spans: tuple[Span, ...]
    transformed: bool
    command: Command


class Flows(NamedTuple):
    """What becomes of some sources in a script."""

    flows: list[Flow]
    derived: list[Derived]


class _Value(NamedTuple):
    source: str | None
    spans: tuple[Span, ...]
    transformed: bool = False
    masked: bool = False
    is_dump: bool = False


def flows_of(
    script: ShellScript,
    variables: Collection[str] | Callable[[str], bool],
    expressions: Callable[[Span], bool] | None = None,
) -> Flows:
    """Follow the variables named, and the `${{ … }}` whose spans are chosen, to where they go."""
    named = variables if callable(variables) else frozenset(variables).__contains__
    tracer = _Tracer(named, expressions or (lambda span: False))
    for command in script.commands:
        if command.captured_by is None:
            tracer.run(command)
    return Flows(tracer.flows, tracer.derived)


class _Tracer:
    def __init__(self, named: Callable[[str], bool], chosen: Callable[[Span], bool]) -> None:
        self.named = named
        self.chosen = chosen
        self.flows: list[Flow] = []
        self.derived: list[Derived] = []
        self.values: dict[str, _Value | None] = {}
        self.masked: set[str] = set()
        self.outputs: dict[int, _Value | None] = {}
        self.piped: dict[int, _Value | None] = {}
        """What stages of pipelines print, by the list of their commands."""
        self.done: set[int] = set()

    # Values

    def word(self, word: Word) -> _Value | None:
        """Return the value that a word carries; the first one, where there are several."""
        for variable in word.variables:
            if not variable.is_value:
                continue
            value = self.values.get(variable.name)
            if variable.name not in self.values and self.named(variable.name):
                value = _Value(variable.name, (), masked=variable.name in self.masked)
            if value is not None:
                return value._replace(
                    spans=(*value.spans, variable.span),
                    transformed=value.transformed or variable.is_transformed,
                    masked=value.masked and not variable.is_transformed,
                )
        for expression in word.expressions:
            if self.chosen(expression.span):
                return _Value(None, (expression.span,))
        for substitution in word.substitutions:
            value = None
            for command in substitution.commands:
                self.run(command)
                if value is None and not command.consumers and command.stdout is None:
                    value = self.output(command)
            if value is not None and substitution.kind == "command" and not value.is_dump:
                return value
        return None

    def first(self, words: list[Word]) -> _Value | None:
        values = [self.word(word) for word in words]
        return next((value for value in values if value is not None), None)

    def stdin(self, command: Command) -> _Value | None:
        for redirect in command.redirects:
            if redirect.heredoc is not None:
                return self.word(redirect.heredoc.word) if redirect.heredoc.expands else self._expression(redirect)
            if redirect.operator == "<<<" and redirect.target is not None:
                return self.word(redirect.target)
            if redirect.operator == "<":
                return None
        producers = command.producers
        key = id(producers)
        if producers and key not in self.piped:
            values = (self.output(producer) for producer in producers if producer.stdout is None)
            self.piped[key] = next((value for value in values if value is not None), None)
        return self.piped.get(key)

    def _expression(self, redirect: Redirect) -> _Value | None:
        # A quoted delimiter keeps the shell from expanding; GitHub puts the expression's value there all the same.
        word = redirect.heredoc.word if redirect.heredoc else None
        return (
            next((_Value(None, (each.span,)) for each in word.expressions if self.chosen(each.span)), None)
            if word
            else None
        )

    def output(self, command: Command) -> _Value | None:
        """Return the value that a command prints."""
        key = id(command)
        if key not in self.outputs:
            self.outputs[key] = None
            self.outputs[key] = self._output(command)
        return self.outputs[key]

    def _output(self, command: Command) -> _Value | None:
        program = command.program
        arguments = command.arguments
        if command.kind != "command" or program is None:
            return None
        if program in _PRINTERS:
            if program == "printf" and arguments and arguments[0].text == "-v":
                return None
            return self.first(arguments)
        if _dumps(command):
            return _Value(None, (), is_dump=True)
        if program == "printenv" and len(arguments) == 1 and self.named(arguments[0].text or ""):
            return _Value(arguments[0].text, (arguments[0].span,))
        if program in _COPIERS:
            return self.stdin(command)
        if program in _CHANGERS:
            if any(word.text in _QUIET for word in arguments if program in ("grep", "egrep")):
                return None
            value = self.stdin(command)
            if value is None or (value.is_dump and program in _NARROWING):
                return None
            return value._replace(transformed=True, masked=False)
        return None

    # Effects

    def run(self, command: Command) -> None:
        """Do what a command does to variables, and note where its values go."""
        if id(command) in self.done:
            return
        self.done.add(id(command))
        for assignment in command.assignments:
            self.assign(command, assignment.name, assignment.value, assignment.kind, assignment.appends)
        # Each word is read once, for the substitutions in it; what it carries may be asked again.
        self.first([word for word in command.words if word.substitutions])
        if command.options.xtrace:
            traced = self.first([*command.words, *(each.value for each in command.assignments if each.value)])
            if traced is not None and not traced.is_dump:
                self.note("xtrace", traced, command)
        if command.kind == "command":
            self.print(command)

    def assign(self, command: Command, name: str, word: Word | None, kind: str, appends: bool) -> None:
        if kind == "read":
            value = self.stdin(command)
        elif word is None:
            return
        else:
            value = self.word(word)
        if command.kind == "command" and kind == "plain":
            return
        if value is not None and not value.is_dump:
            spans = (*value.spans, command.span)
            if len(spans) > _LONGEST:
                spans = (*spans[:1], *spans[1 - _LONGEST :])
            self.values[name] = value._replace(spans=spans)
            self.derived.append(Derived(name, value.source, spans, value.transformed, command))
        elif not appends and kind in ("plain", "export", "declare", "local") and not command.inside:
            self.values[name] = None

    def print(self, command: Command) -> None:
        value = self.output(command)
        if value is None:
            return
        shape = next((word.shape for word in command.arguments if not word.shape.startswith("-")), "")
        if shape.startswith("::add-mask::"):
            self.mask(command)
            return
        if command.program == "tee":
            for word in command.arguments:
                self.write(word.variables[0].name if word.variables else None, word.text, value, command)
        stdout = command.stdout
        if stdout is not None and not _is_log(stdout):
            self.write(stdout.variable, stdout.target.text if stdout.target else None, value, command)
        elif command.captured_by is None and (stdout is not None or not command.consumers):
            workflow_command = shape[2:].split("::", 1)[0].split(" ", 1)[0] if shape.startswith("::") else ""
            self.note("dump" if value.is_dump else _COMMANDS.get(workflow_command, "log"), value, command)

    def write(self, variable: str | None, path: str | None, value: _Value, command: Command) -> None:
        if path is not None and (path.startswith("-") or path == "/dev/null"):
            return
        if path in ("/dev/stdout", "/dev/stderr", "/dev/tty"):
            self.note("dump" if value.is_dump else "log", value, command)
        elif not value.is_dump or variable in _FILES:
            self.note(_FILES.get(variable or "", "file"), value, command)

    def mask(self, command: Command) -> None:
        for word in command.arguments:
            for variable in word.variables:
                self.masked.add(variable.name)
                value = self.values.get(variable.name)
                if value is not None and not variable.is_transformed:
                    self.values[variable.name] = value._replace(masked=True)

    def note(self, kind: FlowKind, value: _Value, command: Command) -> None:
        self.flows.append(
            Flow(kind, value.source, (*value.spans, command.span), command, value.transformed, value.masked)
        )


def _dumps(command: Command) -> bool:
    """Tell whether a command prints every variable: `env`, `printenv`, `set`, `export -p`, `declare -p`."""
    arguments = [word.text for word in command.arguments]
    if command.program in ("env", "printenv"):
        return all(argument in ("-0", "--null") for argument in arguments)
    if command.program == "set":
        return not arguments
    if command.program in ("export", "declare", "typeset"):
        return not command.assignments and all(argument in ("-p", "-x", "-px", "-xp") for argument in arguments)
    return False


def _is_log(redirect: Redirect) -> bool:
    """Tell whether a redirection of standard output still ends in the log: `>&2`."""
    return redirect.operator in (">&", "&>") and redirect.target is not None and redirect.target.text in ("1", "2")
