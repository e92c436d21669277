"""Numbers as GitHub reads and writes them.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals
"""

from __future__ import annotations

import math
import re

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_RADIX = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")


def read(text: str) -> float:
    """Return the number that a text spells, NaN if it spells none; a blank text is 0.

    Hexadecimal and octal numbers have 32 bits and a sign: `0xffffffff` is -1.
    """
    text = text.strip()
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    if text in ("Infinity", "-Infinity"):
        return float(text)
    if _RADIX.fullmatch(text):
        digits = text[2:].lstrip("0") or "0"
        if len(digits) > 11:
            return math.nan
        value = int(digits, 16 if text[1] == "x" else 8)
        if value < 2**32:
            return float(value - 2**32 if value >= 2**31 else value)
    return math.nan


def write(number: float) -> str:
    """Return a number as an expression prints it: fifteen digits at most, no fraction where there is none."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return f"{number:.15G}" if number else "0"
