"""What a scalar's text means, and where each of its characters is written."""

from __future__ import annotations

import re

from wflint.source.node import Scalar

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START = frozenset("0123456789+-.")
_DIGITS = 4000
"""How many digits a number may have: Python refuses to read longer ones, so they stay text."""

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ESCAPED: dict[str, int] = {"x": 2, "u": 4, "U": 8}


def core_value(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

    Only `true` and `false`, in three spellings, are booleans: `on`, `off`, `yes` and `no` are text.
    """
    if text[:1] not in _NUMERIC_START:
        return _CONSTANTS.get(text, text) if len(text) <= 5 else text
    if len(text) > _DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text[2:], {"o": 8, "x": 16}[text[1]]) if text[1:2] in ("o", "x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    special = _SPECIAL.fullmatch(text)
    if special is None:
        return text
    return float("nan") if special[1] is None else float(special[1] + "inf")


def offsets(scalar: Scalar) -> list[int]:
    """Return where in the document each character of a scalar's text is written, and at last where the text ends.

    A blank or line break that folding made stands for the line break it came from; an escape counts from its backslash.
    """
    source = scalar.document.text
    if scalar.style == "plain":
        found = _flow(source, scalar.start, scalar.end, "plain")
    elif scalar.style in ("single", "double"):
        found = _flow(source, scalar.start + 1, scalar.end - 1, scalar.style)
    else:
        found = _block(source, scalar)
    # The two readers of the text, the parser and this module, must agree; where they do not, no offset is out of range.
    surplus = len(scalar.text) + 1 - len(found)
    return found if surplus == 0 else found[: len(scalar.text)] + [scalar.end] * (1 + max(surplus - 1, 0))
