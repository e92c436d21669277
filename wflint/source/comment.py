"""Comments, and where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wflint.source.node import Mapping, Scalar, Sequence
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.source.document import Document
    from wflint.source.node import Node


class Comment(NamedTuple):
    """A comment; `text` is without the `#` and the blanks around it, `span` runs from the `#` to the line's end."""

    span: Span
    text: str


# A `#` starts a comment only at the start of a line or after a blank.
_COMMENT = re.compile(r"(?:^|(?<=[\s\ufeff]))#[^\r\n]*")
_TRAILING = re.compile(r"[ \t,\]}]*[ \t](#[^\r\n]*)")


def find(document: Document) -> list[Comment]:
    """Return the comments of a document, in order. A `#` inside a scalar is none."""
    text = document.text
    if "#" not in text:
        return []
    comments: list[Comment] = []
    at = 0
    for start, end in _scalars(document):
        if start < at:
            continue
        comments += _between(text, at, start)
        at = end
    return comments + _between(text, at, len(text))


def after(document: Document, offset: int) -> Comment | None:
    """Return the comment that follows an offset on the same line, with nothing but blanks and brackets between."""
    found = _TRAILING.match(document.text, offset)
    return _comment(found[1], found.start(1)) if found else None


def _between(text: str, start: int, end: int) -> list[Comment]:
    return [_comment(match[0], match.start()) for match in _COMMENT.finditer(text, start, end)]


def _comment(written: str, start: int) -> Comment:
    written = written.rstrip()
    return Comment(Span(start, start + len(written)), written[1:].strip())


def _scalars(document: Document) -> list[tuple[int, int]]:
    """Return the spans of all scalars, keys and values, that a `#` can stand in, in the order of the text."""
    spans: list[tuple[int, int]] = []
    seen: set[int] = set()
    stack: list[Node] = list(document.roots)
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            stack.extend(node.keys.values())
            stack.extend(node.entries.values())
        elif isinstance(node, Sequence):
            stack.extend(node.nodes)
        elif isinstance(node, Scalar) and node.end > node.start:
            spans.append((node.start, node.end))
    spans.sort()
    return spans
