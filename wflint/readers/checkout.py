"""Paths to checkouts: which repositories they mean, and which files of them wflint reads."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path

from wflint.errors import UsageError, nearest
from wflint.lazy import lazy
from wflint.policy.glob import matches
from wflint.readers import file
from wflint.readers.kinds import FIXED, WORKFLOWS, YAML_SUFFIXES, guess, kind, kind_of
from wflint.readers.listing import MAX_ENTRIES, SKIPPED, Listing, listing, too_many
from wflint.source.source import Kind, Source


class Checkout:
    """A repository on disk.

    `prefix` is the root as seen from the working directory: empty, or ending with a slash; a name with the prefix
    before it is the path to show. `sources` are in the order of their names. `complete` says whether the whole
    repository was asked for: if not, what a rule about all of it would find may be untrue.
    """

    def __init__(
        self,
        root: Path,
        prefix: str,
        files: tuple[str, ...] | None,
        sources: list[Source],
        complete: bool,
        scope: tuple[str, ...] = ("",),
    ) -> None:
        """`files` None: they are listed when first asked for. `scope`: the files and folders that were asked for."""
        self.root = root
        self.prefix = prefix
        self.sources = sources
        self.complete = complete
        self.scope = scope
        self._files = files
        self._read: dict[str, Source | None] = {source.name: source for source in sources}

    def __repr__(self) -> str:
        return f"<Checkout {self.prefix or './'} of {len(self.sources)} sources>"

    @lazy
    def files(self) -> tuple[str, ...]:
        """The name of every file of the repository, in order, whatever part of it was asked for."""
        return listing(self.root).names if self._files is None else self._files

    def covers(self, name: str) -> bool:
        """Say whether a file was asked for: it, a folder above it, or the whole repository."""
        return any(part in ("", name) or name.startswith(part + "/") for part in self.scope)

    def reading(self, globs: Collection[str]) -> list[Source]:
        """Return the sources, from now on with those of the files that were asked for and match a glob."""
        if globs:
            read = {source.name for source in self.sources}
            wanted = (name for name in self.files if name not in read and self.covers(name))
            found = (self.read(name, "file") for name in wanted if any(matches(glob, name) for glob in globs))
            self.sources += (source for source in found if source is not None)
            self.sources.sort(key=lambda source: source.name)
        return self.sources

    def of_kind(self, wanted: Kind) -> list[Source]:
        """Return the files of a kind that were asked for and are no sources yet, such as Markdown."""
        read = {source.name for source in self.sources}
        names = (name for name in self.files if kind(name) == wanted and name not in read and self.covers(name))
        return [source for name in names if (source := self.read(name, wanted)) is not None]

    def read(self, name: str, known: Kind | None = None) -> Source | None:
        """Return any file of the repository, read once; None when there is none of that name.

        `known` is its kind where that is not for its name to say.
        A name that leads out of the repository, or to what is no regular file, gives a source with a problem. `name`
        is taken as it is: a `./` or `../` of a reference is for the caller to resolve.
        """
        if name not in self._read:
            self._read[name] = file.find(self.root, name, kind(name))
        source = self._read[name]
        return source if source is None or known in (None, source.kind) else source._replace(kind=known)


def discover(paths: Sequence[Path]) -> list[Checkout]:
    """Return the repositories that the paths mean, in the order of their roots.

    A folder means the repository whose root it is, or the part of the repository in which it lies, or else every
    repository below it, or else itself. A file is always read. Paths in one repository make one checkout.

    Raises UsageError for a path that does not exist, or that holds too many files.
    """
    asked: dict[Path, set[str]] = {}
    named: dict[Path, set[str]] = {}
    for path in paths:
        absolute = _absolute(path)
        if not os.path.lexists(absolute):
            raise UsageError(f"`{path}` does not exist", hint=_sibling(absolute))
        owner = _owner(absolute)
        is_folder = _is_folder(absolute) and (owner is None or not _through_link(owner, absolute))
        if is_folder and _is_root(absolute):
            asked.setdefault(absolute, set()).add("")
        elif is_folder and owner is not None:
            asked.setdefault(owner, set()).add(absolute.relative_to(owner).as_posix())
        elif is_folder:
            for root in _repositories(absolute) or [absolute]:
                asked.setdefault(root, set()).add("")
        else:
            root = owner or absolute.parent
            named.setdefault(root, set()).add(absolute.relative_to(root).as_posix())
    return [_checkout(root, asked.get(root, set()), named.get(root, set())) for root in sorted({*asked, *named})]


def root_of(folder: Path) -> Path:
    """Return the root of the repository that a folder is, or lies in, or else the folder."""
    absolute = _absolute(folder)
    return absolute if _is_root(absolute) else _owner(absolute) or absolute


def prefix(root: Path) -> str:
    """Return the root as seen from the working directory, ready to stand before a name."""
    try:
        relative = os.path.relpath(root)
    except ValueError:  # another drive
        relative = os.fspath(root)
    return "" if relative == os.curdir else relative.replace(os.sep, "/").rstrip("/") + "/"


def _checkout(root: Path, folders: set[str], named: set[str]) -> Checkout:
    whole = "" in folders
    scope = ("",) if whole else tuple(sorted(folders | named))
    listings = [listing(root)] if whole else [listing(root, folder) for folder in sorted(folders)]
    kinds: dict[str, Kind] = {}
    for found in listings:
        for name in found.names:
            place = kind_of(name)
            if place is not None and os.path.lexists(root / name):  # git lists what was deleted but is still tracked
                kinds[name] = place
    always = _always(root)
    inside = tuple(folder + "/" for folder in folders)
    kinds |= {name: kind for name, kind in always.items() if whole or name in folders or name.startswith(inside)}
    sources = {name: file.read(root, name, kind) for name, kind in kinds.items()}
    sources |= {name: _named(root, name) for name in named if name not in sources}
    sources |= _unlisted(listings)
    ordered = [sources[name] for name in sorted(sources)]
    files = tuple(sorted({*listings[0].names, *always})) if whole else None
    return Checkout(root, prefix(root), files, ordered, whole, scope)


def _named(root: Path, name: str) -> Source:
    source = file.read(root, name, "file")
    return Source(name, guess(name, source.text), source.text, source.problem)


def _unlisted(listings: list[Listing]) -> dict[str, Source]:
    return {
        name or ".": file.unreadable(name or ".", "file", f"the folder cannot be listed: {file.reason(error)}")
        for found in listings
        for name, error in found.unlisted.items()
    }


def _always(root: Path) -> dict[str, Kind]:
    """Return what no ignore file hides: the workflows, and what else is read from one place.

    A folder of theirs that is a link, or cannot be listed, is returned itself, so that reading it says so.
    """
    found: dict[str, Kind] = {name: kind for name, kind in FIXED.items() if os.path.lexists(root / name)}
    for folder in (".github", WORKFLOWS):
        try:
            mode = os.lstat(root / folder).st_mode
            if stat.S_ISLNK(mode):
                return {name: kind for name, kind in found.items() if not name.startswith(folder)} | {
                    folder: "workflow"
                }
            names = [path.name for path in (root / folder).iterdir()] if folder == WORKFLOWS else []
        except (FileNotFoundError, NotADirectoryError):
            return found
        except OSError:
            return found | {folder: "workflow"}
        found |= {f"{folder}/{name}": "workflow" for name in names if name.endswith(YAML_SUFFIXES)}
    return found


def _absolute(path: Path) -> Path:
    """Return the path from the file system's root; a link at its end stays a link."""
    if path.name == "..":
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name if ".." in path.parts else path.absolute()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # on the way to it stands a folder that may not be entered
        return False


