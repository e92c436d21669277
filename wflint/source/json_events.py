"""JSON as a stream of YAML events: for the JSON that libyaml refuses, such as surrogate pairs written as escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|(?:true|false|null)(?!\w)")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Mark:
    index: int


def events(text: str) -> Iterator[Any]:
    """Yield ruamel's events for a JSON text. Raises ValueError where it is not JSON."""
    from ruamel.yaml import events as yaml

    yield yaml.DocumentStartEvent(_Mark(0), _Mark(0))
    closers: list[str] = []
    expected = "value"
    at = _BLANK.match(text).end()  # type: ignore[union-attr]
    while expected != "end":
        char = text[at : at + 1]
        start = at
        if expected in ("value", "value or ]") and char in ("{", "["):
            at += 1
            opening = yaml.MappingStartEvent if char == "{" else yaml.SequenceStartEvent
            yield opening(None, None, True, _Mark(start), _Mark(at), flow_style=True)
            closers.append("}" if char == "{" else "]")
            expected = "key or }" if char == "{" else "value or ]"
        elif char in ("}", "]") and expected in (f"key or {char}", f"value or {char}", "comma"):
            if closers.pop() != char:
                raise ValueError(f"unexpected {char} at {at}")
            at += 1
            closing = yaml.MappingEndEvent if char == "}" else yaml.SequenceEndEvent
            yield closing(_Mark(start), _Mark(at))
            expected = "comma" if closers else "end"
        elif char == "," and expected == "comma":
            at += 1
            expected = "key" if closers[-1] == "}" else "value"
        elif char == ":" and expected == "colon":
            at += 1
            expected = "value"
        elif expected not in ("comma", "colon"):
            style = None
            if char == '"':
                value, at = scanstring(text, at + 1)
                style = char
                if _SURROGATE.search(value):
                    raise ValueError(f"half of a surrogate pair at {start}")
            else:
                word = _WORD.match(text, at)
                if word is None or expected.startswith("key"):
                    raise ValueError(f"unexpected text at {at}")
                value, at = word[0], word.end()
            yield yaml.ScalarEvent(None, None, (True, True), value, _Mark(start), _Mark(at), style=style)
            expected = "colon" if expected.startswith("key") else "comma" if closers else "end"
        else:
            raise ValueError(f"unexpected text at {at}")
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
    if at != len(text):
        raise ValueError(f"text after the value at {at}")
    yield yaml.StreamEndEvent(_Mark(at), _Mark(at))
