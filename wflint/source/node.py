"""The located tree: every value knows where it stands.

A node that is an alias stands in the tree more than once and is one object: its place and its path are those of
the anchor. Nodes never change after the parser made them.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.source.document import Document

Style = Literal["plain", "single", "double", "literal", "folded"]
Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where something stands: what a finding points at."""

    document: Document
    span: Span
    node: Node | None = None

    @property
    def place(self) -> Place:
        """Itself: a place is located like anything that has one."""
        return self


class Node:
    """One YAML value.

    `parent` and `key` (a mapping's key or a sequence's index) are those of its first place in the document; the root
    has neither. `size` counts the node, its keys and all below it, after alias expansion. A mapping's key stands
    in that mapping, under itself: its path is that of its value.
    """

    __slots__ = ("anchor", "document", "end", "key", "parent", "size", "start")

    def __init__(self, document: Document, start: int, end: int, anchor: str | None = None) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.anchor = anchor
        self.parent: Node | None = None
        self.key: str | int | None = None
        self.size = 1

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.route or '(root)'} at {self.start}:{self.end}>"

    @property
    def span(self) -> Span:
        """The range of the value: quotes and brackets included, trailing blanks and comments not."""
        return Span(self.start, self.end)

    @property
    def place(self) -> Place:
        """The value, exactly."""
        return Place(self.document, self.span, self)

    @property
    def key_node(self) -> Scalar | None:
        """The key under which the node stands, if it stands in a mapping."""
        return (
            self.parent.keys.get(self.key) if isinstance(self.parent, Mapping) and isinstance(self.key, str) else None
        )

    @property
    def head(self) -> Place:
        """A tight place that stands for the whole: the key, else the first key or item, else the value."""
        key = self.key_node
        if key is not None:
            return Place(self.document, key.span, self)
        if isinstance(self, Mapping) and self.keys:
            first = next(iter(self.keys.values()))
            return Place(self.document, first.span, self)
        if isinstance(self, Sequence) and self.nodes:
            return Place(self.document, self.nodes[0].head.span, self)
        return self.place

    @property
    def path(self) -> Path:
        """The keys and indexes that lead here from the root."""
        steps: list[str | int] = []
        node: Node | None = self
        while node is not None and node.key is not None:
            steps.append(node.key)
            node = node.parent
        return tuple(reversed(steps))

    @property
    def route(self) -> str:
        """The path as people write it: `jobs.build.steps[0].run`; empty for the root."""
        text = ""
        for step in self.path:
            if isinstance(step, int):
                text += f"[{step}]"
            elif step.replace("-", "").replace("_", "").isalnum():
                text += f".{step}" if text else step
            else:
                text += f"[{step!r}]"
        return text

    def get(self, key: str) -> Node | None:
        """Return the value under a key; None when there is none or this is no mapping."""
        return None

    def at(self, *path: str | int) -> Node | None:
        """Return the node that a path leads to from here, or None."""
        node: Node | None = self
        for step in path:
            if isinstance(step, str):
                node = node.get(step) if node is not None else None
            else:
                node = node.nodes[step] if isinstance(node, Sequence) and step < len(node.nodes) else None
        return node

    @property
    def string(self) -> str | None:
        """The text of a scalar, whatever its type; None for a collection and for null."""
        return None

    def plain(self) -> Any:
        """Return the value as plain data: dict, list, str, int, float, bool or None."""
        raise NotImplementedError

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, each shared node once, in document order."""
        seen: set[int] = set()
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            yield node
            if isinstance(node, Mapping):
                stack.extend(reversed(node.entries.values()))
            elif isinstance(node, Sequence):
                stack.extend(reversed(node.nodes))


class Mapping(Node):
    """A mapping: `entries` holds the values and `keys` the keys, both by the key's text, in document order."""

    __slots__ = ("entries", "keys")

    def __init__(self, document: Document, start: int, end: int, anchor: str | None = None) -> None:
        super().__init__(document, start, end, anchor)
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        return True

    def items(self) -> ItemsView[str, Node]:
        """Return the keys' texts with their values."""
        return self.entries.items()

    def plain(self) -> dict[str, Any]:
        return {key: node.plain() for key, node in self.entries.items()}


class Sequence(Node):
    """A sequence."""

    __slots__ = ("nodes",)

    def __init__(self, document: Document, start: int, end: int, anchor: str | None = None) -> None:
        super().__init__(document, start, end, anchor)
        self.nodes: list[Node] = []

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def __getitem__(self, index: int) -> Node:
        return self.nodes[index]

    def __bool__(self) -> bool:
        return True

    def plain(self) -> list[Any]:
        return [node.plain() for node in self.nodes]


class Scalar(Node):
    """A scalar: its text as YAML reads it (unquoted, unfolded), and how it was written."""

    __slots__ = ("_offsets", "style", "text")

    def __init__(
        self, document: Document, start: int, end: int, text: str, style: Style, anchor: str | None = None
    ) -> None:
        # Most nodes are scalars: a call to the base class would be a tenth of the time that parsing takes.
        self.document = document
        self.start = start
        self.end = end
        self.anchor = anchor
        self.parent: Node | None = None
        self.key: str | int | None = None
        self.size = 1
        self.text = text
        self.style = style
        self._offsets: list[int] | None = None

    @property
    def string(self) -> str | None:
        return None if self.value is None else self.text

    @property
    def value(self) -> str | int | float | bool | None:
        """The value by YAML 1.2's core schema: only plain scalars can be other than text; `on` and `yes` are text."""
        from wflint.source.scalar import core_value

        return core_value(self.text) if self.style == "plain" else self.text

    def plain(self) -> str | int | float | bool | None:
        return self.value

    def offset(self, index: int) -> int:
        """Return where in the document the character at an index of `text` is written; `len(text)` gives its end."""
        from wflint.source.scalar import offsets

        if self._offsets is None:
            self._offsets = offsets(self)
        return self._offsets[index]

    def part(self, start: int, end: int) -> Place:
        """Return the place of a range of `text`: exact through quotes, escapes, indentation and folding."""
        if end <= start:
            at = self.offset(start)
            return Place(self.document, Span(at, at), self)
        source, last = self.document.text, self.offset(end - 1)
        if (self.style, source[last]) in (("double", "\\"), ("single", "'")):
            stop = self.offset(end)
        else:
            stop = last + (2 if source.startswith("\r\n", last) else 1)
        return Place(self.document, Span(self.offset(start), stop), self)
