"""Many documents, one model: what each tells of a repository, put together.

What is written beats a default, and a default beats what is unknown; among equals GitHub's answer beats what somebody
wants, and then the earlier document. A ruleset that several answers tell of, by its id, is one policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from wflint.settings.loaders.sniff import load
from wflint.settings.model import Partial, RepositorySettings
from wflint.settings.policy import RefPolicy
from wflint.settings.sections import EnvironmentSettings
from wflint.settings.value import Setting
from wflint.source.document import Document

S = TypeVar("S")

_RANK = {"set": 0, "default": 1, "unknown": 2}


def gather(documents: Iterable[Document]) -> RepositorySettings | None:
    """Return the settings of the repository that the documents were found in; None when they tell of none."""
    found = gather_each(documents)
    return found[0] if found else None


def gather_each(documents: Iterable[Document]) -> list[RepositorySettings]:
    """Return the settings of every repository told of: first of the one that the documents were found in.

    Where documents name one repository only, it is the one they were found in.
    """
    partials = [partial for document in documents for partial in load(document)]
    subjects = list(dict.fromkeys(_subject(partial) for partial in partials if partial.subject is not None))
    if len(subjects) <= 1:
        groups = [(subjects[0] if subjects else None, partials)]
    else:
        own: list[Partial] = [partial for partial in partials if partial.subject is None]
        groups = [(None, own)]
        groups += [(name, [one for one in partials if one.subject and _subject(one) == name]) for name in subjects]
    return [_together(name, group) for name, group in groups if group]


def _subject(partial: Partial) -> str:
    return (partial.subject or "").lower()


def _together(subject: str | None, partials: list[Partial]) -> RepositorySettings:
    ranked = sorted(partials, key=lambda partial: partial.source.intent != "live")
    merged: dict[str, Any] = {
        name: _merge([getattr(partial, name) for partial in ranked])
        for name in ("identity", "merge", "actions", "security", "access")
    }
    return RepositorySettings(
        sources=tuple(partial.source for partial in partials),
        subject=next((partial.subject for partial in partials if partial.subject), subject),
        policies=_policies(policy for partial in partials for policy in partial.policies),
        environments=_environments(one for partial in ranked for one in partial.environments),
        oddities=tuple(oddity for partial in partials for oddity in partial.oddities),
        **merged,
    )


def _merge(sections: Sequence[S]) -> S:
    """Return a section whose every setting is the best known."""
    best: dict[str, Any] = {}
    for section in sections:
        for field in fields(section):  # type: ignore[arg-type]
            value = getattr(section, field.name)
            if isinstance(value, Setting):
                held = best.get(field.name)
                if held is None or _RANK[value.state] < _RANK[held.state]:
                    best[field.name] = value
    return replace(sections[0], **best)  # type: ignore[type-var]


def _policies(policies: Iterable[RefPolicy]) -> tuple[RefPolicy, ...]:
    found: dict[object, list[RefPolicy]] = {}
    for policy in policies:
        same: object = id(policy)
        if policy.kind == "ruleset" and policy.id.value is not None and policy.source.intent == "live":
            same = policy.id.value
        found.setdefault(same, []).append(policy)
    return tuple(_one(same) if len(same) > 1 else same[0] for same in found.values())


def _one(policies: list[RefPolicy]) -> RefPolicy:
    """Return one policy of the answers about it: first the one that shows its conditions, which has most to tell."""
    ordered = sorted(policies, key=lambda policy: (not policy.name.known, not policy.bypass.known))
    merged = _merge(ordered)
    includes = [policy.include for policy in ordered if policy.include.known]
    if not includes or any(policy.include.known and policy.name.known for policy in ordered):
        return merged
    # Answers about several branches, and none that shows the ruleset's own conditions.
    patterns = {pattern.ref: pattern for include in includes for pattern in include.value or ()}
    return replace(merged, include=Setting(tuple(patterns.values()), "set", includes[0].place))


def _environments(environments: Iterable[EnvironmentSettings]) -> tuple[EnvironmentSettings, ...]:
    found: dict[str, list[EnvironmentSettings]] = {}
    for one in environments:
        found.setdefault((one.name.value or "").lower(), []).append(one)
    return tuple(_merge(same) for same in found.values())
