"""Path globs of policies. A pull request may bring its own, so no pattern can make matching slow."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"\*\*/|\*\*|.", re.DOTALL)


@lru_cache(maxsize=65536)
def matches(pattern: str, path: str) -> bool:
    """Tell whether a glob matches the whole of a path: `*` and `?` stay in a folder, `**` crosses folders.

    Takes time in proportion to the lengths of both.
    """
    if "*" not in pattern and "?" not in pattern:
        return pattern == path
    parts = _tokens(pattern)
    states = _reached(parts, {0})
    for char in path:
        following = set()
        for state in states:
            part = parts[state]
            if part in ("**", "folders") or (part == "*" and char != "/"):
                following.add(state)
            if part == char or (part == "?" and char != "/") or (part == "folders" and char == "/"):
                following.add(state + 1)
        if not following:
            return False
        states = _reached(parts, following)
    return len(parts) - 1 in states


@lru_cache(maxsize=1024)
def _tokens(pattern: str) -> tuple[str, ...]:
    """Return the pattern's parts, and the end. `**/` is two: whether there are folders, and the folders."""
    parts: list[str] = []
    for part in _TOKEN.findall(pattern):
        parts += ("maybe", "folders") if part == "**/" else (part,)
    return (*parts, "end")


def _reached(parts: tuple[str, ...], states: set[int]) -> set[int]:
    """Return the states with those that are reached without a character: stars and folders may be absent."""
    reached: set[int] = set()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            if parts[state] in ("*", "**"):
                waiting.append(state + 1)
            elif parts[state] == "maybe":
                waiting += (state + 1, state + 2)
    return reached
