"""Actions and commands that publish packages, releases, images and pages, or deploy.

Sources: the actions' metadata and documentation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal, NamedTuple

from wflint.facts import command as commands_of
from wflint.facts import trusted
from wflint.facts.table import choices, table

Kind = Literal["deploy", "image", "package", "pages", "release"]


class Publisher(NamedTuple):
    """An action that publishes. Inputs are lower-case, values are globs.

    `when`: one of these inputs must have one of its values (empty: always publishes). `off`: values that keep it from
    publishing. `dry_run` and `draft` name inputs that are `true` for a rehearsal or a draft. `production`: the input
    and the value that mean the real place.
    """

    kind: Kind
    when: dict[str, tuple[str, ...]]
    off: dict[str, str]
    dry_run: str | None
    draft: str | None
    production: tuple[str, str] | None


def publisher(action: str) -> Publisher | None:
    """Return what an action publishes and which inputs arm it; None when it is not known to publish."""
    row = table("publishing").data["actions"].get(action.lower())
    if row is None:
        return None
    production = row.get("production")
    return Publisher(
        row["kind"],
        choices(row.get("when")),
        dict(row.get("off", {})),
        row.get("dry_run"),
        row.get("draft"),
        (production[0], production[1]) if production else None,
    )


def publishes(action: str, inputs: Mapping[str, str]) -> Kind | None:
    """Return what a step publishes; None when it does not, or is not known to.

    `inputs` are the step's `with` entries as text. A value that begins with an expression counts as the one that
    publishes.
    """
    known = publisher(action)
    if known is None:
        return None
    given = {name.lower(): value.strip() for name, value in inputs.items()}
    if known.dry_run and given.get(known.dry_run, "").lower() == "true":
        return None
    if any(given.get(name, "").lower() == value for name, value in known.off.items()):
        return None
    armed = not known.when or any(
        given[name].startswith("${{") or any(fnmatchcase(given[name], glob) for glob in globs)
        for name, globs in known.when.items()
        if given.get(name)
    )
    return known.kind if armed else None


def command(words: Sequence[str]) -> Kind | None:
    """Return what a command line publishes: `["docker", "push", …]` → `image`; None when nothing is known."""
    if not words:
        return None
    entries: dict[str, Kind] = table("publishing").data["commands"]
    entry = commands_of.find(_index().get(words[0].rpartition("/")[2], ()), words)
    if entry:
        return entries[entry]
    return "package" if trusted.command(words) else None


def commands() -> dict[str, Kind]:
    """Return all listed commands but those of package registries, which `trusted.commands` has."""
    return dict(table("publishing").data["commands"])


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return commands_of.by_program(table("publishing").data["commands"])
