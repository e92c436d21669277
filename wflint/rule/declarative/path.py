"""What a JSONPath is made of: segments, each leading from nodes to other nodes."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "=~"]
Literals: TypeAlias = str | int | float | bool | None


class Top(NamedTuple):
    """`$`: back to the root."""


class Names(NamedTuple):
    """`.a`, `['a', 'b']`: the values under keys."""

    names: tuple[str, ...]


class Indexes(NamedTuple):
    """`[0]`, `[0, -1]`: items by their place."""

    indexes: tuple[int, ...]


class Range(NamedTuple):
    """`[1:3]`: a range of items, as Python has it."""

    start: int | None
    stop: int | None
    step: int | None


class Every(NamedTuple):
    """`*`, `[*]`: all values of a mapping, all items of a sequence."""


class Below(NamedTuple):
    """`..a`: what the inner segments find in a node or in anything below it."""

    inner: Path


class Having(NamedTuple):
    """`where a`, `wherenot a`: the nodes in which a path finds something, or nothing."""

    path: Path
    negated: bool


class Filtered(NamedTuple):
    """`[?…]`: the values or items of which a test is true."""

    test: Test


class Exists(NamedTuple):
    """`@.a`, `!@.a`."""

    path: Path
    negated: bool


class Compare(NamedTuple):
    """`@.a == 1`, `@.a == @.b`, `@.a =~ "^v"`."""

    path: Path
    operator: Operator
    value: Literals
    other: Path | None
    """What it is compared with where that is a path."""


class All(NamedTuple):
    """`… && …`."""

    tests: tuple[Test, ...]


class Some(NamedTuple):
    """`… || …`."""

    tests: tuple[Test, ...]


Segment: TypeAlias = Top | Names | Indexes | Range | Every | Below | Having | Filtered
Path: TypeAlias = tuple[Segment, ...]
Test: TypeAlias = Exists | Compare | All | Some
