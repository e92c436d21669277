"""Registries and clouds: the credentials they take, and how to do without by OpenID Connect.

Sources: GitHub docs, OpenID Connect; the registries' documentation of trusted publishing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from wflint.facts import command as commands_of
from wflint.facts.table import choices, strings, table


class Registry(NamedTuple):
    """A registry or cloud.

    `credentials` are usual names of its long-lived secrets. `oidc`: it takes short-lived tokens, by `actions` or by
    `commands`, since `since` (a day, month or year; None: not known); `id-token: write` is then needed.
    `from_version`: the first version of a command that can. `no_support` are commands that cannot.
    `hosted_runners_only`: not from self-hosted runners.
    """

    name: str
    credentials: tuple[str, ...]
    hosts: tuple[str, ...]
    oidc: bool
    actions: tuple[str, ...]
    commands: tuple[str, ...]
    from_version: dict[str, str]
    no_support: tuple[str, ...]
    hosted_runners_only: bool
    since: str | None


class Publishing(NamedTuple):
    """How an action signs in to a registry. Inputs are lower-case.

    `token_inputs` and `token_env` hold a long-lived secret, `oidc_inputs` choose OpenID Connect. `index_inputs`: the
    registry is the public one only with these values (or without the input). `when`: only with these values.
    `when_oidc`: OpenID Connect only with these values. `off` are values that switch off what is good by default.
    """

    registry: Registry
    token_inputs: tuple[str, ...]
    token_env: tuple[str, ...]
    oidc_inputs: tuple[str, ...]
    index_inputs: dict[str, tuple[str, ...]]
    when: dict[str, tuple[str, ...]]
    when_oidc: dict[str, tuple[str, ...]]
    off: dict[str, str]


class Command(NamedTuple):
    """A command that publishes to a registry, unless one of the flags `unless` is there."""

    text: str
    registry: Registry
    unless: tuple[str, ...]


def registry(name: str) -> Registry | None:
    """Return a registry by its name here: `pypi`, `npm`, `crates.io`, `aws`, …; None when unknown."""
    row = table("trusted-publishing").data["registries"].get(name)
    if row is None:
        return None
    oidc = row["oidc"] or {}
    return Registry(
        name,
        tuple(row["credentials"]),
        strings(row.get("hosts")),
        row["oidc"] is not None,
        strings(oidc.get("actions")),
        strings(oidc.get("commands")),
        dict(oidc.get("from_version", {})),
        strings(row.get("no_support")),
        row.get("hosted_runners_only", False),
        row.get("since"),
    )


def registries() -> tuple[str, ...]:
    """Return the names of all registries and clouds."""
    return tuple(table("trusted-publishing").data["registries"])


def publishing(action: str) -> Publishing | None:
    """Return how an action signs in; None when it is not known to publish or to sign in."""
    row = table("trusted-publishing").data["actions"].get(action.lower())
    home = registry(row["registry"]) if row else None
    if row is None or home is None:
        return None
    return Publishing(
        home,
        strings(row.get("token_inputs")),
        strings(row.get("token_env")),
        strings(row.get("oidc_inputs")),
        choices(row.get("index_inputs")),
        choices(row.get("when")),
        choices(row.get("when_oidc")),
        dict(row.get("off", {})),
    )


def command(words: Sequence[str]) -> Command | None:
    """Return the publishing command that the words of a command line are; None for a rehearsal or anything else."""
    rows: Mapping[str, dict[str, list[str]]] = table("trusted-publishing").data["commands"]
    entry = commands_of.find(_index().get(words[0].rpartition("/")[2], ()), words) if words else None
    found = commands().get(entry) if entry else None
    if entry is None or found is None or any(flag in words for flag in rows[entry]["unless"]):
        return None
    return found


@cache
def commands() -> dict[str, Command]:
    """Return all commands that publish to a registry, by their text."""
    # `helm push` goes to any OCI registry: there is a name, and nothing to tell of it.
    unlisted = {"oci": Registry("oci", (), (), False, (), (), {}, (), False, None)}
    return {
        text: Command(text, registry(row["registry"]) or unlisted[row["registry"]], tuple(row["unless"]))
        for text, row in table("trusted-publishing").data["commands"].items()
    }


def credential(name: str) -> Registry | None:
    """Return the registry whose usual credential a secret or variable is named like; None when none is."""
    asked = name.upper()
    return next((found for key in registries() if (found := registry(key)) and asked in found.credentials), None)


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return commands_of.by_program(table("trusted-publishing").data["commands"])
