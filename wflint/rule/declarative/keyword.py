"""A keyword of a rule's schema on its way to being a check, and what checks have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from wflint.rule.declarative import located, pattern
from wflint.rule.declarative.params import resolve
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Place, Scalar, Sequence
from wflint.source.scalar import core_value

Broken: TypeAlias = list[Node | Place]
"""The nodes that break a schema, or the places where they do; empty when it holds."""

Check: TypeAlias = Callable[[Node], Broken]
Absent: TypeAlias = Literal["pass", "fail", "undecided"]
"""What becomes of a property that a schema speaks of and that is not there."""

HOLDS: Broken = []


class Keyword(NamedTuple):
    """A keyword where it is used."""

    name: str
    node: Node
    """Its value."""
    beside: MappingNode
    """The schema it stands in."""
    params: Mapping[str, Any]
    absent: Absent
    compiled: Callable[[Node, Mapping[str, Any], Absent], Check]
    """Makes the check of a schema."""

    def check(self, node: Node, *, sure: bool = True) -> Check:
        """Return the check of a schema below; `sure`: this one holds only if it does."""
        return self.compiled(node, self.params, self.absent if sure else "pass")

    def checks(self, *, sure: bool = True) -> list[Check]:
        if not isinstance(self.node, Sequence) or not self.node.nodes:
            raise located.error(self.node, f"`{self.name}` is a list of schemas")
        return [self.check(each, sure=sure) for each in self.node]

    def named(self, *, sure: bool = True) -> dict[str, Check]:
        entries = located.mapping(self.node, f"`{self.name}`").items()
        return {key: self.check(each, sure=sure) for key, each in entries}

    def value(self) -> Any:
        return resolve(self.node, self.params)

    def size(self) -> int:
        value = self.value()
        if not _is_finite(value) or value != int(value) or value < 0:
            raise located.error(self.node, f"`{self.name}` is a whole number from 0")
        return int(value)

    def number(self) -> int | float:
        value = self.value()
        if not _is_finite(value):
            raise located.error(self.node, f"`{self.name}` is a number")
        number: int | float = value
        return number

    def names(self) -> list[str]:
        value = self.value()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise located.error(self.node, f"`{self.name}` is a list of keys")
        return value

    def pattern(self, node: Node, text: Any) -> Callable[[str], bool]:
        if not isinstance(text, str):
            raise located.error(node, "a pattern is a text")
        try:
            return pattern.compiled(text)
        except pattern.PatternError as refused:
            raise located.error(node, str(refused)) from None


def value_of(node: Node) -> str | int | float | bool | None:
    """Return a scalar's value; None for a collection."""
    if not isinstance(node, Scalar):
        return None
    return core_value(node.text) if node.style == "plain" else node.text


def text_of(node: Node) -> str | None:
    """Return the text of a scalar that is text; None for anything else."""
    if not isinstance(node, Scalar):
        return None
    return node.text if node.style != "plain" or isinstance(core_value(node.text), str) else None


def anything(node: Node) -> Broken:
    """Hold of any node."""
    return HOLDS


def nothing(node: Node) -> Broken:
    """Hold of no node: it is the key that should not be there."""
    return [node.head]


def at(broken: Node | Place) -> Place:
    """Return where to point: a scalar itself, a collection's key or first entry."""
    if isinstance(broken, Place):
        return broken
    return broken.place if isinstance(broken, Scalar) and broken.end > broken.start else broken.head


def when(holds: Callable[[Node], bool]) -> Check:
    """Return the check that points at the node of which something does not hold."""

    def check(node: Node) -> Broken:
        return HOLDS if holds(node) else [node]

    return check


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0


def number_of(node: Node) -> int | float | None:
    """Return a number as JSON has them; None for anything else, infinity and true among them."""
    value = value_of(node)
    return value if isinstance(value, int | float) and _is_finite(value) else None


def canonical(value: Any) -> Any:
    """Return a hashable stand-in for a plain value; those of equal JSON are equal."""
    if isinstance(value, bool) or value is None:
        return ("constant", value)
    if isinstance(value, list):
        return ("list", tuple(map(canonical, value)))
    if isinstance(value, dict):
        return ("mapping", frozenset((key, canonical(each)) for key, each in value.items()))
    return value
