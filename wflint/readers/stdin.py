"""A text from standard input."""

from __future__ import annotations

from typing import BinaryIO

from wflint.readers.decode import LIMIT, decode
from wflint.readers.kinds import guess
from wflint.source.source import Source

NAME = "<stdin>"
"""What the text is called when no name is given for it."""


def read_stdin(stream: BinaryIO, name: str | None = None, limit: int = LIMIT) -> Source:
    """Return what stands on a stream of bytes, decoded and capped as a file is.

    `name` is the path that the text stands for (`--stdin-filename`), from the repository's root; it says what the text
    is, and where it does not, the text does.
    """
    try:
        text, problem = decode(stream.read(limit + 1), limit)
    except OSError as error:
        from wflint.readers.file import reason, unreadable

        return unreadable(name or NAME, "file", reason(error))
    return Source(name or NAME, guess(name or NAME, text), text, problem)
