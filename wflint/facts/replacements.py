"""Actions that a command or a built-in feature replaces, and forks or successors of those nobody keeps up.

Sources: GitHub CLI manual; GitHub docs, GitHub-hosted runners reference; the repositories' own notices.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from wflint.facts.table import table


class Superfluous(NamedTuple):
    """`strict`: the command does all of it; `partial`: most uses of it. `use` is the command or feature."""

    kind: Literal["strict", "partial"]
    use: str


class Heir(NamedTuple):
    """Where work goes on. `fork`: a third party's maintained copy (by subscription), not the owner's choice."""

    name: str
    fork: bool


def superfluous(action: str) -> Superfluous | None:
    """Return what to run instead of an action; None when nothing is known to replace it."""
    row = table("superfluous").data.get(action.lower())
    return Superfluous(row["kind"], row["use"]) if row else None


def heir(action: str) -> Heir | None:
    """Return an action's successor, or a maintained fork of it; None when none is known."""
    row = table("forks").data.get(action.lower())
    if row is None:
        return None
    return Heir(row["successor"], False) if "successor" in row else Heir(row["fork"], True)
