"""Under which name a command writes a value to GITHUB_ENV or GITHUB_OUTPUT.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from wflint.shell import HOLE, Command, Flow, ShellScript, Word

_ENTRY = re.compile(r"\s*([A-Za-z_][\w-]*)(?:=|<<[-~]?(.*))")
_COMMAND = re.compile(r"::set-(?:output|env) name=([\w-]+)::")
_BACK = 20
"""How many commands before a line may open the entry that it is a part of."""


class Entry(NamedTuple):
    """What a value is written as."""

    name: str | None
    """None where it is not said, as in a file that is copied."""
    delimiter: str | None = None
    """What ends a value of several lines; `HOLE` stands in it for what only the run knows."""

    @property
    def guessable(self) -> bool:
        """Whether the value itself could hold the line that ends it, and so write further entries."""
        return self.delimiter is None or HOLE not in self.delimiter


def entry(flow: Flow, script: ShellScript) -> Entry:
    """Return the entry that a flow to one of the runner's files writes."""
    command = flow.command
    arguments = command.arguments
    if command.program == "printf" and arguments:
        found = _opened(arguments[0].shape.replace("\\n", "\n").split("\n")[:1])
        if found is not None:
            return found
    read = flow.spans[-2].start if len(flow.spans) > 1 else command.span.start
    for word in [word for each in (command, *command.producers[:_BACK]) for word in _words(each)]:
        if not word.span.start <= read < word.span.end:
            continue
        lines = word.shape.split("\n")
        # Echo makes line breaks of `\n`, and a word of several lines has its own.
        at = script.text.count("\n", word.span.start, read)
        found = _opened(lines[: at + 1]) if at < len(lines) else None
        if found is not None:
            return found
    return _before(command, script) or Entry(None)


def _words(command: Command) -> list[Word]:
    heredoc = command.heredoc
    return command.arguments if heredoc is None else [*command.arguments, heredoc.word]


def _opened(lines: list[str]) -> Entry | None:
    """Return the entry to which the last of some lines belongs."""
    for line in reversed(lines):
        command = _COMMAND.match(line.strip())
        if command is not None:
            return Entry(command[1])
        match = _ENTRY.match(line)
        if match is None:
            continue
        if match[2] is not None:
            return Entry(match[1], match[2].strip())
        if line is lines[-1]:
            return Entry(match[1])
    return None


def _before(command: Command, script: ShellScript) -> Entry | None:
    """Return the entry that a command just before has opened by `NAME<<DELIMITER`."""
    at = bisect_left(script.commands, command.span.start, key=lambda each: each.span.start)
    for previous in reversed(script.commands[max(0, at - _BACK) : at]):
        for word in previous.arguments:
            match = _ENTRY.match(word.shape)
            if match is not None and match[2] is not None:
                return Entry(match[1], match[2].strip())
    return None
