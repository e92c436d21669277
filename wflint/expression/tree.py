"""What an expression means: its syntax tree, and questions about it.

Two trees are equal when they are built alike, wherever they stand. A node's span holds offsets in the expression's
text, without the parentheses around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import TypeAlias

from wflint.expression import number
from wflint.source.span import Span

ComparisonOperator = OneOf["==", "!=", "<", "<=", ">", ">="]
LogicalOperator = OneOf["&&", "||"]
Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, boolean or null."""

    value: str | float | bool | None
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """No node stands below."""
        return ()


@dataclass(frozen=True, slots=True)
class Name:
    """A context: `github`, `env`, …; `name` is as written, GitHub ignores its case."""

    name: str
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """No node stands below."""
        return ()


@dataclass(frozen=True, slots=True)
class Property:
    """`base.name`; `name` is as written, GitHub ignores its case."""

    base: Tree
    name: str
    span: Span = field(compare=False)

    @property
    def name_span(self) -> Span:
        """Where the name stands, without what it is a property of."""
        return Span(self.span.end - len(self.name), self.span.end)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node whose property is read."""
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Index:
    """`base[index]`."""

    base: Tree
    index: Tree
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node that is indexed, and the index."""
        return (self.base, self.index)


@dataclass(frozen=True, slots=True)
class Star:
    """`base.*` or `base[*]`: every item or value."""

    base: Tree
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node whose items are read."""
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`; `name` is as written, GitHub ignores its case. Nothing says that such a function exists."""

    name: str
    arguments: tuple[Tree, ...]
    span: Span = field(compare=False)

    @property
    def function(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @property
    def name_span(self) -> Span:
        """Where the name stands."""
        return Span(self.span.start, self.span.start + len(self.name))

    @property
    def children(self) -> tuple[Tree, ...]:
        """The arguments."""
        return self.arguments


@dataclass(frozen=True, slots=True)
class Not:
    """`!operand`."""

    operand: Tree
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`."""

    left: Tree
    operator: ComparisonOperator
    right: Tree
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """Both sides."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Logical:
    """`a && b && …` or `a || b || …`: a chain of one operator is one node with two operands at least, as for GitHub."""

    operator: LogicalOperator
    operands: tuple[Tree, ...]
    span: Span = field(compare=False)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The operands."""
        return self.operands


Access: TypeAlias = Name | Property | Index | Star
Tree: TypeAlias = Literal | Access | Call | Not | Comparison | Logical


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield a node and all below it, in the order of the text."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def height(tree: Tree) -> int:
    """Return how many nodes stand above one another at most; a lone literal is 1."""
    level: list[Tree] = [tree]
    count = 0
    while level:
        count += 1
        level = [child for node in level for child in node.children]
    return count


def path(tree: Tree) -> Path | None:
    """Return what an access reads, however it is written: lower case, `a['b']` as `a.b`, an item by its number.

    `*` stands for every item and for one that only the run can tell (`a[matrix.b]`). None for what does not begin
    with a context.
    """
    steps: list[str] = []
    node = tree
    while not isinstance(node, Name):
        if isinstance(node, Property):
            steps.append(node.name.lower())
        elif isinstance(node, Star):
            steps.append("*")
        elif isinstance(node, Index):
            steps.append(_step(node.index))
        else:
            return None
        node = node.base
    steps.append(node.name.lower())
    return tuple(reversed(steps))


def _step(index: Tree) -> str:
    if isinstance(index, Literal):
        if isinstance(index.value, str):
            return index.value.lower()
        if isinstance(index.value, float):
            return number.write(index.value)
    return "*"


def contexts(tree: Tree) -> Iterator[tuple[Access, Path]]:
    """Yield every access of a context with its path, each as long as it is written, in the order of the text.

    An index is looked into: `a[b.c].d` reads `a.*.d` and `b.c`.
    """
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Name | Property | Index | Star):
            route = path(node)
            if route is not None:
                yield node, route
                stack.extend(_indexes(node))
                continue
        stack.extend(reversed(node.children))


def _indexes(access: Tree) -> Iterator[Tree]:
    while isinstance(access, Property | Index | Star):
        if isinstance(access, Index):
            yield access.index
        access = access.base
