"""A rule's `fix`: one small edit where it is sure to be right, none where it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from wflint.rule.declarative.located import error, flag, mapping, text
from wflint.rule.declarative.params import resolve
from wflint.rule.finding import FileEdit, Fix
from wflint.source.edit import Edit
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar
from wflint.source.scalar import core_value

_ACTIONS = ("replace", "set", "remove")
_PLAIN = re.compile(r"[A-Za-z0-9_./*-][A-Za-z0-9_./@+-]*")


class Recipe(NamedTuple):
    """A fix as the rule file declares it."""

    title: str
    action: str
    node: Node
    safe: bool

    def fix(self, at: Node, missing: tuple[str | int, ...], params: Mapping[str, Any]) -> Fix | None:
        """Return the fix for a broken node, or for what is missing below it; None where no edit is sure."""
        from wflint.analysis import insert

        if self.action == "replace":
            edit = None if missing else _replace(at, resolve(self.node, params))
        elif self.action == "remove":
            edit = None if missing else insert.removed(at)
        else:
            edit = None if missing[1:] else _set(at, resolve(self.node, params))
        return Fix(self.title, (FileEdit(at.document.name, edit),), self.safe) if edit is not None else None


def read(node: Node | None) -> Recipe | None:
    """Return what a rule's `fix` declares. Raises RuleError."""
    if node is None:
        return None
    given = mapping(node, "`fix`", ("title", "safe", *_ACTIONS))
    actions = [name for name in _ACTIONS if name in given]
    if "title" not in given or len(actions) != 1:
        raise error(node, "a fix has a `title`, and one of `replace`, `set` and `remove`")
    value = given.entries[actions[0]]
    if actions[0] == "remove" and not flag(value, "`remove`"):
        raise error(value, "`remove` is `true`, or is not there")
    if actions[0] == "replace" and not isinstance(value, Scalar) and "param" not in mapping(value, "`replace`"):
        raise error(value, "`replace` is the text to put there, or `{param: NAME}`")
    if actions[0] == "set":
        if not mapping(value, "`set`").entries:
            raise error(value, "`set` gives one key at least")
        for each in mapping(value, "`set`").entries.values():
            if not isinstance(each, Scalar) and "param" not in mapping(each, "a value"):
                raise error(each, "`set` gives keys plain values")
    safe = given.get("safe")
    return Recipe(text(given.entries["title"], "a title"), actions[0], value, safe is not None and flag(safe, "`safe`"))


def written(value: Any) -> str:
    """Return how a plain value is written in YAML: plain where that reads back as the same, else in double quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _PLAIN.fullmatch(value) and isinstance(core_value(value), str)
    return value if plain else json.dumps(value, ensure_ascii=False)


def _replace(node: Node, value: Any) -> Edit | None:
    from wflint.analysis import insert

    return Edit(node.span, written(value)) if insert.is_one_line(node) else None


def _set(node: Node, values: dict[str, Any]) -> Edit | None:
    """Return the edit that gives a mapping keys, or changes the only one, which may be the broken value itself."""
    from wflint.analysis import insert

    [key, *more] = values
    if not isinstance(node, MappingNode):
        return _replace(node, values[key]) if node.key == key and not more else None
    if key in node and not more:
        return _replace(node.entries[key], values[key])
    return insert.into(node, {name: written(value) for name, value in values.items()})
