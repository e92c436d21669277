"""How a report is to look: what the person asked for, decided once by the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Ink = Literal["plain", "strong", "dim", "gutter", "help", "error", "warning", "note"]
Paint = Callable[[Ink, str], str]
"""Gives printable text the look of an ink, and makes it safe for where it goes."""

_SGR: dict[Ink, str] = {
    "strong": "1",
    "dim": "2",
    "gutter": "1;34",
    "help": "1;32",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
}


def unpainted(ink: Ink, text: str) -> str:
    """Leave the text as it is."""
    return text


def ansi(ink: Ink, text: str) -> str:
    """Colour the text for a terminal."""
    return f"\x1b[{_SGR[ink]}m{text}\x1b[0m" if ink in _SGR and text else text


class Style(NamedTuple):
    """What a format may be asked for; each heeds what concerns it."""

    color: bool = False
    waived: bool = False
    """Whether waived findings are listed in SARIF, as suppressed results."""

    @property
    def paint(self) -> Paint:
        """How plain text is coloured."""
        return ansi if self.color else unpainted


PLAIN = Style()
