"""Patterns that match nothing, and policies that therefore hold for nothing.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wflint.settings.patterns import ALL, DEFAULT_BRANCH, matches
from wflint.settings.policy import RefPattern, RefPolicy
from wflint.source.node import Place

_PREFIX = {"branch": "refs/heads/", "tag": "refs/tags/"}


class Dead(NamedTuple):
    """A pattern, or a pair of lists, by which nothing is selected."""

    place: Place
    why: str
    whole: bool
    """Whether the policy as a whole holds for nothing."""


def dead(policy: RefPolicy) -> Iterator[Dead]:
    """Yield what selects nothing in a policy."""
    if policy.kind == "classic":
        yield from _literal_names(policy)
    elif policy.target.value in _PREFIX and policy.include.known and policy.exclude.known:
        yield from _ruleset(policy, policy.include.value or (), policy.exclude.value or ())


def _literal_names(policy: RefPolicy) -> Iterator[Dead]:
    """Yield names with a wildcard: a request is for one branch by its name, and there is none of that name."""
    for pattern in policy.include.value or ():
        if policy.source.format in ("classic-put", "settings-app", "asf") and "*" in pattern.text:
            why = f"`{pattern.text}` is taken as the name of one branch, with no wildcards; use a ruleset"
            yield Dead(pattern.place, why, True)


def _ruleset(policy: RefPolicy, include: tuple[RefPattern, ...], exclude: tuple[RefPattern, ...]) -> Iterator[Dead]:
    prefix = _PREFIX[policy.target.value or "branch"]
    if not include and not exclude:
        place = policy.include.place or policy.place
        yield Dead(place, f"no ref is included: list `~DEFAULT_BRANCH` or `{prefix}…` in `include`", True)
        return
    found = [(pattern, why) for pattern in include if (why := _why(pattern, prefix, exclude)) is not None]
    for pattern, why in found:
        yield Dead(pattern.place, why, len(found) == len(include))
    for pattern in exclude:
        if (why := _shape(pattern, prefix)) is not None:
            yield Dead(pattern.place, f"{why}, so that nothing is excluded by it", False)


def _why(pattern: RefPattern, prefix: str, exclude: tuple[RefPattern, ...]) -> str | None:
    shape = _shape(pattern, prefix)
    if shape is not None:
        return shape
    if pattern.syntax != "fnmatch" and any(_covers(out, pattern) for out in exclude):
        return f"`{pattern.text}` is excluded again"
    return None


def _shape(pattern: RefPattern, prefix: str) -> str | None:
    if pattern.ref == ALL or (pattern.ref == DEFAULT_BRANCH and prefix == "refs/heads/"):
        return None
    if pattern.ref == DEFAULT_BRANCH:
        return "`~DEFAULT_BRANCH` is no tag"
    if pattern.ref.startswith(prefix) or (pattern.syntax == "fnmatch" and pattern.ref.startswith("refs/*")):
        return None
    if pattern.ref.startswith("refs/"):
        return f"`{pattern.text}` is no {'branch' if prefix == 'refs/heads/' else 'tag'}; write `{prefix}…`"
    return f"patterns are for full refs; write `{prefix}{pattern.text}`"


def _covers(out: RefPattern, pattern: RefPattern) -> bool:
    if pattern.ref == ALL:
        return out.ref == ALL
    return matches(out, pattern.ref) is True
