"""What `.gitignore` files leave out, where there is no git to ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignored:
    """The patterns of one folder's `.gitignore` and of those above it; the nearest one that says something decides.

    Names and patterns are matched as bytes, as git does, and in linear time: a pattern may be written to be slow.
    """

    __slots__ = ("_above", "_base", "_spec")

    def __init__(self, text: str, base: str, above: Ignored | None) -> None:
        """Take the text of a `.gitignore` and its folder: empty for the root, else with a slash at its end."""
        self._spec = _spec([line.removesuffix("\r") for line in _bytewise(text.removeprefix("\ufeff")).split("\n")])
        self._base = base
        self._above = above

    def __call__(self, name: str) -> bool:
        """Say whether a file is ignored; a folder's name ends with a slash."""
        level: Ignored | None = self
        while level is not None:
            verdict = level._spec.check_file(_bytewise(name.removeprefix(level._base))).include
            if verdict is not None:
                return verdict
            level = level._above
        return False


def _bytewise(text: str) -> str:
    return text.encode(errors="surrogateescape").decode("latin-1")


def _spec(lines: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines, backend="re2")
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines([line for line in lines if _valid(line)], backend="re2")


def _valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line], backend="re2")
    except (ValueError, re.error):
        return False
    return True
