"""GitHub's hosted runner labels, their dates, and the runtimes of JavaScript actions.

Dates are `YYYY-MM-DD`, `YYYY-MM` where no day is known, None where no date is. Sources: GitHub docs, GitHub-hosted
runners reference; GitHub changelog.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from wflint.facts.table import table

System = Literal["linux", "macos", "windows"]
Status = Literal["ga", "preview", "deprecated", "removed"]


class Label(NamedTuple):
    """A hosted label. `removed` may lie ahead; `means` lists (since, label) of a `-latest` label; `larger` are paid."""

    name: str
    os: System
    arch: Literal["x64", "arm64"]
    status: Status
    deprecated: str | None
    removed: str | None
    image: str | None
    larger: bool
    means: tuple[tuple[str, str], ...]
    note: str | None

    def meaning(self, day: str) -> str:
        """Return the label that a `-latest` label stands for on a day (`YYYY-MM-DD`); its own name otherwise."""
        past = [label for since, label in self.means if since <= day]
        return past[-1] if past else self.name


class Runtime(NamedTuple):
    """A runtime of actions (`runs.using`): since when it is there, deprecated, removed; and what replaced it."""

    name: str
    since: str | None
    deprecated: str | None
    removed: str | None
    forced_to: str | None


def label(name: str) -> Label | None:
    """Return a hosted label, without case; None for any other, which may be a self-hosted or larger runner's."""
    row = table("runners").data["labels"].get(name.lower())
    if row is None:
        return None
    return Label(
        name=name.lower(),
        os=row["os"],
        arch=row["arch"],
        status=row["status"],
        deprecated=row.get("deprecated"),
        removed=row.get("removed"),
        image=row.get("image"),
        larger=row.get("larger", False),
        means=tuple((since, meant) for since, meant in row.get("means", ())),
        note=row.get("note"),
    )


def labels() -> tuple[str, ...]:
    """Return all hosted labels, removed ones included."""
    return tuple(table("runners").data["labels"])


def self_hosted_labels() -> frozenset[str]:
    """Return the labels that self-hosted runners get by themselves, lower-case."""
    row = table("runners").data["self_hosted"]
    return frozenset((*row["always"], *row["os"], *row["arch"]))


def third_party(name: str) -> str | None:
    """Return the vendor whose runners a label names: `Depot`, `RunsOn`, …; None for none known."""
    asked = name.lower()
    vendors = table("runners").data["third_party"].items()
    return next((vendor for vendor, globs in vendors if any(fnmatchcase(asked, glob) for glob in globs)), None)


def operating_system(name: str) -> System | None:
    """Return the system that a label stands for: hosted, or a self-hosted runner's own; None when not known."""
    known = label(name)
    if known:
        return known.os
    asked = name.lower()
    return asked if asked in ("linux", "macos", "windows") else None  # type: ignore[return-value]


def default_shell(system: System) -> str:
    """Return the shell of a `run` step that names none."""
    shell: str = table("runners").data["default_shell"][system]
    return shell


def runtime(using: str) -> Runtime | None:
    """Return a JavaScript runtime by its `runs.using` value; None for any other."""
    row = table("runners").data["action_runtimes"].get(using.lower())
    if row is None:
        return None
    return Runtime(using.lower(), row.get("since"), row.get("deprecated"), row.get("removed"), row.get("forced_to"))
