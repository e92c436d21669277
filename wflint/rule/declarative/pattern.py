"""Regular expressions of rules. They meet hostile text, so they run on an engine that takes linear time."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORDS = re.compile(r"(?P<start>\^?)(?P<words>(?:[\w@/:= -]|\\[^\w\s\\])*)(?P<end>\$?)", re.ASCII)
"""Patterns that any engine takes for the same: words, perhaps at the start or the end of the text."""

MAX_LENGTH = 1000
"""How many characters a pattern may have."""


class PatternError(Exception):
    """A text is no regular expression that a rule may use."""


def compiled(pattern: str) -> Callable[[str], bool]:
    """Return a test whether a pattern occurs in a text. Raises PatternError.

    RE2's syntax: without look-around and back-references (https://github.com/google/re2/wiki/Syntax).
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"the pattern has {len(pattern)} characters; {MAX_LENGTH} are the most")
    plain = _WORDS.fullmatch(pattern)
    if plain is not None:
        return _plain(plain["words"].replace("\\", ""), start=bool(plain["start"]), end=bool(plain["end"]))
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        search = re2.compile(pattern, options).search
    except re2.error as refused:
        raise PatternError(f"`{pattern}` is no pattern: {_words(refused)}") from None
    return lambda text: search(text) is not None


def _plain(words: str, *, start: bool, end: bool) -> Callable[[str], bool]:
    """Return the test of a pattern without special characters: it takes a tenth of the engine's time."""
    if start and end:
        return lambda text: text == words
    if start:
        return lambda text: text.startswith(words)
    if end:
        return lambda text: text.endswith(words)
    return lambda text: words in text


def _words(error: Exception) -> str:
    words = error.args[0] if error.args else "it is not understood"
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
