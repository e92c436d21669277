"""Syntax tree → redirections and here-documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.shell import grammar, mask
from wflint.shell.command import Heredoc, Redirect
from wflint.shell.frame import Frame
from wflint.shell.reading import Reading
from wflint.shell.word import Quoting, Word
from wflint.shell.words import Text, WordReader, leaves
from wflint.source.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

REDIRECTS = frozenset({"file_redirect", "herestring_redirect", "heredoc_redirect"})


class RedirectReading(Reading):
    """Reads redirections."""

    def redirect(self, node: Node, frame: Frame) -> list[Redirect]:
        """Read a redirection; the line of a here-document may hold more of them."""
        if node.type == "heredoc_redirect":
            return self.here_document(node, frame)
        operator = ""
        descriptor: int | None = None
        target: Word | None = None
        for child in node.children:
            if child.type == "file_descriptor":
                digits = self.slice(child)
                descriptor = int(digits) if digits.isdecimal() and len(digits) < 4 else None
            elif not child.is_named and not operator:
                operator = child.type
            else:
                target = target or self.word(child, frame)
        return [Redirect(operator, descriptor, target, self.span(node))]

    def here_document(self, node: Node, frame: Frame) -> list[Redirect]:
        more: list[Redirect] = []
        operator = "<<"
        delimiter = ""
        body: Node | None = None
        end = node.end_byte
        for child in node.children:
            if child.type == "heredoc_start":
                delimiter = self.slice(child)
            elif child.type == "heredoc_body":
                body = child
            elif child.type == "heredoc_end":
                end = child.start_byte
            elif child.type in REDIRECTS:
                more += self.redirect(child, frame)
            elif child.type == "<<-":
                operator = "<<-"
        expands = not any(char in delimiter for char in "'\"\\")
        plain = "".join(char for char in delimiter if char not in "'\"\\")
        heredoc: Heredoc | None = None
        if body is not None:
            # The parser may start a body late, or end it at the delimiter's indent.
            start = self.text.text.rfind("\n", 0, body.start_byte) + 1
            heredoc = Heredoc(plain, expands, self.body(start, max(start, min(end, body.end_byte)), expands, frame))
        return [Redirect(operator, None, None, self.span(node), heredoc), *more]

    def body(self, start: int, end: int, expands: bool, frame: Frame) -> Word:
        """Read the text of a here-document.

        The parser is not to be trusted with it (it misses backquotes, arithmetic and what follows leading blanks), so
        an expanding body is parsed again as the quoted string that it nearly is.
        """
        text = self.text.text[start:end]
        quoting: Quoting = "heredoc"
        if expands and ("$" in text or "`" in text):
            masks = [Span(each.start - start + 1, each.end - start + 1) for each in self.text.masks_in(start, end)]
            source = f'"{text}"'
            places = self.text.places
            if places is None:
                inner = Text(source, masks, shift=self.text.shift + start - 1)
            else:
                # The quotes put around have no place of their own.
                inner = Text(source, masks, places=[places[start], *places[start : end + 1], places[end]])
            root = grammar.tree(_quotable(mask.masked(source, masks)))
            self.shared.depth.is_complete &= root is not None
            string = next(leaves(root, frozenset({"string"})), None) if root is not None else None
            if string is not None and string.end_byte >= len(source) - 1:
                outer, self.text = self.text, inner
                reader = WordReader(inner, self.shared.depth, self.entering(frame))
                reader.inner(string, 1, len(source) - 1, quoting)
                word = reader.word(1, len(source) - 1)
                self.text = outer
                return word._replace(quoted=True)
        reader = WordReader(self.text, self.shared.depth, self.entering(frame))
        reader.literal(start, end, quoting if expands else "single")
        reader.quoted = True
        return reader.word(start, end)


def _quotable(code: str) -> str:
    """Return the body of a here-document between its quotes, with dots for the double quotes that are literal there."""
    chars = list(code)
    closers: list[str] = []
    index = 1
    while index < len(chars) - 1:
        char = chars[index]
        pair = code[index : index + 2]
        if char == "\\":
            index += 1
        elif pair in ("$(", "${"):
            closers.append(")" if pair == "$(" else "}")
            index += 1
        elif char == "`" and closers[-1:] != ["`"]:
            closers.append("`")
        elif closers and char == closers[-1]:
            closers.pop()
        elif closers and char == "(" and closers[-1] == ")":
            closers.append(")")
        elif char == '"' and not closers:
            chars[index] = "."
        index += 1
    return "".join(chars)
