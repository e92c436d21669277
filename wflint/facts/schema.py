"""The shape of workflow files, action files and other configuration: which keys, which kinds, which values; limits.

A route is a generic path: `*` any key, `[]` an item, `(root)` the file: `jobs.*.steps[].run`. Which contexts an
expression may use is `contexts.availability`. Sources: GitHub docs, Workflow syntax for GitHub Actions; Metadata
syntax reference; Actions limits; Dependabot options reference; the documentation of pre-commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from wflint.facts.table import strings, table

Kind = Literal["workflow", "action", "dependabot", "pre_commit"]


class Variant(NamedTuple):
    """One of the shapes that a mapping may have, such as a step with `run` and one with `uses`."""

    name: str
    keys: frozenset[str]
    required: tuple[str, ...]


class Row(NamedTuple):
    """What may stand at a route.

    `kinds`: mapping, sequence, string, number, boolean, null, any. `expression`: the kinds that an expression may
    stand for; empty: no expression here. `bare_expression`: the whole value is one, with or without `${{ }}`. `keys`
    is closed unless `free_keys`; None when keys are not the matter. `values` are case-sensitive, empty: any. `facts`
    holds what only some rows have, as parsed JSON (`minItems`, `default`, `note`, …).
    """

    route: str
    kinds: frozenset[str]
    expression: frozenset[str]
    bare_expression: bool
    nonempty: bool
    keys: frozenset[str] | None
    free_keys: bool
    required: tuple[str, ...]
    values: frozenset[str]
    variants: tuple[Variant, ...]
    facts: dict[str, Any]


class Identifier(NamedTuple):
    """How a name must be made: a pattern for the whole of it, fewer than `below` characters, a reserved prefix."""

    pattern: str | None
    below: int | None
    reserved_prefix: str | None


_SPECIAL = frozenset(".*[]()")
_COMMON = frozenset(
    (
        "kinds",
        "expression",
        "bare_expression",
        "nonempty",
        "keys",
        "free_keys",
        "closed",
        "required",
        "values",
        "variants",
    )
)


def row(route: str, kind: Kind = "workflow") -> Row | None:
    """Return what may stand at a route; None for an unknown one."""
    return _row(route, kind)


def workflow_row(path: Sequence[str | int] | str) -> Row | None:
    """Return what may stand at a place in a workflow: a route, or a path of keys and indexes; None when unknown."""
    found = path if isinstance(path, str) else route(path)
    return _row(found, "workflow") if found else None


def route(path: Sequence[str | int], kind: Kind = "workflow") -> str | None:
    """Return the route of a path: `("jobs", "build", "steps", 0, "run")` → `jobs.*.steps[].run`; None when unknown.

    Keys that the schema names win over free ones.
    """
    rows = _rows(kind)
    found = ""
    for step in path:
        if isinstance(step, int):
            candidates = [f"{found}[]"]
        else:
            stem = f"{found}." if found else ""
            candidates = [f"{stem}*"] if _SPECIAL.intersection(step) else [stem + step, f"{stem}*"]
        known = next((one for one in candidates if one in rows), None)
        if known is None:
            return None
        found = known
    return found or "(root)"


def routes(kind: Kind = "workflow") -> tuple[str, ...]:
    """Return all routes."""
    return tuple(_rows(kind))


def limit(name: str) -> int:
    """Return a limit by name, in the unit that its name ends with: `job.timeout_default_minutes`, `matrix.jobs`.

    Raises KeyError for an unknown name.
    """
    value: int = table("workflow-schema").data["limits"][name][0]
    return value


def limits() -> tuple[str, ...]:
    """Return the names of all limits."""
    return tuple(table("workflow-schema").data["limits"])


def identifier(name: str) -> Identifier | None:
    """Return how job_id, step_id, input_name, output_name, secret_name, variable_name, snapshot_version are made."""
    found = table("workflow-schema").data["identifiers"].get(name)
    if found is None or "pattern" not in found:
        return None
    return Identifier(found["pattern"], found.get("below"), found.get("reserved_prefix"))


def reserved_variables() -> tuple[str, ...]:
    """Return the variables (globs) that a step cannot write by `GITHUB_ENV`."""
    return tuple(table("workflow-schema").data["identifiers"]["env_write_reserved"]["names"])


def shells(system: str | None = None) -> frozenset[str]:
    """Return the built-in shells, of one system (`linux`, `macos`, `windows`) if it is given."""
    rows = table("workflow-schema").data["shells"]
    return frozenset(
        name for name, found in rows.items() if "os" in found and (system is None or system in found["os"])
    )


def stops_on_error(shell: str | None) -> tuple[bool, bool]:
    """Return whether a built-in shell stops at the first failing command, and at one inside a pipe.

    None is a `run` without `shell`: bash without pipefail. An unknown shell stops at neither.
    """
    if shell is None:
        return True, False
    found = table("workflow-schema").data["shells"].get(shell, {})
    return found.get("errexit", False), found.get("pipefail", False)


def config_facts(kind: Literal["dependabot", "pre_commit"]) -> dict[str, Any]:
    """Return what else is known of a configuration file, as parsed JSON: its `paths`, defaults, special names."""
    return dict(table("config-schemas").data[kind]["facts"])


def _rows(kind: Kind) -> dict[str, Any]:
    if kind in ("dependabot", "pre_commit"):
        rows: dict[str, Any] = table("config-schemas").data[kind]["keys"]
    else:
        rows = table("workflow-schema").data[kind]
    return rows


@lru_cache(maxsize=1024)
def _row(route: str, kind: Kind) -> Row | None:
    found = _rows(kind).get(route)
    if found is None:
        return None
    variants = tuple(
        Variant(name, frozenset(shape["keys"]), strings(shape.get("required")))
        for name, shape in found.get("variants", {}).items()
    )
    return Row(
        route=route,
        kinds=frozenset(found.get("kinds", ("any",))),
        expression=frozenset(found.get("expression", ())),
        bare_expression=bool(found.get("bare_expression")),
        nonempty=bool(found.get("nonempty")),
        keys=frozenset(found["keys"]) if "keys" in found else None,
        free_keys=found.get("free_keys", False),
        required=strings(found.get("required")),
        values=frozenset(str(value) for value in found.get("values", ())),
        variants=variants,
        facts={name: value for name, value in found.items() if name not in _COMMON},
    )
