"""Changes to a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wflint.source.span import Span


class Edit(NamedTuple):
    """Replace one span of a text; an empty span inserts."""

    span: Span
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made.

    Equal edits count once. Raises ValueError when two different edits overlap: the caller chooses which to keep.
    """
    done: list[str] = []
    last = 0
    for edit in sorted(set(edits)):
        if edit.span.start < last:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        done += text[last : edit.span.start], edit.text
        last = edit.span.end
    return "".join([*done, text[last:]])
