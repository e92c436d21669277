"""Which actions restore or save GitHub's caches, and which inputs decide.

Sources: GitHub docs, Dependency caching reference; the actions' metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from wflint.facts.table import choices, table
from wflint.facts.version import Range, parse


class Also(NamedTuple):
    """A second input that switches a cache of its own; `default` holds from version `since` on (None: always)."""

    input: str
    default: bool
    off: tuple[str, ...]
    since: str | None


class Cache(NamedTuple):
    """How an action caches. Maps go from an input (lower-case) to the values (globs) that have the effect.

    `default`: active without inputs; None when it depends (`note` says on what). `restores`/`saves`: False when it
    never does. `on` and `off` switch all of it, `restore_off` and `save_off` one half, `saves_on` arms saving.
    `default` counts from version `since` on. `store` names another place than GitHub's cache.
    """

    default: bool | None
    restores: bool
    saves: bool
    on: dict[str, tuple[str, ...]]
    off: dict[str, tuple[str, ...]]
    restore_off: dict[str, tuple[str, ...]]
    save_off: dict[str, tuple[str, ...]]
    saves_on: dict[str, tuple[str, ...]]
    also: Also | None
    since: str | None
    store: str | None
    note: str | None


class Use(NamedTuple):
    """What one step does: True, False, or None when it cannot be told."""

    restores: bool | None
    saves: bool | None


def cache_inputs(action: str) -> Cache | None:
    """Return how an action caches; None when it is not known to. Only the exact action is looked up."""
    row = table("caches").data.get(action.lower())
    if row is None:
        return None
    also = row.get("also")
    return Cache(
        default=row["default"],
        restores=row.get("restores", True),
        saves=row.get("saves", True),
        on=choices(row.get("on")),
        off=choices(row.get("off")),
        restore_off=choices(row.get("restore_off")),
        save_off=choices(row.get("save_off")),
        saves_on=choices(row.get("saves_on")),
        also=Also(also["input"], also["default"], tuple(also["off"]), also["since"]) if also else None,
        since=row.get("since"),
        store=row.get("store"),
        note=row.get("note"),
    )


def use(action: str, inputs: Mapping[str, str], ref: str = "") -> Use | None:
    """Return what a step does with GitHub's caches; None when the action is not known to cache.

    `inputs` are the step's `with` entries as text, an expression included; `ref` its version tag, if it has one.
    """
    known = cache_inputs(action)
    if known is None or known.store is not None:
        return None
    given = {name.lower(): value.strip() for name, value in inputs.items()}
    active: bool | None = known.default
    version = parse(ref)
    if active and version is not None and known.since and Range("0", known.since, None).holds(version):
        active = False
    active = _switched(given, known.on, active, True)
    if active is not False:
        active = _switched(given, known.off, active, False)
    saves = active if not known.saves_on else _switched(given, known.saves_on, False, True)
    if saves is not False:
        saves = _switched(given, known.save_off, saves, False)
    restores = _switched(given, known.restore_off, active, False) if active is not False else False
    if known.also and active is False:
        active = restores = saves = _second(known.also, given, ref)
    return Use(restores if known.restores else False, saves if known.saves else False)


def actions() -> tuple[str, ...]:
    """Return all actions that are known to cache."""
    return tuple(table("caches").data)


def _switched(given: Mapping[str, str], switch: Mapping[str, tuple[str, ...]], state: Any, to: bool) -> bool | None:
    for name, values in switch.items():
        value = given.get(name)
        if value is None or value == "":
            continue
        if any(fnmatchcase(value.lower(), glob.lower()) for glob in values):
            return to
        if "${{" in value and state is not to:
            state = None
    return state  # type: ignore[no-any-return]


def _second(also: Also, given: Mapping[str, str], ref: str) -> bool | None:
    value = given.get(also.input.lower())
    if value is not None:
        return None if "${{" in value else bool(value) and value.lower() not in (*also.off, "false")
    version = parse(ref)
    if also.since is not None and (version is None or version.major < int(also.since)):
        return None if version is None and also.default else False
    return also.default
