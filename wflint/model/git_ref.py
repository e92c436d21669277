"""What the name of a git ref says of it, without asking the repository."""

from __future__ import annotations

import re

from wflint.facts.version import parse

_BRANCHES = frozenset(
    {"main", "master", "trunk", "head", "develop", "development", "dev", "devel", "mainline", "gh-pages"}
)
_FOLDERS = ("release/", "releases/", "feature/", "feat/", "fix/", "hotfix/", "bugfix/", "refs/heads/")
_DASHED = re.compile(r"(?:.*[-_/])?(?:branch|main|master|dev|develop|trunk)", re.IGNORECASE)


def is_branch(ref: str) -> bool:
    """Tell whether a name is one that people give to branches: `main`, `release/next`, `v4-branch`.

    A name that reads as a version (`v4`, `release/v1.2`) is none, whatever the repository keeps under it.
    """
    name = ref.strip()
    if parse(name.removeprefix("refs/heads/")) is not None and not name.startswith("refs/heads/"):
        return False
    lower = name.lower()
    return lower in _BRANCHES or lower.startswith(_FOLDERS) or _DASHED.fullmatch(lower) is not None


def is_commit(ref: str) -> bool:
    """Tell whether a name is a whole commit id: 40 hexadecimal digits, or 64 in a SHA-256 repository."""
    return len(ref) in (40, 64) and all(letter in "0123456789abcdefABCDEF" for letter in ref)
