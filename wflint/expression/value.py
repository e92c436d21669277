"""The values of expressions, and how GitHub turns one kind into another.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeAlias
from typing import Literal as OneOf

from wflint.expression import number


class Unknown(Enum):
    """The type of UNKNOWN; the other two never leave an evaluation."""

    UNKNOWN = "unknown"
    TRUTHY = "unknown, but it counts as true"
    FALSY = "unknown, but it counts as false"

    def __bool__(self) -> bool:
        """Refuse: neither branch would be right. Compare with `is UNKNOWN`."""
        raise TypeError("an unknown value is neither true nor false: compare it with `is UNKNOWN`")


UNKNOWN: Final = Unknown.UNKNOWN
"""What only a run can tell."""

Value: TypeAlias = bool | int | float | str | Sequence[Any] | Mapping[str, Any] | None
"""A value; what arrays and objects hold may be UNKNOWN."""
Answer: TypeAlias = Value | OneOf[Unknown.UNKNOWN]


class Open(dict[str, Any]):
    """An object of which only some keys are known: every other one is UNKNOWN, not absent."""


class Items(list[Any]):
    """What `*` gives: an array whose properties are those of its items."""


def same_case(text: str) -> str:
    """Return a text as GitHub compares it: each character in upper case, where that is one character."""
    if text.isascii():
        return text.upper()
    return "".join(upper if len(upper := character.upper()) == 1 else character for character in text)


def truthy(value: Value) -> bool:
    """Tell whether a value counts as true: all but false, 0, NaN, the empty text and null."""
    if isinstance(value, str):
        return value != ""
    if isinstance(value, int | float):
        return value != 0 and not math.isnan(value)
    return value is not None


def to_number(value: Value) -> float:
    """Return a value as a number: null 0, true 1, a text what it spells, else NaN."""
    if value is None:
        return 0.0
    if isinstance(value, str):
        return number.read(value)
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    return math.nan


def to_text(value: Value) -> str:
    """Return a value as text: null is empty, a collection is the word `Array` or `Object`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number.write(to_number(value))
    return "Object" if isinstance(value, Mapping) else "Array"


def is_primitive(value: Value) -> bool:
    """Tell whether a value is neither array nor object."""
    return value is None or isinstance(value, str | bool | int | float)


def equal(left: Value, right: Value) -> bool:
    """Tell whether `left == right`: texts without regard to case, mixed kinds as numbers, collections by identity."""
    if isinstance(left, str) and isinstance(right, str):
        return same_case(left) == same_case(right)
    if is_primitive(left) and is_primitive(right):
        return to_number(left) == to_number(right)
    return left is right


def less(left: Value, right: Value) -> bool:
    """Tell whether `left < right`: texts without regard to case, everything else as numbers."""
    if isinstance(left, str) and isinstance(right, str):
        return same_case(left) < same_case(right)
    return to_number(left) < to_number(right)


def compare(left: Value, operator: str, right: Value) -> bool:
    """Return what a comparison gives."""
    match operator:
        case "==":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "<":
            return less(left, right)
        case ">":
            return less(right, left)
        case "<=":
            return less(left, right) or equal(left, right)
        case _:
            return less(right, left) or equal(left, right)


def lookup(value: Value, index: Value) -> Answer:
    """Return `value[index]`: a key without regard to case, an item from 0, each item's if `*` gave the value.

    What is not there is null; an Open object does not know.
    """
    if isinstance(value, Items):
        found = [_get(item, index) for item in value if not isinstance(item, Unknown)]
        unknown: list[Any] = [UNKNOWN for item in value if isinstance(item, Unknown)]
        return Items([item for item in found if item is not _ABSENT] + unknown)
    found_one = _get(value, index)
    return None if found_one is _ABSENT else found_one


_ABSENT: Final = object()


def _get(value: Value, index: Value) -> Any:
    if not is_primitive(index):
        return _ABSENT
    if isinstance(value, Mapping):
        key = to_text(index)
        if key in value:
            return value[key]
        wanted = same_case(key)
        for name, item in value.items():
            if same_case(str(name)) == wanted:
                return item
        return UNKNOWN if isinstance(value, Open) else _ABSENT
    if isinstance(value, Sequence) and not isinstance(value, str):
        position = to_number(index)
        if 0 <= position < len(value):
            return value[int(position)]
    return _ABSENT


def items(value: Value) -> Answer:
    """Return `value.*`: an array's items, an object's values, nothing for the rest."""
    if isinstance(value, Open):
        return UNKNOWN
    if isinstance(value, Items):
        if any(isinstance(item, Unknown | Open) for item in value):
            return UNKNOWN
        return Items([inner for item in value for inner in _items(item)])
    return Items(_items(value))


def _items(value: Value) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
