"""Contents of files that a script writes to GITHUB_ENV and GITHUB_PATH."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.shell import Command, ShellScript, Word

_READERS = frozenset({"cat", "head", "jq", "more", "tac", "tail", "unzip", "yq"})
_KEEPING = frozenset({"cat", "echo", "sort", "tac", "tee", "uniq", "xargs", *_READERS})
_OWN = frozenset({"GITHUB_EVENT_PATH", "GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"})
_SINKS = ("GITHUB_ENV", "GITHUB_PATH")


def written_from_files(script: ShellScript) -> Iterator[tuple[Command, str]]:
    """Yield the commands that write what a file says, whole or in a value, and the variable that names the target.

    What a filter such as `grep` or `tr` has picked is left out: it may be clean.
    """
    read: set[str] = set()
    for command in script.commands:
        for assignment in command.assignments:
            if assignment.value is not None and _takes_file(assignment.value):
                read.add(assignment.name)
        target = _target(command)
        if target is None:
            continue
        sources = [command, *command.producers]
        if any(_reads_file(each) or _passes(each, read) for each in sources):
            yield command, target


def _target(command: Command) -> str | None:
    stdout = command.stdout
    if stdout is not None and stdout.variable in _SINKS:
        return stdout.variable
    if command.program != "tee":
        return None
    names = (variable.name for word in command.arguments for variable in word.variables)
    return next((name for name in names if name in _SINKS), None)


def _passes(command: Command, read: set[str]) -> bool:
    """Tell whether a command prints a file's content, by a substitution or by a variable that holds it."""
    if command.program not in ("echo", "printf", "cat"):
        return False
    heredoc = command.heredoc
    words: Iterable[Word] = command.arguments if heredoc is None else [*command.arguments, heredoc.word]
    return any(
        _takes_file(word) or any(each.name in read and not each.is_transformed for each in word.variables)
        for word in words
    )


def _takes_file(word: Word) -> bool:
    return any(
        _reads_file(command)
        for substitution in word.substitutions
        if substitution.kind == "command"
        for command in substitution.commands
        if all(each.program in _KEEPING for each in command.consumers)
    )


def _reads_file(command: Command) -> bool:
    if command.kind == "redirect":
        return any(each.operator == "<" and each.variable not in _OWN for each in command.redirects)
    if command.program not in _READERS or any(each.heredoc or each.operator == "<<<" for each in command.redirects):
        return False
    operands = [word for word in command.arguments if not word.shape.startswith("-")]
    if command.program in ("jq", "yq"):
        operands = operands[1:]
    if any(variable.name in _OWN for word in operands for variable in word.variables):
        return False
    return bool(operands) or any(each.operator == "<" for each in command.redirects)
