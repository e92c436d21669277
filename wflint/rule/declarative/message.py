"""A rule's `message`: a text with `{names}` in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from wflint.rule.declarative.located import text, unknown
from wflint.source.node import Node, Scalar

BUILT_IN = ("key", "value", "path", "file")
"""The key or item that is broken, its value, the way to it (`jobs.build.runs-on`), and the file's path."""

_NAME = re.compile(r"(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})")
"""A name in single braces: `${{ … }}` is itself."""

_CLIP = 60


class Message:
    """A checked template."""

    def __init__(self, node: Node, params: Collection[str]) -> None:
        """Check the names in the text. Raises RuleError for one that stands for nothing."""
        self.text = text(node, "a message")
        self.names = frozenset(match[1] for match in _NAME.finditer(self.text))
        for name in sorted(self.names - {*BUILT_IN, *params}):
            raise unknown(node, f"{{{name}}}", "name that a message knows", (f"{{{n}}}" for n in (*BUILT_IN, *params)))

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the text with the names' values in their places."""
        return _NAME.sub(lambda match: shown(values[match[1]]), self.text)


def shown(value: object) -> str:
    """Return a value as a message shows it, in one line and clipped."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    line = " ".join(str(value).split())
    return line if len(line) <= _CLIP else f"{line[: _CLIP - 1]}…"


def value_of(node: Node) -> object:
    """Return what `{value}` shows of a node."""
    if isinstance(node, Scalar):
        return node.text if node.string is not None else "nothing"
    return "a mapping" if hasattr(node, "entries") else "a list"


def key_of(node: Node) -> str:
    """Return what `{key}` shows of a node: its key, an item's place after its list's key, a file's name at the root."""
    return "".join(_key(node)) or node.document.name.rpartition("/")[2]


def _key(node: Node) -> Iterator[str]:
    if isinstance(node.key, int):
        if node.parent is not None:
            yield from _key(node.parent)
        yield f"[{node.key}]"
    elif node.key is not None:
        yield node.key
