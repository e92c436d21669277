"""Which entry of a table of commands a command line is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise


def matches(entry: str, words: Sequence[str]) -> bool:
    """Tell whether words of a command line are the command of an entry, such as `gh pr review --approve`.

    The program must be the entry's, without its folder; the entry's subcommands must be the first words that are no
    flags, a flag's own value aside; the entry's flags may stand anywhere.
    """
    wanted = entry.split()
    if not words or not wanted or _program(words[0], wanted[0]) != wanted[0]:
        return False
    flags = [word for word in wanted[1:] if word.startswith("-")]
    subcommands = [word for word in wanted[1:] if not word.startswith("-")]
    if not all(any(word == flag or word.startswith(f"{flag}=") for word in words[1:]) for flag in flags):
        return False
    plain = [word for word in words[1:] if not word.startswith("-")]
    if plain[: len(subcommands)] == subcommands:
        return True
    valued = [
        word
        for before, word in pairwise(words)
        if not word.startswith("-") and not (before.startswith("-") and "=" not in before)
    ]
    return valued[: len(subcommands)] == subcommands


def find(entries: Iterable[str], words: Sequence[str]) -> str | None:
    """Return the longest entry that the words are, or None."""
    return max((entry for entry in entries if matches(entry, words)), key=len, default=None)


def _program(word: str, wanted: str) -> str:
    return word if "/" in wanted else word.replace("\\", "/").rpartition("/")[2].removesuffix(".exe")


def by_program(entries: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return entries by their first word, so that a look-up reads only a few."""
    index: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        program = entry.split()[0]
        index[program] = (*index.get(program, ()), entry)
    return index
