"""Shell loops that try something several times, and what becomes of the step when every try failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wflint.shell import Command, ShellScript

_HARMLESS = frozenset({"echo", "printf", "date", "true", ":", "sleep"})
_COUNTS = re.compile(r"\d+|\{\d+\.\.[\w$]+\}|[\"]?\$\(seq\b[^()]*\)[\"]?|`seq\b[^`]*`")
_ENDS = frozenset({"exit", "return", "false", "kill"})


class Retry(NamedTuple):
    """A loop that leaves off when something succeeds, and is as content when it never does."""

    tried: Command


def green_retries(script: ShellScript) -> Iterator[Retry]:
    """Yield the loops after which a step is surely green although every try failed.

    That takes a loop that ends by itself, a `break` only on success, no `exit` but `exit 0` in it, a body that ends
    well after a failed try, and nothing behind it that could notice.
    """
    commands = [each for each in script.commands if each.captured_by is None]
    if script.has_error or not script.is_complete or not any(_leaves(each) for each in commands):
        return
    if any("function" in each.inside or "background" in each.inside for each in commands):
        return
    runs = [(inside, list(group)) for inside, group in groupby(commands, lambda each: "loop" in each.inside)]
    for index, (inside, body) in enumerate(runs):
        before = runs[index - 1][1] if index else []
        after = [each for _, rest in runs[index + 1 :] for each in rest]
        if not inside or not _ends(before) or any(each.inside.count("loop") > 1 for each in body):
            continue
        if any(each.program not in _HARMLESS or each.kind != "command" for each in after):
            continue
        tried = _tried(body)
        if tried is not None and _ends_well(body, after):
            yield Retry(tried)


def _leaves(command: Command) -> bool:
    return command.program == "break" or (command.program == "exit" and _words(command) == ["0"])


def _words(command: Command) -> list[str | None]:
    return [word.text for word in command.arguments]


def _ends(before: list[Command]) -> bool:
    """Tell whether the loop behind these commands counts tries: a `for` over numbers, or a `while` on a test.

    One over names or files looks for something, and not to find it may be fine.
    """
    if not before:
        return False
    last = before[-1]
    if last.kind == "for":
        return bool(last.words) and all(_COUNTS.fullmatch(word.raw) for word in last.words)
    return last.kind == "test" and "condition" in last.inside and "loop" not in last.inside


def _tried(body: list[Command]) -> Command | None:
    """Return what the loop tries, where all that leaves it is its success."""
    if any(each.program in _ENDS and not _leaves(each) for each in body):
        return None
    if any(each.alternative is not None and each.alternative.aborts for each in body):
        return None
    tried: Command | None = None
    for index, command in enumerate(body):
        if not _leaves(command):
            continue
        before = _before(body, index)
        if before is None or before.kind != "command" or before.negated or before.program in ("test", "[", "grep"):
            return None
        tried = tried or before
    return tried


def _before(body: list[Command], index: int) -> Command | None:
    """Return the command whose success runs another: in front of `&&`, or the condition of its `if`."""
    for each in reversed(body[:index]):
        if each.program in _HARMLESS and "condition" not in each.inside and not each.in_and_list:
            continue
        if each.program in _HARMLESS and each.in_and_list:
            continue
        if each.in_and_list and "condition" not in each.inside:
            return each
        return each if each.inside[-1:] == ("condition",) and "branch" in body[index].inside else None
    return None


def _ends_well(body: list[Command], after: list[Command]) -> bool:
    """Tell whether the loop, or what stands behind it, ends with success after a failed try."""
    if after:
        return True
    last = body[-1]
    if _leaves(last):
        return last.inside[-1:] == ("branch",)
    return last.program in _HARMLESS or last.kind == "assignment" or last.inside[-1:] == ("branch",)
