"""What the terminal can show, and how wflint speaks on standard error."""

from __future__ import annotations

import os
import sys
from typing import IO, Literal

from wflint.errors import WflintError
from wflint.report.escape import line

Color = Literal["auto", "always", "never"]


def colored(wish: Color, stream: IO[str]) -> bool:
    """Tell whether to colour: the option, else NO_COLOR, else FORCE_COLOR, else whether the stream is a terminal."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def complain(misuse: WflintError) -> None:
    """Say on standard error what was asked wrongly, where, and what to type instead."""
    place = ":".join(str(part) for part in (misuse.path, misuse.line, misuse.column) if part is not None)
    _stderr(f"wflint: {place + ': ' if place else ''}{misuse.message}")
    if misuse.hint:
        _stderr(f"  hint: {misuse.hint}")


def say(text: str) -> None:
    """Say something on standard error that is no result."""
    _stderr(f"wflint: {text}")


def _stderr(text: str) -> None:
    print(line(text), file=sys.stderr)
