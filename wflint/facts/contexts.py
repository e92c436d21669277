"""Contexts with the types of their properties, functions with their signatures, and where each may be used.

A type is `string`, `number`, `boolean`, `object`, `any`, or a mapping of property names to types in which `"*"` is any
name. Sources: GitHub docs, Contexts reference; Evaluate expressions in workflows and actions.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from wflint.facts.table import strings, table

Kind = Literal["workflow", "action"]
Type = str | dict[str, Any]


class Context(NamedTuple):
    """A context. Its properties have GitHub's spelling and are found without case.

    `properties` are those with known names, `map` is the type of all others (None: there are no others). `strict`: a
    name that is neither listed nor declared is a mistake. `values` holds the enumerations, by path below the context.
    `notes` says when a property is there.
    """

    name: str
    properties: dict[str, Type]
    map: Type | None
    strict: bool
    values: dict[str, tuple[str, ...]]
    notes: dict[str, str]


class Function(NamedTuple):
    """A function. `min` and `max` count arguments; `max_in_job_if` replaces `max` in `jobs.*.if`, None is no limit.

    A signature is (argument types, result type); `"..."` repeats the type before it. `special` functions exist only
    where `availability` lists them; `odd_arguments`: an even count is refused. `status` functions switch off the
    implied `success()`.
    """

    name: str
    min: int
    max: int
    max_in_job_if: int | None
    signatures: tuple[tuple[tuple[str, ...], str], ...]
    special: bool
    status: bool
    odd_arguments: bool
    since: str | None


class Availability(NamedTuple):
    """What an expression at a key may use: contexts, and special functions with the least and most arguments."""

    contexts: frozenset[str]
    functions: dict[str, tuple[int, int | None]]


def names() -> frozenset[str]:
    """Return the names of all contexts."""
    return frozenset(table("contexts").data["contexts"])


def context(name: str) -> Context | None:
    """Return a context by name, without case; None when there is no such context."""
    row = table("contexts").data["contexts"].get(name.lower())
    if row is None:
        return None
    values = {path: tuple(texts) for path, texts in row.get("values", {}).items()}
    return Context(
        name.lower(), dict(row.get("properties", {})), row.get("map"), row["strict"], values, dict(row.get("notes", {}))
    )


def function(name: str) -> Function | None:
    """Return a function by name, without case; None when there is no such function."""
    row = table("contexts").data["functions"].get(name.lower())
    if row is None:
        return None
    return Function(
        name=row["name"],
        min=row["min"],
        max=row["max"],
        max_in_job_if=row.get("max_in_job_if", row["max"]),
        signatures=tuple((tuple(arguments), result) for arguments, result in row["signatures"]),
        special=row.get("special", False),
        status=row.get("status", False),
        odd_arguments=row.get("odd_arguments", False),
        since=row.get("since"),
    )


def functions() -> tuple[str, ...]:
    """Return the names of all functions, as GitHub spells them."""
    return tuple(row["name"] for row in table("contexts").data["functions"].values())


def availability(route: str, kind: Kind = "workflow") -> Availability | None:
    """Return what a key's expressions may use; None for a key that takes no expression, or an unknown one.

    `route` is generic, as `schema.route` gives it: `jobs.*.steps[].run`, `concurrency.group`, `runs.steps[].if`.
    """
    row = table("contexts").data["availability"][kind].get(route)
    if row is None:
        return None
    found = {name: (least, most) for name, (least, most) in row.get("functions", {}).items()}
    return Availability(frozenset(strings(row.get("contexts"))), found)


def max_expression_length() -> int:
    """Return how many characters an expression may have."""
    limit: int = table("contexts").data["language"]["max_length"]
    return limit


def variables() -> frozenset[str]:
    """Return the environment variables that every run has, `GITHUB_*`, `RUNNER_*` and `CI`."""
    row = table("contexts").data["environment"]
    return frozenset((*row["github"], *row["runner"], *row["other"]))


def command_files() -> tuple[str, ...]:
    """Return the variables that name the runner's command files: `GITHUB_ENV` and its like."""
    return tuple(table("contexts").data["environment"]["files"])


def workflow_commands(state: Literal["current", "deprecated", "removed"]) -> frozenset[str]:
    """Return the names of workflow commands (`::name::`) that work, are deprecated, or are gone."""
    return frozenset(table("contexts").data["environment"]["commands"][state])
