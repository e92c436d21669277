"""From a stream of YAML events to the located tree.

The composer is iterative: no text, however deep, uses Python's stack. It counts as it goes and stops at the first
event past a limit, because the parsers below it are quadratic in depth and an alias bomb is cheap to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar, Sequence, Style
from wflint.source.source import Problem
from wflint.source.span import Span

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_PROPERTIES = re.compile(r"(?:(?:!<[^>\r\n]*>|[&!][^\s,\[\]{}]*)(?:\s|#[^\r\n]*)*)*")
_TAG = re.compile(r"!(?:<[^>\r\n]*>|[^\s,\[\]{}]*)")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_OPEN = -1


class Limits(NamedTuple):
    """How much of a text is taken in: GitHub's own limits."""

    characters: int = 1_048_576
    depth: int = 50
    """How many collections may stand in each other, aliases expanded."""
    nodes: int = 50_000
    """How many keys, values and collections a text may hold, aliases expanded."""


class Refused(Exception):  # noqa: N818 - it names what happened to the text, not a fault of the program
    """Raised when a text is not read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Reading(NamedTuple):
    """What the composer made of a stream."""

    roots: list[Node]
    problems: list[Problem]
    aside: list[Node]
    """What has no place in the tree."""


def compose(
    document: Document,
    next_event: Callable[[], Any],
    limits: Limits,
    *,
    strict: bool,
    shift: int = 0,
    table: dict[int, int] | None = None,
) -> Reading:
    """Return the trees and the lesser problems of a stream of ruamel's events.

    `strict` reads as GitHub reads workflows: no merge keys, no tags, one document, keys compared ignoring case.
    `shift` is added to every index of the events; `table` translates the text of scalars. Raises Refused at a limit.
    """
    from ruamel.yaml import events as yaml

    scalar_event, mapping_start, mapping_end = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
    sequence_start, sequence_end, alias_event = yaml.SequenceStartEvent, yaml.SequenceEndEvent, yaml.AliasEvent
    text = document.text
    styles = _STYLES
    limit, deepest = limits.nodes, limits.depth

    roots: list[Node] = []
    problems: list[Problem] = []
    aside: list[Node] = []
    anchors: dict[str, Node] = {}
    heights: dict[int, int] = {}
    merges: dict[int, list[Node]] = {}
    stack: list[tuple[Any, ...]] = []
    count = 0
    last = shift

    # The innermost open collection. In a mapping, `key` is the key that waits for its value, and `wanted` tells whether
    # the value belongs into the tree; `seen` knows where the keys so far start.
    parent: Any = None
    entries: dict[str, Node] | None = None
    keys: dict[str, Scalar] = {}
    nodes: list[Node] | None = None
    seen: dict[str, int] = {}
    key: Scalar | None = None
    wanted = True
    begun = height = 0

    def note(start: int, end: int, message: str, hint: str) -> None:
        problems.append(Problem("syntax", message, Span(start, end), hint, fatal=False))

    def admit(key: Scalar) -> bool:
        """Tell whether the value of a key seen before, or of a merge key, belongs into the tree."""
        name = key.text
        if name == "<<" and key.style == "plain":
            if strict:
                note(key.start, key.end, "GitHub does not know the merge key `<<`.", "Write the keys out in full.")
            return False
        folded = name.lower() if strict else name
        first = seen.setdefault(folded, key.start)
        if first == key.start:
            return True
        line = document.position(first).line
        message = f"The key `{_short(name)}` stands here a second time; the first is on line {line}."
        note(key.start, key.end, message, "Keep one of the two.")
        return False

    def start_of(event: Any, start: int, end: int) -> int:
        """Return where a value starts, behind its anchor and its tag."""
        behind = min(_PROPERTIES.match(text, start).end(), end)  # type: ignore[union-attr]
        if strict and event.ctag is not None:
            tag = _TAG.search(text, start, behind)
            span = Span(*tag.span()) if tag else Span(start, behind)
            written = _short(text[slice(*span)])
            note(*span, f"`{written}` is read as a YAML tag, which GitHub does not accept.", _EXCLAMATION)
        return behind

    def set_aside(key: Scalar, node: Node) -> None:
        """Keep apart what has no place in the tree, and what a merge key brings until its mapping is complete."""
        aside.extend((key, node))
        if key.text == "<<" and key.style == "plain" and not strict:
            merges.setdefault(id(parent), []).append(node)

    while True:
        event = next_event()
        kind = type(event)

        if kind is scalar_event:
            start = event.start_mark.index + shift
            last = event.end_mark.index + shift
            style = styles[event.style]
            anchor = event.anchor
            count += 1
            if count > limit:
                raise _too_many(limits, start)
            if anchor is not None or event.ctag is not None:
                start = start_of(event, start, last)
            elif start == last and key is not None:
                # ruamel's parser puts an empty value behind the blanks and comments that follow it.
                start = last = text.find(":", key.end, start) + 1 or start
            if style == "literal" or style == "folded":
                last = _block_end(text, start, last)
            value = event.value
            if table is not None:
                value = value.translate(table)
            node: Any = Scalar(document, start, last, value, style, anchor)
            if anchor is not None:
                anchors[anchor] = node
            if entries is not None:
                if key is None:
                    key = node
                    node.parent = parent
                    node.key = value
                    folded = value.lower() if strict else value
                    if folded in seen or value == "<<":
                        wanted = admit(node)
                    else:
                        seen[folded] = start
                        wanted = True
                    continue
                if wanted:
                    name = key.text
                    node.parent = parent
                    node.key = name
                    entries[name] = node
                    keys[name] = key
                else:
                    node.parent = parent
                    node.key = key.text
                    set_aside(key, node)
                key = None
            elif nodes is not None:
                node.parent = parent
                node.key = len(nodes)
                nodes.append(node)
            else:
                roots.append(node)

        elif kind is mapping_start or kind is sequence_start:
            start = event.start_mark.index + shift
            anchor = event.anchor
            count += 1
            if count > limit:
                raise _too_many(limits, start)
            if len(stack) >= deepest:
                raise _too_deep(limits, start)
            if anchor is not None or event.ctag is not None:
                start = start_of(event, start, len(text))
            flow = event.flow_style
            node = (Mapping if kind is mapping_start else Sequence)(document, start, _OPEN, anchor)
            if anchor is not None:
                anchors[anchor] = node
            is_key = False
            if entries is not None:
                node.parent = parent
                if key is None:
                    is_key = True
                else:
                    node.key = key.text
                    if wanted:
                        entries[key.text] = node
                        keys[key.text] = key
                    else:
                        set_aside(key, node)
                    key = None
            elif nodes is not None:
                node.parent = parent
                node.key = len(nodes)
                nodes.append(node)
            else:
                roots.append(node)
            stack.append((parent, entries, keys, nodes, seen, begun, height, is_key, flow))
            parent = node
            begun = count
            height = 0
            if kind is mapping_start:
                entries, keys, nodes, seen = node.entries, node.keys, None, {}
                last = start
            else:
                entries, nodes = None, node.nodes
                last = start

        elif kind is mapping_end or kind is sequence_end:
            node = parent
            inner = height + 1
            parent, entries, keys, nodes, seen, begun_before, height, is_key, flow = stack.pop()
            if flow:
                last = event.end_mark.index + shift
            node.end = last
            node.size = count - begun + 1
            begun = begun_before
            if inner > height:
                height = inner
            if node.anchor is not None:
                heights[id(node)] = inner
            if merges and id(node) in merges:
                _merge(node, merges.pop(id(node)), note)
            if is_key:
                note(node.start, node.end, _KEY, _BRACES if flow else "Write a plain key.")
                key = Scalar(document, node.start, node.end, text[node.start : node.end], "plain")
                key.parent = parent
                wanted = False

        elif kind is alias_event:
            start = event.start_mark.index + shift
            last = event.end_mark.index + shift
            node = anchors.get(event.anchor)
            if node is None or node.end == _OPEN:
                written = _short(text[start:last])
                if node is None:
                    note(start, last, f"`{written}` repeats an anchor that is not defined above.", _STAR)
                else:
                    note(start, last, f"`{written}` stands inside the value it repeats.", "Repeat another value.")
                node = Scalar(document, start, last, text[start:last], "plain")
                node.parent = parent
                if nodes is not None:
                    node.key = len(nodes)
                elif key is not None:
                    node.key = key.text
            count += node.size
            if count > limit:
                raise _too_many(limits, start)
            if node.size > 1:
                inner = heights.get(id(node), 0)
                if len(stack) + inner > deepest:
                    raise _too_deep(limits, start)
                if inner > height:
                    height = inner
            if entries is not None:
                if key is None:
                    if isinstance(node, Scalar):
                        key = node
                        wanted = admit(node)
                    else:
                        note(start, last, _KEY, "Write a plain key.")
                        key = Scalar(document, start, last, text[start:last], "plain")
                        key.parent = parent
                        wanted = False
                    continue
                if wanted:
                    entries[key.text] = node
                    keys[key.text] = key
                else:
                    set_aside(key, node)
                key = None
            elif nodes is not None:
                nodes.append(node)
            else:
                roots.append(node)

        elif kind is yaml.DocumentStartEvent:
            anchors.clear()
            if strict and len(roots) == 1:
                start, last = event.start_mark.index + shift, event.end_mark.index + shift
                note(start, last, "GitHub reads one YAML document; a second one starts here.", "Remove `---`.")

        elif kind is yaml.StreamEndEvent:
            if strict:
                aside += roots[1:]
                del roots[1:]
            return Reading(roots, problems, aside)


_KEY = "A key must be text, not a list or a mapping."
_BRACES = "Write a plain key; a value that starts with a bracket or a brace wants quotes."
_EXCLAMATION = "Put the value in quotes if the `!` belongs to it; otherwise remove the tag."
_STAR = "Define the anchor first, or put the value in quotes if the `*` is meant as a character."


def _merge(mapping: Mapping, sources: list[Node], note: Callable[[int, int, str, str], None]) -> None:
    """Add what merge keys bring: own keys win, then the earlier source."""
    for source in sources:
        for node in source.nodes if isinstance(source, Sequence) else [source]:
            if not isinstance(node, Mapping):
                note(node.start, node.end, "A merge key takes mappings only.", "Point `<<` at a mapping.")
                continue
            for name, value in node.entries.items():
                if name not in mapping.entries:
                    mapping.entries[name] = value
                    mapping.keys[name] = node.keys[name]


def _block_end(text: str, start: int, end: int) -> int:
    """Return the end of a block scalar's last line that is not blank, or of its header when all are."""
    bare = end
    while bare > start and text[bare - 1] in "\r\n \t":
        bare -= 1
    breaks = text.find("\n", start, bare), text.find("\r", start, bare)
    if breaks == (-1, -1):
        header = _BLOCK_HEADER.match(text, start)
        return header.end() if header else bare
    while bare < end and text[bare] in " \t":
        bare += 1
    return bare


def _short(text: str) -> str:
    """Return a text fit for a message."""
    return text if len(text) <= 60 else text[:60] + "…"


def _too_many(limits: Limits, start: int) -> Refused:
    message = f"The file holds more than {limits.nodes:,} values, aliases expanded; GitHub reads no more."
    return Refused(Problem("syntax", message, Span(start, start + 1), "Split the file, or repeat less by alias."))


def _too_deep(limits: Limits, start: int) -> Refused:
    message = f"Values are nested more than {limits.depth} levels deep; GitHub reads no more."
    return Refused(Problem("syntax", message, Span(start, start + 1), "Flatten the file."))
