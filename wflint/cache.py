"""Where things are kept from run to run: files that no run needs, in a folder of the user's own.

Nothing here ever raises. What cannot be read is not there; what cannot be written is not kept.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def folder() -> str | None:
    """Return the folder, made if need be; None where there is none that can be trusted.

    A folder below the current directory may have come with what is judged, and one that others can write may be theirs.
    """
    base = _base()
    if base is None or not os.path.isabs(base):  # noqa: PTH117
        return None
    path = os.path.join(base, "wflint")  # noqa: PTH118 - a start is too short for pathlib
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103
        here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118
        state = os.lstat(path)
    except OSError:
        return None
    if os.path.join(os.path.realpath(path), "").startswith(here) and here != os.sep:  # noqa: PTH118
        return None
    if os.name == "posix" and (state.st_uid != os.geteuid() or state.st_mode & 0o170077 != 0o040000):
        return None
    return path


def read(name: str) -> bytes | None:
    """Return what is kept under a name."""
    path = folder()
    if path is not None:
        with suppress(OSError), open(f"{path}/{name}", "rb") as file:  # noqa: PTH123
            return file.read()
    return None


def write(name: str, content: bytes) -> None:
    """Keep something under a name. Who reads meanwhile gets the old or the new, never a part."""
    path = folder()
    if path is None:
        return
    part = f"{path}/{name}.{os.urandom(8).hex()}"
    try:
        with open(part, "xb", opener=_private) as file:
            file.write(content)
        os.replace(part, f"{path}/{name}")  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _base() -> str | None:
    """Return the user's folder for caches. platformdirs knows it too, and costs a start twice what the cache saves."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA")
    home = os.path.expanduser("~")  # noqa: PTH111
    if sys.platform == "darwin":
        return f"{home}/Library/Caches"
    return os.environ.get("XDG_CACHE_HOME") or f"{home}/.cache"
