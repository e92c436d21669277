"""A rule's options: a named tuple, filled from a policy's YAML.

Field names are snake_case in Python and kebab-case in YAML. A field's type says what is accepted: `bool`, `int`,
`float`, `str`, `Literal[…]`, `T | None`, `tuple[T, ...]` for a list, `dict[str, T]` for a mapping, and named tuples of
such fields. A field without a default must be given. What types cannot say a method `mistake` can: it returns the name
of a field and what is wrong with its value, or None.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from typing import Any, Literal, NamedTuple

from wflint.errors import PolicyError, nearest
from wflint.source.node import Mapping, Node, Scalar, Sequence

DOCS = "_field_docs"
"""The attribute that holds the docs of the fields by name, where the options are not a class in a file."""


class Option(NamedTuple):
    """One option as people read about it."""

    name: str
    """In kebab-case."""
    type: str
    default: Any
    docs: str
    required: bool = False


def build(options: type[Any], given: AbstractMapping[str, Node]) -> Any:
    """Return the options with the given values. Raises PolicyError at the value that does not fit."""
    if not given:
        return options()
    known = {_kebab(name): name for name in options._fields}
    hints = _hints(options)
    values = {}
    for key, node in given.items():
        if key not in known:
            at = node.key_node or node
            what = f"`{key}` is not an option here" if known else f"`{key}` is given to a rule that has no options"
            raise error(at, what, nearest(key, known) or _listed(known))
        values[known[key]] = coerce(hints[known[key]], node)
    try:
        made = options(**values)
    except (TypeError, ValueError) as refused:
        raise error(next(iter(given.values())), str(refused), None) from refused
    mistake = made.mistake() if hasattr(made, "mistake") else None
    if mistake is not None:
        name, what = mistake
        raise error(given.get(_kebab(name)) or next(iter(given.values())), what, None)
    return made


def describe(options: type[Any]) -> tuple[Option, ...]:
    """Return the options of a rule in their order; the docs are the strings under the fields."""
    return tuple(option for option, _ in described(options))


def described(options: type[Any]) -> Iterator[tuple[Option, Any]]:
    """Yield each option with its type as Python has it."""
    docs, hints, defaults = _field_docs(options), _hints(options), options._field_defaults
    for name in options._fields:
        words = type_name(hints[name]), defaults.get(name), docs.get(name, ""), name not in defaults
        yield Option(_kebab(name), *words), hints[name]


def type_name(hint: Any) -> str:
    """Return what a type accepts, in words."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return " | ".join(str(value) for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_name(each) for each in arguments if each is not type(None))
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    if origin in (dict, AbstractMapping):
        return f"mapping to {type_name(arguments[1])}"
    if _is_options(hint):
        return "mapping"
    return {bool: "true or false", int: "whole number", float: "number", str: "text"}.get(hint, "any value")


def error(node: Node, message: str, hint: str | None) -> PolicyError:
    """Return an error at a node of a policy."""
    line, column = node.document.position(node.start)
    return PolicyError(message, path=node.document.name, line=line, column=column, hint=hint)


def coerce(hint: Any, node: Node) -> Any:
    """Return a node's value as a type takes it. Raises PolicyError at the value that does not fit."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if isinstance(node, Scalar) and node.value is None and type(None) in arguments:
            return None
        return coerce(next(each for each in arguments if each is not type(None)), node)
    if origin is tuple and isinstance(node, Sequence):
        return tuple(coerce(arguments[0], item) for item in node)
    if origin in (dict, AbstractMapping) and isinstance(node, Mapping):
        return {key: coerce(arguments[1], value) for key, value in node.items()}
    if _is_options(hint) and isinstance(node, Mapping):
        return build(hint, node.entries)
    if isinstance(node, Scalar):
        if origin is Literal:
            if node.text in (texts := [str(value) for value in arguments]):
                return arguments[texts.index(node.text)]
            raise error(node, f"`{node.text}` is not one of {', '.join(texts)}", nearest(node.text, texts))
        if hint is str and node.string is not None:
            return node.text
        if hint is float and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return float(node.value)
        if hint in (bool, int) and type(node.value) is hint:
            return node.value
        if hint is Any:
            return node.plain()
    if hint is Any:
        return node.plain()
    found = node.text if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "a mapping"
    raise error(node, f"expected {type_name(hint)}, found {found or 'nothing'}", None)


def _is_options(hint: Any) -> bool:
    return hasattr(hint, "_field_defaults")


def _hints(options: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(options)


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _listed(known: AbstractMapping[str, str]) -> str | None:
    return f"options: {', '.join(known)}" if known else None


def _field_docs(options: type[Any]) -> dict[str, str]:
    """Return the string under each field, read from the source."""
    import ast
    import inspect
    import textwrap
    from itertools import pairwise

    made: dict[str, str] | None = getattr(options, DOCS, None)
    if made is not None:
        return made
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(options)))
    except (OSError, TypeError):
        return {}
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
