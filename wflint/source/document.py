"""A parsed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.lazy import lazy
from wflint.source.lines import Lines
from wflint.source.node import Mapping, Node, Place, Sequence
from wflint.source.source import Fragment, Kind, Problem, Source
from wflint.source.span import Position, Span

if TYPE_CHECKING:
    from wflint.source.comment import Comment


class Document:
    """A text and the tree read from it.

    `root` is None when nothing could be read: an empty text, or a fatal problem. `problems` says, in document order,
    what is wrong with the text itself.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.roots: list[Node] = []
        """The roots of all documents of a stream; `root` is the first."""
        self.aside: list[Node] = []
        """What stands in the text but not in the tree, such as the second value of a key; `problems` says why."""
        self.problems: list[Problem] = [source.problem] if source.problem else []
        self.derived: dict[str, object] = {}
        """What was made of the document once, for all who ask."""

    def __repr__(self) -> str:
        return f"<Document {self.name}>"

    @property
    def name(self) -> str:
        """The path from the repository's root, with forward slashes."""
        return self.source.name

    @property
    def kind(self) -> Kind:
        """What the text is by its place."""
        return self.source.kind

    @property
    def fragment(self) -> Fragment | None:
        """What part of a workflow it is, when it is no whole one: what it lacks may stand elsewhere."""
        return self.source.fragment

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def place(self) -> Place:
        """The document's first character: where to point when a whole file is meant."""
        return Place(self, Span(0, 0), self.root)

    @lazy
    def lines(self) -> Lines:
        return Lines(self.text)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        return self.lines.position(offset)

    @lazy
    def comments(self) -> list[Comment]:
        """Every comment of the text, in order."""
        from wflint.source.comment import find

        return find(self)

    def release(self) -> None:
        """Take the tree apart, once nobody asks for it any more.

        Nodes know their parents: left whole, every tree would wait for the garbage collector, which costs a large run a
        tenth of its time and twice the memory.
        """
        self.derived.clear()
        stack = [*self.roots, *self.aside]
        self.root, self.roots, self.aside = None, [], []
        while stack:
            node = stack.pop()
            if isinstance(node, Mapping):
                stack += node.entries.values()
                node.entries = {}
                node.keys = {}
            elif isinstance(node, Sequence):
                stack += node.nodes
                node.nodes = []

    def comment_after(self, node: Node) -> Comment | None:
        """Return the comment that ends the line on which a node ends, if there is one."""
        from wflint.source.comment import after

        return after(self, node.end)
