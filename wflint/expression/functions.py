"""The functions of expressions.

Each takes known values and returns a value; UNKNOWN stands for what GitHub refuses as well, since no value comes of it.
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#functions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from wflint.expression.value import UNKNOWN, Answer, Open, Unknown, Value, equal, is_primitive, same_case, to_text

MAX_RESULT: Final = 1_048_576
"""GitHub's limit on what an expression may take up; a longer text is UNKNOWN."""
MAX_NESTING: Final = 64
"""How deep JSON may be nested; deeper data is UNKNOWN."""

Function: TypeAlias = Callable[[Sequence[Any]], Answer]

_PLACEHOLDER: Final = re.compile(r"\{\{|\}\}|\{([0-9]{1,4})\}|[{}]")


def contains(arguments: Sequence[Any]) -> Answer:
    """Find a text in a text, or a value in an array; an array's unknown items may be the one that is sought."""
    search, item = arguments
    if is_primitive(search):
        return is_primitive(item) and same_case(to_text(item)) in same_case(to_text(search))
    if isinstance(search, Mapping):
        return False
    if any(not isinstance(one, Unknown) and equal(one, item) for one in search):
        return True
    return UNKNOWN if any(isinstance(one, Unknown) for one in search) else False


def starts_with(arguments: Sequence[Any]) -> Answer:
    """Compare the beginning of a text."""
    return all(map(is_primitive, arguments)) and same_case(to_text(arguments[0])).startswith(
        same_case(to_text(arguments[1]))
    )


def ends_with(arguments: Sequence[Any]) -> Answer:
    """Compare the end of a text."""
    return all(map(is_primitive, arguments)) and same_case(to_text(arguments[0])).endswith(
        same_case(to_text(arguments[1]))
    )


def format(arguments: Sequence[Any]) -> Answer:
    """Fill `{0}`, `{1}`, … in a text; `{{` and `}}` are braces."""
    template, values = to_text(arguments[0]), [to_text(argument) for argument in arguments[1:]]
    parts: list[str] = []
    length = len(template)
    at = 0
    for match in _PLACEHOLDER.finditer(template):
        parts.append(template[at : match.start()])
        at = match.end()
        if match[1]:
            if int(match[1]) >= len(values):
                return UNKNOWN
            parts.append(values[int(match[1])])
            length += len(parts[-1])
            if length > MAX_RESULT:
                return UNKNOWN
        elif len(match[0]) == 1:
            return UNKNOWN
        else:
            parts.append(match[0][0])
    return "".join([*parts, template[at:]])


def join(arguments: Sequence[Any]) -> Answer:
    """Concatenate an array's items with a separator between them, a comma by default."""
    values = arguments[0]
    separator = to_text(arguments[1]) if len(arguments) > 1 and is_primitive(arguments[1]) else ","
    if is_primitive(values):
        return to_text(values)
    if isinstance(values, Mapping):
        return ""
    if any(isinstance(item, Unknown) for item in values):
        return UNKNOWN
    texts = [to_text(item) for item in values]
    too_long = sum(map(len, texts)) + len(separator) * len(texts) > MAX_RESULT
    return UNKNOWN if too_long else separator.join(texts)


def to_json(arguments: Sequence[Any]) -> Answer:
    """Print a value as JSON, indented by two blanks."""
    parts: list[str] = []
    if not _print(arguments[0], parts, 0) or sum(map(len, parts)) > MAX_RESULT:
        return UNKNOWN
    return "".join(parts)


def _print(value: Any, parts: list[str], depth: int) -> bool:
    """Append a value's JSON to `parts`; False when something in it is unknown or too deep."""
    if isinstance(value, Unknown | Open) or depth > MAX_NESTING:
        return False
    if isinstance(value, str):
        parts.append(json.dumps(value, ensure_ascii=False))
        return True
    if is_primitive(value):
        parts.append("null" if value is None else to_text(value))
        return True
    opening, closing = "{}" if isinstance(value, Mapping) else "[]"
    pairs = list(value.items()) if isinstance(value, Mapping) else [(None, item) for item in value]
    indent = "\n" + "  " * depth
    parts.append(opening)
    for position, (key, item) in enumerate(pairs):
        parts.append(f"{',' if position else ''}{indent}  ")
        if key is not None:
            parts.append(f"{json.dumps(str(key), ensure_ascii=False)}: ")
        if not _print(item, parts, depth + 1):
            return False
    parts.append(f"{indent}{closing}" if pairs else closing)
    return True


def from_json(arguments: Sequence[Any]) -> Answer:
    """Read a JSON text."""
    try:
        value: Value = json.loads(to_text(arguments[0]), parse_int=float)
    except (ValueError, RecursionError):
        return UNKNOWN
    level = [value]
    for _ in range(MAX_NESTING):
        level = [inner for item in level if not is_primitive(item) for inner in _inner(item)]
    return UNKNOWN if level else value


def _inner(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, Mapping) else list(value)


FUNCTIONS: Final[dict[str, tuple[int, int, Function]]] = {
    "contains": (2, 2, contains),
    "startswith": (2, 2, starts_with),
    "endswith": (2, 2, ends_with),
    "format": (1, 255, format),
    "join": (1, 2, join),
    "tojson": (1, 1, to_json),
    "fromjson": (1, 1, from_json),
}
"""The functions whose arguments decide their value, by name in lower case, with how many arguments they take."""
