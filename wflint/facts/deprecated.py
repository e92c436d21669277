"""Versions of actions, workflow commands and switches that are deprecated, unsupported or gone.

Sources: GitHub changelog; the actions' documentation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, NamedTuple

from wflint.facts.table import names, table
from wflint.facts.version import Range, Version, parse

State = Literal[
    "removed", "unsupported", "deprecated", "archived", "unsafe", "wrapper", "no effect", "no use", "forced to node24"
]


class Deprecation(NamedTuple):
    """What happened to it, since when (a date, a month or a year; None: not known), what to `use` (may be empty)."""

    name: str
    state: State
    since: str | None
    use: str


@lru_cache(maxsize=1024)
def status(action: str, ref: str | Version | None) -> Deprecation | None:
    """Return what is wrong with a version of an action; None when nothing is known.

    A floating tag counts as the newest of its line. A branch or commit is judged only where every version is meant.
    """
    version = parse(ref) if isinstance(ref, str) else ref
    known = table("deprecated").data["actions"]
    for name in names(action):
        for row in known.get(name, ()):
            span = Range(*row["range"])
            if span.everything or (version is not None and span.holds(version)):
                return _deprecation(name, row)
    return None


def command(start: str) -> Deprecation | None:
    """Return the deprecation of a workflow command by its start: `::set-output`, `::add-path`, `##[set-env`."""
    row = table("deprecated").data["commands"].get(start.lower())
    return _deprecation(start.lower(), row) if row else None


def commands() -> tuple[str, ...]:
    """Return the starts of all deprecated and removed workflow commands."""
    return tuple(table("deprecated").data["commands"])


def switch(name: str) -> Deprecation | None:
    """Return the deprecation of another thing: `env NAME`, `runs.using: node16`, `permissions.repository-projects`."""
    row = table("deprecated").data["other"].get(name)
    return _deprecation(name, row) if row else None


def switches() -> tuple[str, ...]:
    """Return the names that `switch` knows."""
    return tuple(table("deprecated").data["other"])


def _deprecation(name: str, row: dict[str, Any]) -> Deprecation:
    return Deprecation(name, row["state"], row["since"], row["use"])