def _is_root(folder: Path) -> bool:
    """Say whether a folder is a repository's root: by its `.git`, or by a `.github` that is no checkout itself."""
    if os.path.lexists(folder / ".git"):
        return True
    return _is_folder(folder / ".github") and not os.path.lexists(folder / ".github" / ".git")


def _owner(path: Path) -> Path | None:
    """Return the root of the repository in which a path lies, itself not counted.

    For a folder a `.github` makes an owner only of what lies in it: without git nothing says that a folder beside
    it is of the same repository. A file needs some root, and the nearest is the best.
    """
    is_file = not _is_folder(path)
    for parent in path.parents:
        if os.path.lexists(parent / ".git"):
            return parent
        if _is_root(parent) and (is_file or path.is_relative_to(parent / ".github")):
            return parent
    return None


def _through_link(root: Path, path: Path) -> bool:
    steps = [path, *path.parents]
    return any(step.is_symlink() for step in steps[: steps.index(root)])


def _repositories(folder: Path) -> list[Path]:
    """Return the repositories below a folder that is in none, without those inside them."""
    found: list[Path] = []
    stack = [folder]
    count = 0
    while stack:
        here = stack.pop()
        if here != folder and _is_root(here):
            found.append(here)
            continue
        try:
            with os.scandir(here) as scan:
                entries = list(scan)
        except OSError:
            if here == folder:
                return []  # listing it as a repository reports the reason
            found.append(here)
            continue
        count += len(entries)
        if count > MAX_ENTRIES:
            raise too_many(folder)
        stack += (here / e.name for e in entries if e.name not in SKIPPED and e.is_dir(follow_symlinks=False))
    return found


def _sibling(path: Path) -> str | None:
    try:
        with os.scandir(path.parent) as scan:
            return nearest(path.name, (entry.name for entry in islice(scan, 10_000)))
    except OSError:
        return None
