"""Where a report goes. It arrives whole, or the run says that it did not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from wflint.errors import UsageError


def to_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a report to a file: the file is there whole, as it was before, or not at all.

    What is no regular file (a device, a pipe) is written to directly. Raises UsageError when not all could be written,
    and for a symbolic link: the tree under judgement may hold one where the report is to go. What `pieces` raises goes
    on to the caller, and nothing is kept then either.
    """
    if path.is_symlink() and not path.absolute().is_relative_to("/dev"):
        raise UsageError("the report cannot be written: it is a symbolic link", path=str(path))
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise _refused(path, error) from error
    if mode is not None and stat.S_ISDIR(mode):
        raise UsageError("the report cannot be written: it is a directory", path=str(path))
    if mode is not None and not stat.S_ISREG(mode):
        _directly(path, target, pieces)
        return
    temporary = target.with_name(f".{target.name[:100]}.{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            _pour(file, pieces)
            os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def to_stream(stream: BinaryIO, pieces: Iterable[str]) -> None:
    """Write a report to an open stream, such as `sys.stdout.buffer`, and flush it.

    Raises UsageError when not all could be written. The stream then leads nowhere, so that the interpreter does not
    try again, and complain, when it ends.
    """
    try:
        _pour(stream, pieces)
        stream.flush()
    except OSError as error:
        with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
        raise UsageError(f"the report could not be written: {error.strerror or error}") from error


def _directly(path: Path, target: Path, pieces: Iterable[str]) -> None:
    try:
        with target.open("wb") as file:
            _pour(file, pieces)
    except OSError as error:
        raise _refused(path, error) from error


def _pour(file: BinaryIO, pieces: Iterable[str]) -> None:
    file.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)


def _refused(path: Path, error: OSError) -> UsageError:
    return UsageError(f"the report could not be written: {error.strerror or error}", path=str(path))
