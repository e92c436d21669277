"""Comments, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from wflint.source.node import Mapping, Scalar, Sequence, Style
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
_LINE = re.compile(r"[^\r\n]*")
_TRAILING = re.compile(r"[ \t,\]}]*[ \t](#[^\r\n]*)")


def find(document: Document) -> list[Comment]:
    """Return the comments of a document, in order. A `#` inside a scalar is none; a text that is no YAML has none."""
    text = document.text
    if "#" not in text or any(problem.fatal for problem in document.problems):
        return []
    comments: list[Comment] = []
    at = 0
    for start, end, style in _scalars(document):
        comments += _between(text, at, start)
        at = end
        if style in ("literal", "folded"):
            header = _LINE.match(text, start).end()  # type: ignore[union-attr]
            comments += _between(text, start, header)
            at = max(end, header)
    return comments + _between(text, at, len(text))


def after(document: Document, offset: int) -> Comment | None:
    """Return the comment that ends the line an offset is on, if it starts behind the offset."""
    text = document.text
    found = _TRAILING.match(text, offset)
    if found:
        return _comment(found[1], found.start(1))
    end = _LINE.match(text, offset).end()  # type: ignore[union-attr]
    if text.find("#", offset, end) < 0:
        return None
    comments = document.comments
    index = bisect_left(comments, offset, key=lambda comment: comment.span.start)
    return comments[index] if index < len(comments) and comments[index].span.start < end else None


def _between(text: str, start: int, end: int) -> list[Comment]:
    return [_comment(match[0], match.start()) for match in _COMMENT.finditer(text, start, end)]


def _comment(written: str, start: int) -> Comment:
    written = written.rstrip()
    return Comment(Span(start, start + len(written)), written[1:].strip())


def _scalars(document: Document) -> list[tuple[int, int, Style]]:
    """Return the spans of the scalars, keys and values, that a `#` stands in or may stand behind, in order."""
    spans: list[tuple[int, int, Style]] = []
    seen: set[int] = set()
    stack: list[Node] = [*document.roots, *document.aside]
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
        elif isinstance(node, Scalar) and ("#" in node.text or node.style in ("literal", "folded")):
            spans.append((node.start, node.end, node.style))
    spans.sort()
    return spans
