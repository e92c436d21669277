"""GitHub's two dialects of file patterns: workflow filters, and CODEOWNERS.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners

Patterns are hostile input, so they run on an engine that takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(
    r"(?P<escaped>\\.)|(?P<folders>(?:^|(?<=/))\*\*/)|(?P<all>\*\*+)|(?P<star>\*)|(?P<class>\[[^\]]+\])|(?P<repeat>[?+])|(?P<char>.)",
    re.DOTALL,
)


def matches(pattern: str, text: str) -> bool:
    """Tell whether a filter pattern matches the whole of a branch, a tag or a path. A leading `!` is not regarded.

    `*` stops at a slash, `**` does not; `?` and `+` repeat what stands before them; `[]` is one of several.
    """
    return _filter(pattern.removeprefix("!")).fullmatch(text) is not None


def admits(patterns: Iterable[str], text: str) -> bool:
    """Tell whether a list of filter patterns lets a text in: the last that matches decides, `!` keeps out."""
    admitted = False
    for pattern in patterns:
        if matches(pattern, text):
            admitted = not pattern.startswith("!")
    return admitted


def owns(pattern: str, path: str) -> bool:
    """Tell whether a CODEOWNERS pattern matches a file's path from the root, without a leading slash.

    As in .gitignore, but without `!` and `[]`; `folder/*` does not reach into folders below.
    """
    return _owned(pattern).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _filter(pattern: str) -> Any:
    parts: list[str] = []
    repeatable = False
    for match in _TOKEN.finditer(pattern):
        kind, text = match.lastgroup, match[0]
        if kind == "repeat":
            parts.append(text if repeatable else re.escape(text))
            repeatable = not repeatable
            continue
        repeatable = kind in ("escaped", "char", "class")
        if kind == "folders":
            parts.append("(?:.*/)?")
        elif kind == "all":
            parts.append(".*")
        elif kind == "star":
            parts.append("[^/]*")
        elif kind == "class":
            parts.append(_class(text[1:-1]))
        else:
            parts.append(re.escape(text[-1]))
    return _compile("".join(parts))


def _class(text: str) -> str:
    items = re.findall(r".-.|.", text, re.DOTALL)
    ranges = [(item[0], item[-1]) for item in items]
    good = [f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges if first <= last]
    return f"[{''.join(good)}]" if good else r"[^\x00-\x{10FFFF}]"


@lru_cache(maxsize=1024)
def _owned(pattern: str) -> Any:
    anchored = "/" in pattern.rstrip("/")
    folder = pattern.endswith("/")
    parts = [part for part in pattern.split("/") if part]
    expression = "" if anchored and parts[:1] != ["**"] else "(?:.*/)?"
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            expression += ".*" if last else "(?:.*/)?"
        else:
            expression += "".join(_OWNED.get(char) or re.escape(char) for char in part.replace("**", "*"))
            expression += "" if last else "/"
    if folder:
        expression += "/.*"
    elif not (anchored and parts[-1:] == ["*"]):
        expression += "(?:/.*)?"
    return _compile(expression)


_OWNED = {"*": "[^/]*", "?": "[^/]"}


def _compile(expression: str) -> Any:
    import re2

    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    try:
        return re2.compile(expression, options)
    except re2.error:
        # A pattern too large for the engine matches nothing.
        return re.compile(r"(?!)")
