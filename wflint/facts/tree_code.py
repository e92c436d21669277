"""What runs code of the checked out tree: build tools, package installs, test runners.

Source: GitHub docs, Secure use reference (untrusted checkouts), and the tools' documentation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from wflint.facts import command
from wflint.facts.table import names, table


def action_runs(action: str) -> bool:
    """Tell whether an action is known to run code or configuration of the tree; a local action is such code."""
    listed = _actions()
    return action.startswith("./") or any(name in listed for name in names(action))


def command_runs(words: Sequence[str]) -> str | None:
    """Return the listed command that the words of a command line are, if it runs code of the tree: `npm ci`."""
    entries = _commands().get(words[0].replace("\\", "/").rpartition("/")[2], ()) if words else ()
    local = _commands().get(words[0], ()) if words else ()
    return command.find((*entries, *local), words)


def commands() -> tuple[str, ...]:
    """Return all listed commands."""
    return tuple(table("tree-code").data["commands"])


@cache
def _actions() -> frozenset[str]:
    return frozenset(table("tree-code").data["actions"])


@cache
def _commands() -> dict[str, tuple[str, ...]]:
    return command.by_program(commands())
