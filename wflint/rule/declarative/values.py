"""Keywords about one value: its type, its size, what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from wflint.rule.declarative import located
from wflint.rule.declarative.formats import FORMATS
from wflint.rule.declarative.keyword import (
    HOLDS,
    Broken,
    Check,
    Keyword,
    canonical,
    number_of,
    text_of,
    value_of,
    when,
)
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar, Sequence
from wflint.source.scalar import core_value

TYPES: Mapping[str, Callable[[Node], bool]] = {
    "object": lambda node: isinstance(node, MappingNode),
    "array": lambda node: isinstance(node, Sequence),
    "string": lambda node: text_of(node) is not None,
    "boolean": lambda node: isinstance(value_of(node), bool),
    "null": lambda node: isinstance(node, Scalar) and node.value is None,
    "number": lambda node: number_of(node) is not None,
    "integer": lambda node: isinstance(number := number_of(node), int) or (number is not None and number.is_integer()),
}


def _type(word: Keyword) -> Check:
    names = word.value()
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not names:
        raise located.error(word.node, "`type` is one of the types, or a list of them")
    for name in names:
        if name not in TYPES:
            raise located.unknown(word.node, str(name), "type", TYPES)
    tests = [TYPES[name] for name in names]
    return when(tests[0] if len(tests) == 1 else lambda node: any(test(node) for test in tests))


def _enum(word: Keyword) -> Check:
    values = word.value()
    if not isinstance(values, list):
        raise located.error(word.node, "`enum` is a list of values")
    allowed = {canonical(value) for value in values}
    return when(lambda node: _stand_in(node) in allowed)


def _const(word: Keyword) -> Check:
    wanted = canonical(word.value())
    return when(lambda node: _stand_in(node) == wanted)


def _stand_in(node: Node) -> Any:
    """Return the hashable stand-in for a node's value."""
    if not isinstance(node, Scalar):
        return canonical(node.plain())
    value = value_of(node)
    return value if type(value) is str else canonical(value)


def _size(kind: Literal["items", "keys", "characters"], *, least: bool) -> Callable[[Keyword], Check]:
    def keyword(word: Keyword) -> Check:
        bound = word.size()

        def holds(node: Node) -> bool:
            if kind == "items":
                size = len(node.nodes) if isinstance(node, Sequence) else None
            elif kind == "keys":
                size = len(node.entries) if isinstance(node, MappingNode) else None
            else:
                size = None if (text := text_of(node)) is None else len(text)
            return size is None or (size >= bound if least else size <= bound)

        return when(holds)

    return keyword


def _bound(within: Callable[[int | float, int | float], bool]) -> Callable[[Keyword], Check]:
    def keyword(word: Keyword) -> Check:
        bound = word.number()
        return when(lambda node: (number := number_of(node)) is None or within(number, bound))

    return keyword


def _multiple_of(word: Keyword) -> Check:
    step = word.number()
    if step <= 0:
        raise located.error(word.node, "`multipleOf` is a number above 0")

    def holds(node: Node) -> bool:
        number = number_of(node)
        if number is None:
            return True
        if isinstance(number, int) and isinstance(step, int):
            return number % step == 0
        from fractions import Fraction

        # What people read, not what a float holds: 0.3 is a multiple of 0.1.
        return (Fraction(str(number)) / Fraction(str(step))).denominator == 1

    return when(holds)


def _pattern(word: Keyword) -> Check:
    occurs = word.pattern(word.node, word.value())

    def check(node: Node) -> Broken:
        if not isinstance(node, Scalar) or occurs(node.text):
            return HOLDS
        return [node] if node.style != "plain" or isinstance(core_value(node.text), str) else HOLDS

    return check


def _format(word: Keyword) -> Check:
    name = word.value()
    if name not in FORMATS:
        raise located.unknown(word.node, str(name), "format", FORMATS)
    test = FORMATS[name]
    return when(lambda node: not isinstance(node, Scalar) or text_of(node) is None or test(node))


KEYWORDS: Mapping[str, Callable[[Keyword], Check | None]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minProperties": _size("keys", least=True),
    "maxProperties": _size("keys", least=False),
    "minItems": _size("items", least=True),
    "maxItems": _size("items", least=False),
    "minimum": _bound(lambda number, bound: number >= bound),
    "maximum": _bound(lambda number, bound: number <= bound),
    "exclusiveMinimum": _bound(lambda number, bound: number > bound),
    "exclusiveMaximum": _bound(lambda number, bound: number < bound),
    "multipleOf": _multiple_of,
    "minLength": _size("characters", least=True),
    "maxLength": _size("characters", least=False),
    "pattern": _pattern,
    "format": _format,
}
