"""The one place that opens files of the tree under judgement.

The tree may be hostile. Only regular files that stand in it are opened; no link is followed, neither the file itself
nor a folder on the way to it, so nothing outside the tree is ever read; a FIFO or a device cannot make the reader
wait, and an endless file cannot fill the memory. What could not be read is a `Source` that says why.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from wflint.readers.decode import LIMIT, decode, too_large
from wflint.source.source import Kind, Problem, Source

_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY"):
    _FLAGS |= getattr(os, _flag, 0)  # which of them there are depends on the platform

_IS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read(root: Path, name: str, kind: Kind, limit: int = LIMIT) -> Source:
    """Return the file of this name below the root, with a problem if it is not there or cannot be read."""
    return find(root, name, kind, limit) or unreadable(name, kind, "there is no such file")


def find(root: Path, name: str, kind: Kind, limit: int = LIMIT) -> Source | None:
    """Return the file of this name below the root, None when nothing stands there."""
    if leads_out(name):
        return unreadable(name, kind, "the path leads out of the repository")
    try:
        path, status = os.fspath(root), None
        steps = name.split("/")
        for depth, step in enumerate(steps, 1):
            path = os.path.join(path, step)  # noqa: PTH118 - this loop is the hot part of reading
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode):
                return _linked(name, kind, None if depth == len(steps) else "/".join(steps[:depth]))
            if depth < len(steps) and not stat.S_ISDIR(status.st_mode):
                return None
        assert status is not None  # noqa: S101 - a name has one step at least
        return _read_regular(path, status, name, kind, limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(name, kind, reason(error))


def leads_out(name: str) -> bool:
    """Say whether a name is no plain path downwards from the root."""
    parts = name.split("/")
    odd = "\0" in name or (os.sep != "/" and (os.sep in name or ":" in name))
    return odd or any(part in ("", ".", "..") for part in parts)


def unreadable(name: str, kind: Kind, why: str, hint: str | None = None) -> Source:
    """Return a source that has no text and says why."""
    return Source(name, kind, "", Problem("unreadable", f"cannot be read: {why}", hint=hint))


def reason(error: OSError) -> str:
    """Return what the system says, without the path that it adds."""
    return (error.strerror or type(error).__name__).lower()


def _linked(name: str, kind: Kind, folder: str | None) -> Source:
    what = "it is a symbolic link" if folder is None else f"its folder `{folder}` is a symbolic link"
    return unreadable(name, kind, f"{what}, and links are not followed", "put the file itself in its place")


def _read_regular(path: str, expected: os.stat_result, name: str, kind: Kind, limit: int) -> Source:
    if not stat.S_ISREG(expected.st_mode):
        return _irregular(expected, name, kind)
    with open(os.open(path, _FLAGS), "rb") as stream:  # noqa: PTH123 - a path cannot be opened with these flags
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or (status.st_dev, status.st_ino) != (expected.st_dev, expected.st_ino):
            return unreadable(name, kind, "it was replaced while it was read")
        if status.st_size > limit:
            return Source(name, kind, "", too_large(limit))
        text, problem = decode(stream.read(limit + 1), limit)
    return Source(name, kind, text, problem)


def _irregular(status: os.stat_result, name: str, kind: Kind) -> Source:
    what = next((words for test, words in _IS if test(status.st_mode)), "something else")
    return unreadable(name, kind, f"it is {what}, not a regular file")
