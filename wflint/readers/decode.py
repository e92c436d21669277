"""Bytes to text. What wflint reads is UTF-8; anything else is a problem that says what it is and where."""

from __future__ import annotations

import codecs

from wflint.source.lines import Lines
from wflint.source.source import Problem
from wflint.source.span import Span

LIMIT = 5 * 1024 * 1024
"""How many bytes of a file are taken in; GitHub's own limits are lower and are checked on the text."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32LE"),
    (codecs.BOM_UTF32_BE, "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "UTF-16BE"),
)
_ZEROS = (
    ([True, True, True, False], "UTF-32BE"),
    ([False, True, True, True], "UTF-32LE"),
    ([True, False, True, False], "UTF-16BE"),
    ([False, True, False, True], "UTF-16LE"),
)


def decode(data: bytes, limit: int = LIMIT) -> tuple[str, Problem | None]:
    """Return the text, a byte order mark included, and what is wrong with it.

    Of a text with a byte that is no UTF-8 everything is kept, each such byte as U+FFFD, so that the problem's span
    is the byte's place. Of another encoding, or of more than `limit` bytes, nothing is kept.
    """
    if len(data) > limit:
        return "", too_large(limit)
    encoding = _other_encoding(data)
    if encoding is not None:
        message = f"the file is encoded in {encoding}, not in UTF-8"
        return "", Problem("unreadable", message, hint="save it as UTF-8")
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        offset = len(data[: error.start].decode())
        text = data.decode(errors="replace")
        line, column = Lines(text).position(offset)
        message = f"byte 0x{data[error.start]:02X} at line {line}, column {column} is not UTF-8"
        return text, Problem("unreadable", message, Span(offset, offset + 1), hint="save the file as UTF-8")


def too_large(limit: int) -> Problem:
    """Return the problem of a file with more bytes than are taken in."""
    return Problem("unreadable", f"the file is larger than {limit:,} bytes")


def _other_encoding(data: bytes) -> str | None:
    """Name the encoding by its mark, or by where the first characters have zero bytes, as YAML 1.2 (5.2) does."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return next((name for zeros, name in _ZEROS if zeros == [byte == 0 for byte in data[:4]]), None)
