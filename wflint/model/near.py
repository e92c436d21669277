"""The name that somebody meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_MOST = 60


def hint(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` for a mistyped word; empty where no known name is close, or there are too many."""
    import difflib

    names = list(islice(known, _MOST))
    found = difflib.get_close_matches(word, names, n=1, cutoff=0.7) if len(word) <= _MOST else []
    return f"; did you mean `{found[0]}`?" if found else ""
