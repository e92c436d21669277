"""A JSONPath as functions over located nodes.

Semantics are jsonpath-ng's `find()`. Two things differ: below `..` every node is looked at once, however many ways
lead to it, and an alias is the node that it names.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from typing import Any, TypeAlias

from wflint.rule.declarative import pattern
from wflint.rule.declarative.path import (
    All,
    Below,
    Compare,
    Every,
    Exists,
    Filtered,
    Having,
    Indexes,
    Names,
    Path,
    Range,
    Segment,
    Some,
    Test,
    Top,
)
from wflint.source.node import Mapping, Node, Scalar, Sequence
from wflint.source.scalar import core_value

Step: TypeAlias = Callable[[list[Node], Node], list[Node]]
"""From nodes, and the root that `$` means, to the nodes that a segment finds from there."""

_Holds: TypeAlias = Callable[[Node, Node], bool]


def compiled(path: Path) -> tuple[Step, ...]:
    """Return the functions of a path's segments. Raises PatternError."""
    return tuple(_step(segment) for segment in path)


def _step(segment: Segment) -> Step:
    match segment:
        case Top():
            return lambda nodes, root: [root] * len(nodes)
        case Names((name,)):
            return lambda nodes, root: [found for node in nodes if (found := node.get(name)) is not None]
        case Names(names):
            return lambda nodes, root: [
                found for node in nodes for name in names if (found := node.get(name)) is not None
            ]
        case Every():
            return lambda nodes, root: [child for node in nodes for child in _children(node)]
        case Indexes(indexes):
            return lambda nodes, root: [
                node.nodes[index]
                for node in nodes
                if isinstance(node, Sequence)
                for index in indexes
                if -len(node.nodes) <= index < len(node.nodes)
            ]
        case Range(start, stop, step):
            part = slice(start, stop, step)
            return lambda nodes, root: [
                item for node in nodes if isinstance(node, Sequence) for item in node.nodes[part]
            ]
        case Below((Names((name,)),)):
            return _named_below(name)
        case Below(inner):
            return _below(compiled(inner))
        case Having(inner, negated):
            steps = compiled(inner)
            return lambda nodes, root: [node for node in nodes if bool(find(steps, node, root)) is not negated]
        case Filtered(test):
            holds = _test(test)
            return lambda nodes, root: [child for node in nodes for child in _children(node) if holds(child, root)]


def _children(node: Node) -> Collection[Node]:
    if isinstance(node, Mapping):
        return node.entries.values()
    return node.nodes if isinstance(node, Sequence) else ()


def find(steps: Collection[Step], node: Node, root: Node) -> list[Node]:
    """Return what compiled segments find from a node, in document order of the ways to it."""
    nodes = [node]
    for step in steps:
        nodes = step(nodes, root)
    return nodes


def _named_below(name: str) -> Step:
    def step(nodes: list[Node], root: Node) -> list[Node]:
        seen: set[int] = set()
        found: list[Node] = []
        stack = nodes[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Scalar) or id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, Mapping):
                value = node.entries.get(name)
                if value is not None:
                    found.append(value)
                stack.extend(reversed(node.entries.values()))
            elif isinstance(node, Sequence):
                stack.extend(reversed(node.nodes))
        return found

    return step


def _below(inner: tuple[Step, ...]) -> Step:
    def step(nodes: list[Node], root: Node) -> list[Node]:
        seen: set[int] = set()
        found: list[Node] = []
        stack = nodes[::-1]
        while stack:
            node = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            found += find(inner, node, root)
            stack.extend(reversed(list(_children(node))))
        return found

    return step


def _test(test: Test) -> _Holds:
    match test:
        case All(tests):
            every = [_test(each) for each in tests]
            return lambda node, root: all(holds(node, root) for holds in every)
        case Some(tests):
            each_of = [_test(each) for each in tests]
            return lambda node, root: any(holds(node, root) for holds in each_of)
        case Exists(path, negated):
            steps = compiled(path)
            return lambda node, root: bool(find(steps, node, root)) is not negated
        case Compare():
            return _compare(test)


def _compare(test: Compare) -> _Holds:
    steps = compiled(test.path)
    if test.operator == "=~":
        occurs = pattern.compiled(str(test.value))
        return lambda node, root: any(
            isinstance(value := _value(found), str) and occurs(value) for found in find(steps, node, root)
        )
    compares = _COMPARISONS[test.operator]
    if test.other is not None:
        others = compiled(test.other)

        def against_path(node: Node, root: Node) -> bool:
            left = [_value(found) for found in find(steps, node, root)]
            right = [_value(found) for found in find(others, node, root)]
            if not left or not right:
                # Nothing equals nothing, and nothing else.
                return compares(_NOTHING if not left else _SOMETHING, _NOTHING if not right else _SOMETHING_ELSE)
            return any(compares(one, other) for one in left for other in right)

        return against_path
    value = test.value

    def against_value(node: Node, root: Node) -> bool:
        nodes = find(steps, node, root)
        if not nodes:
            return test.operator == "!="
        return any(compares(_value(found), value) for found in nodes)

    return against_value


def _value(node: Node) -> Any:
    if not isinstance(node, Scalar):
        return node.plain()
    return core_value(node.text) if node.style == "plain" else node.text


_NOTHING, _SOMETHING, _SOMETHING_ELSE = object(), object(), object()


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal as JSON has it: 1 is 1.0, and true is no number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)


def _ordered(before: Callable[[Any, Any], bool], equal: bool) -> Callable[[Any, Any], bool]:
    """Return an order of numbers and of texts; everything else is equal or not, and never before or after."""

    def compares(one: Any, other: Any) -> bool:
        if (_is_number(one) and _is_number(other)) or (isinstance(one, str) and isinstance(other, str)):
            return before(one, other)
        return equal and same(one, other)

    return compares


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": same,
    "!=": lambda one, other: not same(one, other),
    "<": _ordered(operator.lt, equal=False),
    "<=": _ordered(operator.le, equal=True),
    ">": _ordered(operator.gt, equal=False),
    ">=": _ordered(operator.ge, equal=True),
}
