"""Put a new text in the place of a file's: whole, or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from wflint.errors import WflintError


def write(file: Path, before: str, after: str) -> None:
    """Replace a file's text, if it still is what it was when it was read.

    The new text is written beside the file, flushed to the disk and renamed over it, with the file's mode: whatever
    interrupts it, the file is the old one or the new one. Raises WflintError when the file is no regular file, has
    changed meanwhile, or cannot be written; it is then as it was.
    """
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise WflintError("this is no regular file: it is not written to", path=str(file))
        if file.read_bytes() != before.encode():
            raise WflintError("the file changed while it was checked: it is left as it is", path=str(file))
        temporary = file.with_name(f".{file.name}.{os.urandom(8).hex()}.tmp")
        try:
            _create(temporary, after.encode(), stat.S_IMODE(status.st_mode))
            temporary.replace(file)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
    except OSError as failed:
        raise WflintError(f"the file cannot be written: {failed.strerror or failed}", path=str(file)) from failed


def _create(file: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    file.chmod(mode)
