"""The scopes of `GITHUB_TOKEN` and what actions and commands need of them.

Sources: GitHub docs, Workflow syntax for GitHub Actions (`permissions`); the actions' documentation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from wflint.facts import command
from wflint.facts.table import table

Risk = Literal["high", "medium", "low"]
Level = Literal["none", "read", "write"]


class Scope(NamedTuple):
    """A scope: its levels, what it covers, how bad a stolen write is; `status` is set when it is limited or dead."""

    name: str
    values: tuple[Level, ...]
    covers: str
    write_risk: Risk
    status: str | None


class Need(NamedTuple):
    """A level that is needed; `sometimes`: only for some inputs or triggers."""

    level: Level
    sometimes: bool


def scopes() -> tuple[str, ...]:
    """Return the names of all scopes, sorted. One that is missing here may be new."""
    return tuple(table("permissions").data["scopes"])


def scope(name: str) -> Scope | None:
    """Return a scope; None when it is unknown."""
    row = table("permissions").data["scopes"].get(name)
    if row is None:
        return None
    return Scope(name, tuple(row["values"]), row["covers"], row["write_risk"], row.get("status"))


def shorthands() -> tuple[str, ...]:
    """Return the words that stand for all scopes."""
    return tuple(table("permissions").data["shorthands"])


def restricted_default() -> dict[str, Level]:
    """Return the scopes of a token in a repository with the restricted default."""
    return dict(table("permissions").data["defaults"]["restricted"])


def needed_by_action(action: str) -> dict[str, Need] | None:
    """Return the scopes an action needs, `{}` for none; None when not known or up to its script.

    Only the exact action is looked up: another folder of the repository is another action.
    """
    return _needs(table("permissions").data["actions"].get(action.lower()))


def needed_by_command(words: Sequence[str]) -> dict[str, Need] | None:
    """Return the scopes that a command line needs; None when not known."""
    entry = command.find(_commands().get(_program(words), ()), words)
    return _needs(table("permissions").data["commands"][entry]) if entry else None


def _needs(row: dict[str, str] | None) -> dict[str, Need] | None:
    if row is None:
        return None
    return {
        name: Need("write" if level.startswith("write") else "read", level.endswith("?")) for name, level in row.items()
    }


def _program(words: Sequence[str]) -> str:
    return words[0].rpartition("/")[2] if words else ""


@cache
def _commands() -> dict[str, tuple[str, ...]]:
    return command.by_program(table("permissions").data["commands"])
