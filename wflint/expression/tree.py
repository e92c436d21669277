"""What an expression means: its syntax tree, and questions about it.

Two trees are equal when they are built alike, wherever they stand. A node's span holds offsets in the expression's
text, without the parentheses around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal as OneOf
from typing import TypeAlias

from wflint.expression import number
from wflint.source.span import Span

ComparisonOperator = OneOf["==", "!=", "<", "<=", ">", ">="]
LogicalOperator = OneOf["&&", "||"]
Path: TypeAlias = tuple[str, ...]


class Node:
    """What all nodes have in common; nothing changes one after it was made.

    Written by hand: a run makes thousands of them, and nine dataclasses cost more to define than all else in here.
    """

    __slots__ = ("span",)
    __match_args__: tuple[str, ...] = ()
    span: Span

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)


class Literal(Node):
    """A string, number, boolean or null."""

    __slots__ = __match_args__ = ("value",)

    def __init__(self, value: str | float | bool | None, span: Span) -> None:
        self.value = value
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """No node stands below."""
        return ()


class Name(Node):
    """A context: `github`, `env`, …; `name` is as written, GitHub ignores its case."""

    __slots__ = __match_args__ = ("name",)

    def __init__(self, name: str, span: Span) -> None:
        self.name = name
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """No node stands below."""
        return ()


class Property(Node):
    """`base.name`; `name` is as written, GitHub ignores its case."""

    __slots__ = __match_args__ = ("base", "name")

    def __init__(self, base: Tree, name: str, span: Span) -> None:
        self.base = base
        self.name = name
        self.span = span

    @property
    def name_span(self) -> Span:
        """Where the name stands, without what it is a property of."""
        return Span(self.span.end - len(self.name), self.span.end)

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node whose property is read."""
        return (self.base,)


class Index(Node):
    """`base[index]`."""

    __slots__ = __match_args__ = ("base", "index")

    def __init__(self, base: Tree, index: Tree, span: Span) -> None:
        self.base = base
        self.index = index
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node that is indexed, and the index."""
        return (self.base, self.index)


class Star(Node):
    """`base.*` or `base[*]`: every item or value."""

    __slots__ = __match_args__ = ("base",)

    def __init__(self, base: Tree, span: Span) -> None:
        self.base = base
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """The node whose items are read."""
        return (self.base,)


class Call(Node):
    """`name(arguments)`; `name` is as written, GitHub ignores its case. Nothing says that such a function exists."""

    __slots__ = __match_args__ = ("name", "arguments")

    def __init__(self, name: str, arguments: tuple[Tree, ...], span: Span) -> None:
        self.name = name
        self.arguments = arguments
        self.span = span

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


class Not(Node):
    """`!operand`."""

    __slots__ = __match_args__ = ("operand",)

    def __init__(self, operand: Tree, span: Span) -> None:
        self.operand = operand
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """The operand."""
        return (self.operand,)


class Comparison(Node):
    """`left operator right`."""

    __slots__ = __match_args__ = ("left", "operator", "right")

    def __init__(self, left: Tree, operator: ComparisonOperator, right: Tree, span: Span) -> None:
        self.left = left
        self.operator = operator
        self.right = right
        self.span = span

    @property
    def children(self) -> tuple[Tree, ...]:
        """Both sides."""
        return (self.left, self.right)


class Logical(Node):
    """`a && b && …` or `a || b || …`: a chain of one operator is one node with two operands at least, as for GitHub."""

    __slots__ = __match_args__ = ("operator", "operands")

    def __init__(self, operator: LogicalOperator, operands: tuple[Tree, ...], span: Span) -> None:
        self.operator = operator
        self.operands = operands
        self.span = span

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
