"""Reading a rule file: every mistake is a RuleError at its line and column."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.errors import RuleError, nearest
from wflint.source.node import Mapping, Node, Scalar


def error(node: Node, message: str, hint: str | None = None) -> RuleError:
    """Return an error at a node of a rule file."""
    line, column = node.document.position(node.start)
    return RuleError(message, path=node.document.name, line=line, column=column, hint=hint)


def unknown(node: Node, word: str, what: str, known: Iterable[str]) -> RuleError:
    """Return the error of a word that is none of those known; the nearest one is its hint."""
    words = list(known)
    hint = nearest(word, words) or (f"one of {', '.join(words)}" if words else "there is none")
    return error(node, f"`{word}` is no {what}", hint)


def mapping(node: Node, what: str, known: Iterable[str] | None = None) -> Mapping:
    """Return a node as a mapping whose keys are all known."""
    if not isinstance(node, Mapping):
        raise error(node, f"{what} is a mapping of keys to values")
    keys = None if known is None else list(known)
    for key, word in node.keys.items():
        if keys is not None and key not in keys:
            raise unknown(word, key, f"key of {what}", keys)
    return node


def text(node: Node, what: str) -> str:
    """Return the text of a scalar that is text."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        raise error(node, f"{what} is a text")
    return node.text


def flag(node: Node, what: str) -> bool:
    """Return a boolean."""
    if not isinstance(node, Scalar) or not isinstance(node.value, bool):
        raise error(node, f"{what} is `true` or `false`")
    return node.value
