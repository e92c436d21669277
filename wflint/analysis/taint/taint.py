"""A value that someone outside the file controls, and which values are parts of an expression's result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.expression.tree import Access, Call, Index, Logical, Name, Path, Property, Star, Tree, path
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.facts.untrusted import Author, Grade

_LONGEST = 8
"""How many places a way names; the first and the last of a longer one."""
_GRADES = ("free", "ref", "structured")
_AUTHORS = ("outsider", "app", "writer", "caller", "owner", "github")


class Taint(NamedTuple):
    """Foreign text in a value."""

    source: str
    """The context that it comes from, as written: `github.event.issue.title`."""
    grade: Grade
    """`free` any text, `ref` a branch or file: no blanks, but shell characters; `structured` a narrow alphabet."""
    by: Author
    """Who writes it; `caller` for inputs that a calling workflow fills."""
    events: frozenset[str] | None
    """The workflow's events that bring it; None in an action, which is not told."""
    multiline: bool
    """Whether it can hold line breaks."""
    place: Place
    """Where it is read."""
    way: tuple[tuple[Place, str], ...] = ()
    """How it came here, from its source on, with what to say of each place."""
    sure: bool = True
    """Whether it comes as it was written; False when a program changed it on its way and may have cleaned it."""

    @property
    def injectable(self) -> bool:
        """Whether the text can break out of a shell word or a script."""
        return self.grade in ("free", "ref")

    @property
    def danger(self) -> tuple[int, int, bool]:
        """How to sort taints: the most dangerous is the least."""
        return _AUTHORS.index(self.by), _GRADES.index(self.grade), not self.sure

    def moved(self, place: Place, name: str) -> Taint:
        """Return it as it is read at another place, where it has another name."""
        way = (
            *self.way,
            (self.place, f"`{self.source}` is read here" if not self.way else f"and goes on here, to `{name}`"),
        )
        if len(way) > _LONGEST:
            way = (way[0], *way[1 - _LONGEST :])
        return self._replace(place=place, way=way)


def worst(taints: list[Taint]) -> Taint | None:
    """Return the most dangerous one."""
    return min(taints, key=lambda taint: taint.danger, default=None)


def results(tree: Tree) -> Iterator[tuple[Access, Path, bool]]:
    """Yield each access whose text may be in a value, and whether it is shown whole, with all that is inside it.

    Comparisons and functions such as `contains` give booleans: their operands are in no value.
    """
    stack: list[tuple[Tree, bool]] = [(tree, False)]
    while stack:
        node, whole = stack.pop()
        if isinstance(node, Name | Property | Index | Star):
            route = path(node)
            if route is not None:
                yield node, route, whole
            elif not isinstance(node, Name):
                stack.append((node.base, whole))
        elif isinstance(node, Call):
            deep = whole or node.function == "tojson"
            stack += reversed([(each, deep) for each in _kept(node)])
        elif isinstance(node, Logical):
            # What stands before `&&` is the result only when it is empty.
            operands = node.operands if node.operator == "||" else node.operands[-1:]
            stack += reversed([(each, whole) for each in operands])


def _kept(call: Call) -> tuple[Tree, ...]:
    if call.function in ("format", "join", "tojson", "fromjson"):
        return call.arguments
    if call.function == "case":
        return (*call.arguments[1:-1:2], *call.arguments[-1:])
    return ()
