"""The names of a repository's files: from git where it can tell, else from a walk over the folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from wflint.errors import UsageError
from wflint.readers.file import find

if TYPE_CHECKING:
    from wflint.readers.ignore import Ignored

MAX_ENTRIES = 500_000
"""How many files and folders one listing looks at."""

SKIPPED = frozenset({".git", "node_modules"})
"""Folders that hold no file of the repository's own."""


class Listing(NamedTuple):
    """File names in order, and the folders that could not be listed with the reason."""

    names: tuple[str, ...]
    unlisted: Mapping[str, OSError] = MappingProxyType({})


def listing(root: Path, under: str = "") -> Listing:
    """Return the files of a repository, those of one folder if `under` names it.

    Raises UsageError when there are more than `MAX_ENTRIES`.
    """
    if os.path.lexists(root / ".git"):
        from wflint.readers import git

        names = git.names(root, under)
        if names is not None:
            if len(names) > MAX_ENTRIES:
                raise too_many(root)
            return Listing(tuple(sorted({name for name in names if SKIPPED.isdisjoint(name.split("/"))})))
    unlisted: dict[str, OSError] = {}
    inside = f"{under}/"
    found = [name for name in _walk(root, unlisted, under) if not under or name.startswith(inside)]
    return Listing(tuple(sorted(found)), unlisted)


def too_many(root: Path) -> UsageError:
    """Return the error of a tree that is too large to list."""
    message = f"`{root}` holds more than {MAX_ENTRIES:,} files and folders"
    return UsageError(message, hint="name the repositories or the files to check")


def _walk(root: Path, unlisted: dict[str, OSError], under: str) -> Iterator[str]:
    """Yield every file that no `.gitignore` leaves out, in no order. Links are names like any other."""
    stack: list[tuple[str, Ignored | None]] = [("", None)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while stack:
        base, ignored = stack.pop()
        folder = root / base
        try:
            status = folder.stat(follow_symlinks=not base)
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as scan:
                entries = list(scan)
        except OSError as error:
            unlisted[base.rstrip("/")] = error
            continue
        count += len(entries)
        if count > MAX_ENTRIES:
            raise too_many(root)
        if any(entry.name == ".gitignore" for entry in entries):
            ignored = _ignored(root, base, ignored)
        if base and any(entry.name == ".git" for entry in entries):
            yield base[:-1]  # a repository of its own: as for git, its folder stands for all it holds
            continue
        for entry in entries:
            name = base + entry.name
            if entry.is_dir(follow_symlinks=False):
                wanted = entry.name not in SKIPPED and _related(name, under)
                if wanted and not (ignored and ignored(name + "/")):
                    stack.append((name + "/", ignored))
            elif entry.name not in SKIPPED and not (ignored and ignored(name)):
                yield name


def _related(folder: str, under: str) -> bool:
    """Say whether a folder leads to the wanted one, or lies in it."""
    return not under or f"{under}/".startswith(folder + "/") or folder.startswith(under + "/")


def _ignored(root: Path, base: str, above: Ignored | None) -> Ignored | None:
    source = find(root, base + ".gitignore", "file")
    if source is None or source.problem:
        return above
    from wflint.readers.ignore import Ignored

    return Ignored(source.text, base, above)
