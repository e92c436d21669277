"""Which commit a version tag of a popular action pointed to. Source: the repositories' tags.

Tags move and the table ages (`table("action-refs").as_of`): it can confirm that a commit belongs to a tag; a
difference, above all of a floating tag, proves nothing.
"""

from __future__ import annotations

from functools import lru_cache

from wflint.facts.table import names, table
from wflint.facts.version import parse


def commit(repo: str, tag: str) -> str | None:
    """Return the full commit hash of a tag (as written, `v4.1.2`); None when the repository or tag is unknown."""
    return _tags(repo).get(tag)


def tags(repo: str, commit: str) -> tuple[str, ...]:
    """Return the tags that point to a full commit hash, the most exact and newest first; empty when none is known."""
    found = _by_commit(_key(repo)).get(commit.lower(), ()) if _key(repo) else ()
    return tuple(sorted(found, key=lambda tag: (tag.count("."), _order(tag)), reverse=True))


def version(repo: str, ref: str) -> str:
    """Return the most exact tag of a commit, or the ref itself when it is no known commit."""
    return next(iter(tags(repo, ref)), ref) if len(ref) == 40 else ref


def newest(repo: str, major: int | None = None) -> tuple[str, str] | None:
    """Return the newest exact final tag, of a major if one is given, and its commit; None when there is none."""
    exact = [
        (found, tag)
        for tag in _tags(repo)
        if (found := parse(tag)) and found.final and not found.floating and major in (None, found.major)
    ]
    if not exact:
        return None
    _, tag = max(exact)
    return tag, _tags(repo)[tag]


def known(repo: str) -> bool:
    """Tell whether the table has the tags of a repository; an action's path below it does not matter."""
    return _key(repo) is not None


def _order(tag: str) -> tuple[int, ...]:
    found = parse(tag)
    return found.numbers if found else ()


def _key(repo: str) -> str | None:
    data = table("action-refs").data
    return next((name for name in names(repo) if name in data), None)


def _tags(repo: str) -> dict[str, str]:
    key = _key(repo)
    return table("action-refs").data[key] if key else {}


@lru_cache(maxsize=256)
def _by_commit(key: str | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for tag, sha in (table("action-refs").data[key] if key else {}).items():
        found[sha] = (*found.get(sha, ()), tag)
    return found
