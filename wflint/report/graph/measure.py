"""How wide a text is, roughly, without a font to ask."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("fijlrtI.,:;'|!()[]/\\ `-")
_BROAD = frozenset("mwMW@%…—")
_BOLD = 1.15


def width(text: str, size: float = 13, *, bold: bool = False) -> float:
    """Return the width of printable text in pixels, at a font's size in pixels; rather too much than too little."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def fitted(text: str, most: float, size: float = 13, *, bold: bool = False) -> str:
    """Return as much of a printable text as is no wider than `most` pixels; `…` stands for what is missing."""
    if bold:
        most /= _BOLD
    if width(text[: int(most)], size) <= most and len(text) <= most:
        return text
    left = most - _em("…") * size
    for index, char in enumerate(text):
        left -= _em(char) * size
        if left < 0:
            return text[:index].rstrip() + "…"
    return text


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.4
    if char in _BROAD:
        return 0.95
    if char.isascii():
        return 0.75 if char.isupper() else 0.63
    return 1.1 if unicodedata.east_asian_width(char) in "WF" else 0.0 if unicodedata.combining(char) else 0.8
