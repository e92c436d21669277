"""Which refs a policy applies to.

Patterns are those of Ruby's `File.fnmatch` with FNM_PATHNAME: `*` stops at a slash, only `**/` goes over it.
https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax

A ruleset's patterns are for full refs. The answer is None where the input does not tell: no conditions are
visible, or the default branch is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wflint.settings.policy import RefPattern, RefPolicy
from wflint.settings.value import texts
from wflint.source.node import Place

ALL = "~ALL"
DEFAULT_BRANCH = "~DEFAULT_BRANCH"
_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_WILD = frozenset("*?[\\")
_LONGEST = 1000
"""Refs and patterns longer than this match nothing: file systems that Git runs on end far earlier."""

_TOKEN = re.compile(
    r"(?P<folders>(?:^|(?<=/))(?:\*\*/)+)|(?P<star>\*+)|(?P<any>\?)|\[(?P<set>[!^]?\]?[^\]/]*)\]|\\(?P<escaped>.)|(?P<char>.)",
    re.DOTALL,
)


def full_ref(ref: str) -> str:
    """Return a ref in full: a bare name is a branch; a token and `refs/…` stay as they are."""
    return ref if ref.startswith("refs/") or ref in (ALL, DEFAULT_BRANCH) else _HEADS + ref


def short_ref(ref: str) -> str:
    """Return a ref without `refs/heads/` or `refs/tags/`."""
    return ref.removeprefix(_HEADS).removeprefix(_TAGS)


def ruleset_pattern(text: str, place: Place, *, prefix: str = "") -> RefPattern:
    """Return a ruleset's pattern; `prefix` is what the format puts before a bare name."""
    if text in (ALL, DEFAULT_BRANCH):
        return RefPattern(text, text, "token", place)
    ref = text if text.startswith("refs/") else prefix + text
    return RefPattern(text, ref, "fnmatch" if _WILD.intersection(text) else "literal", place)


def branch_pattern(text: str, place: Place, *, wildcards: bool = True) -> RefPattern:
    """Return a classic rule's pattern, which is for a branch's bare name."""
    wild = wildcards and bool(_WILD.intersection(text))
    return RefPattern(text, _HEADS + text, "fnmatch" if wild else "literal", place)


def fnmatch(pattern: str, text: str) -> bool:
    """Tell whether a pattern matches the whole of a text."""
    if len(pattern) > _LONGEST or len(text) > _LONGEST:
        return False
    return _compiled(pattern).fullmatch(text) is not None


def matches(pattern: RefPattern, ref: str, default_branch: str | None = None) -> bool | None:
    """Tell whether a pattern matches a full ref, or the default branch when `ref` is that token."""
    if pattern.ref == ALL:
        return True
    if ref == DEFAULT_BRANCH and default_branch is not None:
        ref = _HEADS + default_branch
    if pattern.ref == DEFAULT_BRANCH:
        if ref == DEFAULT_BRANCH:
            return True
        if not ref.startswith(_HEADS):
            return False
        return ref == _HEADS + default_branch if default_branch is not None else None
    if ref == DEFAULT_BRANCH:
        if pattern.ref in (f"{_HEADS}**/*", "refs/**/*"):
            return True
        return None if pattern.ref.startswith(_HEADS) else False
    if pattern.syntax == "literal":
        return pattern.ref == ref
    return fnmatch(pattern.ref, ref)


def applies(policy: RefPolicy, ref: str, *, default_branch: str | None = None, name: str | None = None) -> bool | None:
    """Tell whether a policy is for a ref, enforced or not; None when the input does not say.

    `name` is the repository's, for an organization's ruleset. Of a ruleset with neither included nor excluded refs
    the answer is no; exclusions alone leave everything else in.
    """
    ref = full_ref(ref)
    kind = "tag" if ref.startswith(_TAGS) else "branch"
    if policy.target.known and policy.target.value != kind:
        return False
    known = policy.target.known and policy.include.known and policy.exclude.known
    include, exclude = policy.include.value or (), policy.exclude.value or ()
    out = _any(matches(pattern, ref, default_branch) for pattern in exclude)
    if out:
        return False
    if not include:
        inside: bool | None = bool(exclude)
    else:
        inside = _any(matches(pattern, ref, default_branch) for pattern in include)
    if not known:
        return None
    here = _selects(texts(policy.repositories), name) if policy.repositories.is_on else True
    if inside is False or here is False:
        return False
    return None if inside is None or out is None or here is None else True


def _selects(patterns: Iterable[str], name: str | None) -> bool | None:
    """Tell whether an organization's ruleset is for a repository."""
    wanted = list(patterns)
    if ALL in wanted:
        return True
    return any(fnmatch(pattern.lower(), name.lower()) for pattern in wanted) if name is not None else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    found: bool | None = False
    for answer in answers:
        if answer:
            return True
        if answer is None:
            found = None
    return found


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    import re2

    parts: list[str] = []
    for match in _TOKEN.finditer(pattern):
        kind, text = match.lastgroup, match[0]
        if kind == "folders":
            parts.append("(?:[^/]+/)*")
        elif kind == "star":
            parts.append("[^/]*")
        elif kind == "any":
            parts.append("[^/]")
        elif kind == "set":
            parts.append(_set(match["set"]))
        elif text == "[":
            # A set that is never closed matches nothing.
            return re.compile(r"(?!)")
        else:
            parts.append(re.escape(match["escaped"] or text))
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    try:
        return re2.compile("".join(parts), options)
    except re2.error:
        # A pattern that is none, or too large for the engine, matches nothing.
        return re.compile(r"(?!)")


def _set(text: str) -> str:
    """Return a set of characters as the engine writes it; none of them ever is a slash."""
    negated = text[:1] in ("!", "^")
    ranges: list[str] = []
    for item in re.findall(r"\\?(.)-\\?(.)|\\?(.)", text[1:] if negated else text, re.DOTALL):
        first, last = (item[0], item[1]) if item[0] else (item[2], item[2])
        for low, high in ((first, min(last, ".")), (max(first, "0"), last)):
            if low <= high:
                ranges.append(f"\\x{{{ord(low):x}}}-\\x{{{ord(high):x}}}")
    if negated:
        return f"[^/{''.join(ranges)}]"
    return f"[{''.join(ranges)}]" if ranges else r"[^\x00-\x{10FFFF}]"
