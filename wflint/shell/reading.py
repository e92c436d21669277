"""Syntax tree → words, for a text that may be nested in another."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wflint.shell import grammar
from wflint.shell.command import Place
from wflint.shell.frame import Frame, Shared
from wflint.shell.word import HOLE, Substitution, Word
from wflint.shell.words import Enter, Text, WordReader
from wflint.source.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_PLAIN = frozenset({"word", "number", "extglob_pattern", "test_operator"})


class Reading:
    """Reads one text's tree. A nested script has its own, with the same `shared`."""

    def __init__(self, text: Text, shared: Shared, nesting: int = 0) -> None:
        self.text = text
        self.shared = shared
        self.nesting = nesting

    @abstractmethod
    def statements(self, nodes: Sequence[Node], frame: Frame) -> None:
        """Read statements that follow each other."""

    def script(self, code: str, frame: Frame) -> None:
        """Read the commands of a whole text."""
        root = grammar.tree(code)
        if root is None:
            self.shared.has_error = True
            self.shared.depth.is_complete = False
            return
        self.shared.has_error = self.shared.has_error or root.has_error
        self.statements(root.children, frame)

    def span(self, node: Node) -> Span:
        return self.text.span(node.start_byte, node.end_byte)

    def slice(self, node: Node) -> str:
        return self.text.text[node.start_byte : node.end_byte]

    def word(self, node: Node, frame: Frame) -> Word:
        start, end = node.start_byte, node.end_byte
        if node.type in _PLAIN and not self.text.masks_in(start, end):
            raw = self.text.text[start:end]
            if "\\" not in raw and HOLE not in raw:
                return Word(self.text.span(start, end), raw, raw, False, [], [], [])
        reader = WordReader(self.text, self.shared.depth, self.entering(frame))
        reader.read(node)
        return reader.word(start, end)

    def entering(self, frame: Frame) -> Enter:
        def enter(node: Node, substitution: Substitution) -> None:
            captured = substitution.kind != "output"
            place: Place = "substitution" if substitution.kind == "command" else "process-substitution"
            options = self.shared.options
            inner = Frame(
                inside=(*frame.inside, place),
                captured_by=substitution if captured else None,
                alternatives=(),
                is_value=frame.is_value and substitution.kind == "command",
            )
            self.statements(node.children, inner)
            self.shared.options = options

        return enter
