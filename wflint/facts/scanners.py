"""Security scanners, SARIF uploads, and inputs that make a scan toothless.

Sources: GitHub docs, SARIF support for code scanning; the actions' metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from wflint.facts import command as commands_of
from wflint.facts.table import choices, names, strings, table

Kind = Literal["attest", "container", "dast", "fuzz", "iac", "licence", "sast", "sca", "secrets", "super", "workflow"]


class Sarif(NamedTuple):
    """How a scanner writes SARIF.

    `format`: the input and its value that choose SARIF. `output` and `input` name the inputs with the file's path.
    `uploads`: it uploads to code scanning itself; `off` are input values that stop that.
    """

    format: tuple[str, str] | None
    output: str | None
    input: str | None
    uploads: bool
    off: dict[str, tuple[str, ...]]


class Weakness(NamedTuple):
    """Input values that let a scan pass whatever it finds; `env NAME` is a variable. `by_default`: so without them."""

    values: dict[str, tuple[str, ...]]
    by_default: bool


def kinds(action: str) -> tuple[Kind, ...]:
    """Return what an action scans for; empty when it is not known to scan."""
    found: tuple[Kind, ...] = strings(_row("actions", action))  # type: ignore[assignment]
    return found


def sarif(action: str) -> Sarif | None:
    """Return how an action writes or uploads SARIF; None when it is not known to."""
    row = _row("sarif", action)
    if row is None:
        return None
    chosen = row.get("format")
    return Sarif(
        (chosen[0], chosen[1]) if chosen else None,
        row.get("output"),
        row.get("input"),
        row.get("uploads", False),
        choices(row.get("off")),
    )


def weakness(action: str) -> Weakness | None:
    """Return the input values that make an action's scan toothless; None when none are known."""
    row = _row("weak_inputs", action)
    return Weakness(choices(row["values"]), row.get("weak_by_default", False)) if row else None


def command(words: Sequence[str]) -> str | None:
    """Return the listed scanner command that the words of a command line are, or None."""
    return commands_of.find(_index().get(words[0].rpartition("/")[2], ()), words) if words else None


def commands() -> tuple[str, ...]:
    """Return all listed scanner commands."""
    return tuple(table("scanners").data["commands"])


def _row(section: str, action: str) -> Any:
    rows = table("scanners").data[section]
    asked = action.lower()
    if asked in rows:
        return rows[asked]
    return next((rows[f"{name}/*"] for name in names(asked) if name != asked and f"{name}/*" in rows), None)


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return commands_of.by_program(commands())
