"""A rule's `message`: a text with `{names}` in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from wflint.rule.declarative.found import Found
from wflint.rule.declarative.located import text, unknown
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar, Sequence

BUILT_IN = ("key", "value", "path", "file")
"""The key or item that is broken, its value, the way to it (`jobs.build.runs-on`), and the file's path."""

_NAME = re.compile(r"(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})")
"""A name in single braces: `${{ … }}` is itself."""

_CLIP = 60


class Message:
    """A checked template."""

    def __init__(self, node: Node, params: Collection[str]) -> None:
        """Check the names in the text. Raises RuleError for one that stands for nothing."""
        parts = _NAME.split(text(node, "a message"))
        self.names = frozenset(parts[1::2])
        self._parts = parts
        for name in sorted(self.names - {*BUILT_IN, *params}):
            raise unknown(node, f"{{{name}}}", "name that a message knows", (f"{{{n}}}" for n in (*BUILT_IN, *params)))

    def fill(self, found: Found, default: Node | None, params: Mapping[str, object]) -> str:
        """Return the text about a broken node, or about what is missing; `default` is what is judged in its stead."""
        if len(self._parts) == 1:
            return self._parts[0]
        said = list(self._parts)
        for place in range(1, len(said), 2):
            said[place] = shown(_value(said[place], found, default, params))
        return "".join(said)


def shown(value: object) -> str:
    """Return a value as a message shows it, in one line and clipped."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    line = " ".join(str(value).split())
    return line if len(line) <= _CLIP else f"{line[: _CLIP - 1]}…"


def _value(name: str, found: Found, default: Node | None, params: Mapping[str, object]) -> object:
    node, missing = found
    if name in params:
        return params[name]
    if name == "file":
        return node.document.name
    if name == "key":
        return missing[-1] if missing else _key(node) or node.document.name.rpartition("/")[2]
    if name == "path":
        return "".join([node.route, *map(_step, missing)]).removeprefix(".") or node.document.name
    return _said(default if missing else node)


def _said(node: Node | None) -> str:
    if isinstance(node, Scalar) and node.string is not None:
        return node.text
    if isinstance(node, MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, Sequence) else "nothing"


def _key(node: Node) -> str:
    """Return a node's key, or an item's place after its list's key."""
    places = ""
    while isinstance(node.key, int) and node.parent is not None:
        places = f"[{node.key}]{places}"
        node = node.parent
    return f"{node.key or ''}{places}"


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"
