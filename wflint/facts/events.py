"""The triggers: types, filters, on which ref a run works and who can start it.

Sources: GitHub docs, Events that trigger workflows; Workflow syntax for GitHub Actions (`on`).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from wflint.facts.table import strings, table

Actor = Literal["anyone", "triage", "write", "admin", "app", "system", "caller"]


class Event(NamedTuple):
    """One trigger.

    `types`: None when it has none, empty when they are free names (`repository_dispatch`). `default_types` are those
    that fire when none is named; all of them for most triggers. `file` is where the workflow is read from: `default`
    (branch), `ref`, `named ref`. `check_on` is the commit that gets the checks: pr_head, commit, default_head, caller.
    `counts_for_pull_request`: True, False, a condition in words, or None when not settled. `privileged_for_outsiders`:
    a stranger's run has secrets and a write token; None when the caller decides. `removed` says why it never fires.
    """

    name: str
    types: tuple[str, ...] | None
    default_types: tuple[str, ...]
    limited_types: tuple[str, ...]
    filters: tuple[str, ...]
    fired_by: Actor
    privileged_for_outsiders: bool | None
    default_branch_only: bool
    file: str
    ref: str
    check_on: str
    counts_for_pull_request: bool | str | None
    dependabot_read_only: bool
    fork_read_only: bool
    removed: str | None
    notes: tuple[str, ...]

    @property
    def fired_by_outsiders(self) -> bool:
        return self.fired_by == "anyone"


class Cron(NamedTuple):
    """The schedule dialect: five fields, their inclusive ranges, names by field, texts that GitHub refuses."""

    min_interval_minutes: int
    ranges: dict[str, tuple[int, int]]
    names: dict[str, tuple[str, ...]]
    refused: tuple[str, ...]


def event(name: str) -> Event | None:
    """Return a trigger, None for an unknown name; names are case-sensitive."""
    row: dict[str, Any] | None = table("events").data["events"].get(name)
    if row is None:
        return None
    types = row.get("types")
    listed = None if types is None else () if isinstance(types, str) else tuple(types)
    default = row.get("default_types")
    return Event(
        name=name,
        types=listed,
        default_types=(listed or ()) if default == "all" else strings(default),
        limited_types=strings(row.get("limited_types")),
        filters=tuple(row["filters"]),
        fired_by=row["fired_by"],
        privileged_for_outsiders=row["privileged_for_outsiders"],
        default_branch_only=row["default_branch_only"],
        file=row["file"],
        ref=row["ref"],
        check_on=row["check_on"],
        counts_for_pull_request=row["counts_for_pull_request"],
        dependabot_read_only=row.get("dependabot_read_only", False),
        fork_read_only=row.get("fork_run", {}).get("token") == "read",
        removed=row.get("removed"),
        notes=strings(row.get("notes")),
    )


def names() -> frozenset[str]:
    """Return the names of all triggers."""
    return frozenset(table("events").data["events"])


def input_types(name: str) -> tuple[str, ...]:
    """Return the types that inputs of `workflow_dispatch` or `workflow_call` may have; empty for other triggers."""
    return tuple(table("events").data["events"].get(name, {}).get("inputs", {}).get("types", ()))


def max_inputs(name: str) -> int | None:
    """Return how many inputs a trigger may declare; None when there is no known limit."""
    limit: int | None = table("events").data["events"].get(name, {}).get("inputs", {}).get("max_inputs")
    return limit


def exclusive_filters() -> tuple[tuple[str, str], ...]:
    """Return the pairs of filters that GitHub refuses together."""
    return tuple((one, other) for one, other in table("events").data["glob"]["exclusive"])


def skip_markers() -> tuple[str, ...]:
    """Return the texts in a commit message that keep `push` and `pull_request` from running."""
    return tuple(table("events").data["skip_markers"]["in"])


def cron() -> Cron:
    """Return what `on.schedule[].cron` may hold."""
    row = table("events").data["cron"]
    return Cron(
        row["min_interval_minutes"],
        {name: (low, high) for name, (low, high) in row["ranges"].items()},
        {name: tuple(texts) for name, texts in row["names"].items()},
        tuple(row["not"]),
    )
