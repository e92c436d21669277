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


def one_slip(one: str, other: str) -> bool:
    """Tell whether one name becomes the other by a letter put in, left out, changed, or swapped with the next."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[at:], other[at:]
    swapped = len(rest) > 1 and rest[1::-1] + rest[2:] == others
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
