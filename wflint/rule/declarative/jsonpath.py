"""Text to JSONPath: jsonpath-ng reads it, and what it read becomes segments of our own.

Accepted: `$`, `@`, names, `[0]`, `[1:3]`, `*`, `..`, unions of one kind (`['a', 'b']`, `[0, 2]`), `where`, `wherenot`,
and filters with `==`, `!=`, `<`, `<=`, `>`, `>=`, `=~`, `!`, `&&`, `||`. What jsonpath-ng knows besides (arithmetic,
sorting, string functions, `|`, `&`, parents, lengths, keys) finds no place in a document and is refused.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any, cast

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
    Operator,
    Path,
    Range,
    Segment,
    Some,
    Test,
    Top,
)

MAX_LENGTH = 500
"""How many characters a path may have."""

MAX_FILTERS = 3
"""How deep filters may stand in filters."""


_PLAIN = re.compile(r"\$(?:\.\.?(?!where)[A-Za-z_][A-Za-z0-9_-]*|\.\*|\[\*\])*")
_STEP = re.compile(r"(\.\.?)([A-Za-z0-9_*-]+)|\[\*\]")


class PathError(Exception):
    """A text is no JSONPath that a rule may use."""


def parse(text: str) -> Path:
    """Return the segments of a path. Raises PathError."""
    if len(text) > MAX_LENGTH:
        raise PathError(f"the path has {len(text)} characters; {MAX_LENGTH} are enough for any")
    if _PLAIN.fullmatch(text):
        return _plain(text)
    from jsonpath_ng.exceptions import JSONPathError

    try:
        # What is deprecated will stop working: it is refused before rules come to rely on it.
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            tree = _parser().parse(text)
    except JSONPathError as refused:
        raise PathError(f"this is no JSONPath: {refused}") from None
    except DeprecationWarning as refused:
        raise PathError(str(refused).partition(". It will be removed")[0].partition(". Support for")[0]) from None
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError) as broken:
        raise PathError(f"jsonpath-ng cannot read this: {broken}") from None
    path = _path(tree)
    _bound(path, filters=0)
    return path


def _plain(text: str) -> Path:
    """Return the segments of a path of names and stars as jsonpath-ng would; importing it is a tenth of a short run."""
    path: list[Segment] = [Top()]
    for dots, name in _STEP.findall(text):
        step: Segment = Every() if name in ("", "*") else Names((name,))
        path.append(Below((step,)) if dots == ".." else step)
    return tuple(path)


@lru_cache(maxsize=1)
def _parser() -> Any:
    """Return the parser: making one takes three times as long as using it."""
    from jsonpath_ng.ext.parser import ExtendedJsonPathParser

    return ExtendedJsonPathParser()


def _path(node: Any) -> Path:
    """Return the segments of one of jsonpath-ng's trees."""
    kind = type(node).__name__
    if kind == "Root":
        return (Top(),)
    if kind == "This":
        return ()
    if kind == "Child":
        return (*_path(node.left), *_path(node.right))
    if kind == "Descendants":
        right = _path(node.right)
        # `a..(b.c)` and `(a..b).c` find the same, and all but the first step of the former is the latter's.
        return (*_path(node.left), Below(right[:1]), *right[1:])
    if kind == "Fields":
        return (Names(tuple(node.fields)),)
    if kind == "Wildcard":
        return (Every(),)
    if kind == "Index":
        return (Indexes(tuple(node.indices)),)
    if kind == "Slice":
        if node.step == 0:
            raise PathError("a slice with step 0 finds nothing")
        return (Range(node.start, node.end, node.step),)
    if kind in ("Where", "WhereNot"):
        return (*_path(node.left), Having(_path(node.right), negated=kind == "WhereNot"))
    if kind == "Filter":
        return (Filtered(_all(node.expressions)),)
    raise PathError(
        f"`{_REFUSED.get(kind, kind)}` has no place in a rule: it finds what does not stand in the document"
    )


_REFUSED = {
    "Operation": "+ - * /",
    "SortedThis": "sorted",
    "Len": "len",
    "Keys": "keys",
    "Path": "path",
    "Parent": "parent",
    "Sub": "sub()",
    "Split": "split()",
    "Str": "str()",
}


def _all(expressions: list[Any]) -> Test:
    tests = tuple(_test(expression) for expression in expressions)
    return tests[0] if len(tests) == 1 else All(tests)


def _test(node: Any) -> Test:
    kind = type(node).__name__
    if kind == "And":
        return _all(node.operands)
    if kind == "Or":
        return Some(tuple(_test(operand) for operand in node.operands))
    if kind != "Expression":
        raise PathError(f"`{kind}` is no test")
    path = _path(node.target)
    if node.op in (None, "!"):
        return Exists(path, negated=node.op == "!")
    operator = cast("Operator", "==" if node.op == "=" else node.op)
    if operator == "=~":
        if not isinstance(node.value, str):
            raise PathError("`=~` wants a pattern in quotes")
        return Compare(path, operator, node.value, None)
    if node.value is None or isinstance(node.value, str | int | float):
        return Compare(path, operator, node.value, None)
    return Compare(path, operator, None, _path(node.value))


def _bound(path: Path, *, filters: int) -> None:
    """Refuse paths that could take more than time in proportion to a document's size and depth."""
    if filters > MAX_FILTERS:
        raise PathError(f"filters stand in filters more than {MAX_FILTERS} deep")
    for number, segment in enumerate(path):
        if isinstance(segment, Top) and filters and not all(isinstance(s, Names | Indexes) for s in path[number + 1 :]):
            raise PathError("inside a filter, `$` leads on by names and indexes only")
        if isinstance(segment, Below):
            if filters > 1:
                raise PathError("`..` stands in a filter of a filter")
            _bound(segment.inner, filters=filters)
        elif isinstance(segment, Having):
            _bound(segment.path, filters=filters + 1)
        elif isinstance(segment, Filtered):
            for each in _paths(segment.test):
                _bound(each, filters=filters + 1)


def _paths(test: Test) -> list[Path]:
    if isinstance(test, All | Some):
        return [path for each in test.tests for path in _paths(each)]
    return [test.path, test.other] if isinstance(test, Compare) and test.other is not None else [test.path]
