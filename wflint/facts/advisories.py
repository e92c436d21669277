"""Known vulnerabilities of actions, hijacked tags, malicious commits.

Sources: GitHub Advisory Database; published incident reports.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from wflint.facts.table import names, strings, table
from wflint.facts.version import Range, Version, parse

Severity = Literal["critical", "high", "medium", "low"]


class Advisory(NamedTuple):
    """An advisory as it touches one version; `fixed` is the first sound version without `v`, None: there is none."""

    id: str
    package: str
    severity: Severity | None
    fixed: str | None
    aliases: tuple[str, ...]
    cwes: tuple[str, ...]
    published: str


class Hijack(NamedTuple):
    """Tags that pointed to malicious code for a while.

    `start` and `end` are UTC, `YYYY-MM-DD` with or without `THH:MM`; `end` is None while it goes on. `tags` says in
    words which; `safe` are commits, tags or actions to use; `carriers` are actions that brought it along; `blocked`:
    GitHub disabled the repository.
    """

    package: str
    ids: tuple[str, ...]
    start: str
    end: str | None
    tags: str
    safe: tuple[str, ...]
    carriers: tuple[str, ...]
    blocked: bool


@lru_cache(maxsize=1024)
def affecting(action: str, ref: str | Version | None) -> tuple[Advisory, ...]:
    """Return the advisories that touch an action at a version tag, in the order of their ids.

    A floating tag counts as the newest version of its line, so `v4` is touched only when all of v4 is. A branch or a
    commit names no version: no advisory; find a commit's tag first (`refs.version`).
    """
    version = parse(ref) if isinstance(ref, str) else ref
    if version is None:
        return ()
    listed = table("advisories").data["advisories"]
    found: dict[str, Advisory] = {}
    for name in names(action):
        for row in listed.get(name, ()):
            hit = next((span for raw in row["ranges"] if (span := Range(*raw)).holds(version)), None)
            if hit and row["id"] not in found:
                found[row["id"]] = Advisory(
                    row["id"],
                    name,
                    row["severity"],
                    hit.fixed,
                    tuple(row["aliases"]),
                    tuple(row["cwes"]),
                    row["published"],
                )
    return tuple(found[key] for key in sorted(found))


def listed(action: str) -> bool:
    """Tell whether there is any advisory for an action, whatever the version."""
    packages = table("advisories").data["advisories"]
    return any(name in packages for name in names(action))


def malicious(commit: str) -> str | None:
    """Return the package that a full commit hash of malicious code belongs to; None for any other commit."""
    data = table("advisories").data
    asked = commit.lower()
    package: str | None = data["malicious_commits"].get(asked)
    if package is None and len(asked) == 40:
        for name, row in data["hijacks"].items():
            if asked.startswith(strings(row.get("commit_prefixes"))):
                return str(name)
    return package


def hijack(action: str) -> Hijack | None:
    """Return the hijack of an action, or the one it carried along; None when none is known."""
    rows = table("advisories").data["hijacks"]
    asked = set(names(action))
    for package, row in rows.items():
        carriers = strings(row.get("carriers"))
        if package in asked or not asked.isdisjoint(carriers):
            start, end = row["window"]
            return Hijack(
                package,
                tuple(row["ids"]),
                start,
                end,
                row["tags"],
                tuple(row["safe"]),
                carriers,
                row.get("blocked", False),
            )
    return None
