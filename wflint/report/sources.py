"""The texts of a report, with their line tables made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from wflint.report.escape import stars
from wflint.rule.finding import FileEdit
from wflint.source.lines import Lines
from wflint.source.span import Position, Span


class Sources:
    """Line tables by path. Lives as long as one rendering."""

    def __init__(self, texts: Mapping[str, str], hidden: Mapping[str, Iterable[Span]] = MappingProxyType({})) -> None:
        self._texts = texts
        self._hidden = hidden
        self._lines: dict[str, Lines] = {}
        self._shown: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines | None:
        """Return a file's line table; None when its text is not in the report."""
        known = self._lines.get(path)
        if known is None and (text := self._texts.get(path)) is not None:
            known = self._lines[path] = Lines(text)
        return known

    def shown(self, path: str) -> Lines | None:
        """Return a file's line table as people may see it: stars in the place of credentials."""
        lines = self.lines(path)
        if lines is None or path not in self._hidden:
            return lines
        if path not in self._shown:
            text = lines.text
            for start, end in self._hidden[path]:
                text = text[:start] + stars(text[start:end]) + text[end:]
            self._shown[path] = Lines(text)
        return self._shown[path]

    def range(self, edit: FileEdit) -> tuple[Position, Position] | None:
        """Return where an edit starts and ends; None when the file's text is not in the report."""
        lines = self.lines(edit.path)
        if lines is None:
            return None
        start, end = edit.edit.span
        return lines.position(start), lines.position(end)
