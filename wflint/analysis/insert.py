"""Edits that add entries to a mapping, or take one out, in the style in which it is written.

Each is None where no edit is sure to be right: shared by an alias, an odd layout.
"""

from __future__ import annotations

import re

from wflint.source.edit import Edit
from wflint.source.node import Mapping, Node, Scalar
from wflint.source.span import Span

_BEFORE_KEY = re.compile(r"[ -]*\Z")
_REST = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?(?=[\r\n]|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+|\$\{\{ [^'\"#:{}\r\n]+ \}\}")


def entries(parent: Mapping, section: str, new: dict[str, str], *, beside: str) -> Edit | None:
    """Return the edit that adds entries to `parent[section]`.

    A missing section is created under the key `beside`, or above it where its value is a block. Values are plain words
    or `${{ … }}`. None where no edit is sure to be right: shared by an alias, an odd layout, a value that would need
    quotes, a name that is already there.
    """
    node = parent.get(section)
    if not new or not all(_PLAIN.fullmatch(value) for value in new.values()) or _is_shared(parent):
        return None
    if node is None:
        return _section(parent, section, new, beside)
    if not isinstance(node, Mapping) or _is_shared(node) or any(name in node for name in new) or not node.keys:
        return None
    first = next(iter(node.keys.values()))
    if _is_flow(node):
        return _at(first.start, "".join(f"{name}: {_in_flow(value)}, " for name, value in new.items()))
    indent = _indent(first)
    if indent is None:
        return None
    newline = _newline(first)
    return _at(first.start, "".join(f"{name}: {value}{newline}{indent}" for name, value in new.items()))


def into(node: Mapping, new: dict[str, str]) -> Edit | None:
    """Return the edit that adds entries to a mapping, under its first one where that is one line, else above it.

    Values are as they are to be written. None besides where a name is already there.
    """
    if not new or _is_shared(node) or any(name in node for name in new):
        return None
    if not node.keys:
        inner = ", ".join(f"{name}: {value}" for name, value in new.items())
        return Edit(node.span, f"{{{inner}}}") if node.document.text[node.start : node.end] == "{}" else None
    first = next(iter(node.keys.values()))
    if _is_flow(node):
        return _at(first.start, "".join(f"{name}: {value}, " for name, value in new.items()))
    indent = _indent(first)
    if indent is None:
        return None
    newline = _newline(first)
    end = _line_end(node.entries[first.text]) if first.text in node else None
    if end is None:
        return _at(first.start, "".join(f"{name}: {value}{newline}{indent}" for name, value in new.items()))
    return _at(end, "".join(f"{newline}{indent}{name}: {value}" for name, value in new.items()))


def removed(node: Node) -> Edit | None:
    """Return the edit that takes an entry out of its block mapping, line by line; another one must remain."""
    parent, key = node.parent, node.key_node
    if not isinstance(parent, Mapping) or key is None or len(parent) < 2 or _is_flow(parent) or _is_shared(parent):
        return None
    if any(each.anchor is not None for each in node.walk()):
        return None
    text = node.document.text
    start = max(text.rfind("\n", 0, key.start), text.rfind("\r", 0, key.start)) + 1
    rest = _REST.match(text, max(node.end, key.end + 1))
    if text[start : key.start].strip(" ") or rest is None:
        return None
    newline = _BREAK.match(text, rest.end())
    return Edit(Span(start, newline.end() if newline else rest.end()), "")


def is_one_line(node: Node) -> bool:
    """Tell whether a node is a scalar on one line that stands in one place only, so that it can be replaced."""
    if not isinstance(node, Scalar) or node.style in ("literal", "folded") or _is_shared(node):
        return False
    return "\n" not in node.document.text[node.start : node.end] and node.end > node.start


def _section(parent: Mapping, section: str, new: dict[str, str], beside: str) -> Edit | None:
    key, value = parent.keys.get(beside), parent.get(beside)
    if key is None or value is None:
        return None
    if _is_flow(parent):
        inner = ", ".join(f"{name}: {_in_flow(value)}" for name, value in new.items())
        return _at(key.start, f"{section}: {{{inner}}}, ")
    indent = _indent(key)
    if indent is None:
        return None
    newline = _newline(key)
    lines = [f"{section}:", *(f"{indent}  {name}: {text}" for name, text in new.items())]
    end = _line_end(value)
    if end is None:
        return _at(key.start, newline.join([*lines, indent]))
    return _at(end, "".join([newline, indent, newline.join(lines)]))


def _line_end(value: Node) -> int | None:
    """Return where the line of a one-line scalar ends, its comment included; None for any other value."""
    text = value.document.text
    found = _REST.match(text, value.end)
    return found.end() if isinstance(value, Scalar) and found and "\n" not in text[value.start : value.end] else None


def _at(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


def _is_shared(node: Node | None) -> bool:
    """Tell whether the node may stand in several places, so that an edit would change them all."""
    while node is not None:
        if node.anchor is not None:
            return True
        node = node.parent
    return False


def _is_flow(node: Mapping) -> bool:
    first = next(iter(node.keys.values()), None)
    return first is not None and "{" in node.document.text[node.start : first.start]


def _indent(key: Scalar) -> str | None:
    """Return the blanks that bring another key under this one; None where something stands before it on its line."""
    text = key.document.text
    start = max(text.rfind("\n", 0, key.start), text.rfind("\r", 0, key.start)) + 1
    before = text[start : key.start]
    return " " * len(before) if _BEFORE_KEY.match(before) else None


def _newline(node: Node) -> str:
    """Return the line break that the line of a node ends with."""
    text = node.document.text
    return "\r\n" if text[max(text.find("\n", node.start) - 1, 0)] == "\r" else "\n"


def _in_flow(value: str) -> str:
    return f'"{value}"' if "{" in value else value
