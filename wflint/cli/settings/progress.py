"""How far a long run is: a bar on a terminal, nothing anywhere else."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Self

from wflint.report.escape import clipped, printable

_WIDTH = 20


class Progress:
    """A line on standard error that is written over and over."""

    def __init__(self, total: int) -> None:
        """`total` is how many things there are to do; for one there is no bar."""
        self._total = total
        self._shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, done: int, what: str) -> None:
        """Say how many are done, and what is being done."""
        if self._shown:
            filled = _WIDTH * done // self._total
            bar = f"[{'#' * filled:{_WIDTH}}] {done}/{self._total} " if self._total > 1 else ""
            print(f"\r\x1b[K{bar}{clipped(printable(what), 50)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away, before something else is said."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
