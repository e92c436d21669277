"""The parser for bash, loaded on first use."""

from __future__ import annotations

from functools import cache
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

SMALL = 8_192
"""Characters up to which the parser is quick whatever the text; beyond, hostile text costs it the square."""

LONGEST = 32_768
"""Characters of a script that is parsed at all: one step of the parser's error recovery, which nothing can interrupt,
may cost the square. Real scripts reach a third of it."""

SECONDS = 1.0
"""Processor time for one long script; those of real workflows take a few milliseconds."""


@cache
def _parser() -> Parser:
    import tree_sitter_bash
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_bash.language()))


def tree(code: str) -> Node | None:
    """Return the syntax tree of ASCII text; None if it would take too long."""
    if len(code) > LONGEST:
        return None
    parser = _parser()
    data = code.encode("ascii")
    if len(data) <= SMALL:
        return parser.parse(data).root_node
    deadline = process_time() + SECONDS

    def read(offset: int, point: object) -> bytes:
        return data[offset : offset + 65_536]

    def is_late(offset: int, has_error: bool) -> bool:
        return process_time() > deadline

    try:
        return parser.parse(read, progress_callback=is_late).root_node
    except ValueError:
        parser.reset()
        return None
