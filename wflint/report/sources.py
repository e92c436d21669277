"""The texts of a report, with their line tables made once."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.rule.finding import FileEdit
from wflint.source.lines import Lines
from wflint.source.span import Position


class Sources:
    """Line tables by path. Lives as long as one rendering."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines | None:
        """Return a file's line table; None when its text is not in the report."""
        known = self._lines.get(path)
        if known is None and (text := self._texts.get(path)) is not None:
            known = self._lines[path] = Lines(text)
        return known

    def range(self, edit: FileEdit) -> tuple[Position, Position] | None:
        """Return where an edit starts and ends; None when the file's text is not in the report."""
        lines = self.lines(edit.path)
        if lines is None:
            return None
        start, end = edit.edit.span
        return lines.position(start), lines.position(end)
