"""A rule's `params`: declared in the rule file, given by a policy as the rule's options."""

from __future__ import annotations

import keyword
import re
from collections import namedtuple
from collections.abc import Iterator, Mapping
from typing import Any

from wflint.errors import PolicyError, RuleError
from wflint.rule.declarative.located import error, mapping, text, unknown
from wflint.rule.options import DOCS, coerce
from wflint.rule.rule import NoOptions
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar, Sequence

TYPES: Mapping[str, Any] = {
    "integer": int,
    "number": float,
    "string": str,
    "boolean": bool,
    "list": tuple[str, ...],
}
"""The types that a param may have; a list is of texts."""

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def options(node: Node | None) -> type[Any]:
    """Return the options that `params` declare. Raises RuleError."""
    if node is None:
        return NoOptions
    hints: dict[str, Any] = {}
    defaults: list[Any] = []
    docs: dict[str, str] = {}
    for name, declared in mapping(node, "`params`").items():
        if not _NAME.fullmatch(name):
            raise error(declared.key_node or declared, "a param's name is lower-case words joined by dashes")
        given = mapping(declared, "a param", ("type", "default", "description"))
        for key in ("type", "default", "description"):
            if key not in given:
                raise error(declared.key_node or declared, f"the param `{name}` needs `{key}`")
        type_ = text(given.entries["type"], "a param's type")
        if type_ not in TYPES:
            raise unknown(given.entries["type"], type_, "type of a param", TYPES)
        field = _field(name)
        hints[field] = TYPES[type_]
        docs[field] = text(given.entries["description"], "a description")
        try:
            defaults.append(coerce(TYPES[type_], given.entries["default"]))
        except PolicyError as wrong:
            raise RuleError(wrong.message, path=wrong.path, line=wrong.line, column=wrong.column) from None
    made: Any = namedtuple("Options", [*hints], defaults=[*defaults])  # type: ignore[misc]
    made.__annotations__ = hints
    setattr(made, DOCS, docs)
    options_: type[Any] = made
    return options_


def values(options: Any) -> dict[str, Any]:
    """Return the params of a run by their names."""
    return {name.rstrip("_").replace("_", "-"): _plain(value) for name, value in options._asdict().items()}


def reference(node: Node) -> Scalar | None:
    """Return the name in `{param: NAME}`; None for anything else."""
    if isinstance(node, MappingNode) and list(node.entries) == ["param"]:
        name = node.entries["param"]
        return name if isinstance(name, Scalar) and isinstance(name.value, str) else None
    return None


def references(node: Node | None) -> Iterator[Scalar]:
    """Yield every name in a `{param: NAME}` in a node or below it."""
    if node is not None:
        yield from (name for each in node.walk() if (name := reference(each)) is not None)


def resolve(node: Node, params: Mapping[str, Any]) -> Any:
    """Return a node's plain value, with params put in."""
    name = reference(node)
    if name is not None:
        if name.text not in params:
            raise unknown(name, name.text, "param of this rule", params)
        return params[name.text]
    if isinstance(node, Sequence):
        return [resolve(item, params) for item in node]
    if isinstance(node, MappingNode):
        return {key: resolve(value, params) for key, value in node.items()}
    return node.plain()


def _field(name: str) -> str:
    field = name.replace("-", "_")
    return f"{field}_" if keyword.iskeyword(field) else field


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
