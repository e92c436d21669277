"""What holds for a ref when all of its policies are taken together.

One classic rule governs: a literal name before wildcards, then the first. Every active ruleset that applies counts
beside it, and the most restrictive demand wins. `evaluate` and `disabled` never count.
https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets#about-rule-layering
https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/managing-a-branch-protection-rule#about-branch-protection-rules
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from wflint.settings.actor import Actor, ActorSet
from wflint.settings.controls import ALL_METHODS, Controls, controls, off
from wflint.settings.model import RepositorySettings
from wflint.settings.patterns import DEFAULT_BRANCH, applies, full_ref
from wflint.settings.policy import RefPolicy
from wflint.settings.sections import MergeSettings
from wflint.settings.value import Setting

ANYONE: Actor | None = None
"""Somebody with write access and no bypass."""


@dataclass(frozen=True)
class EffectivePolicy(Controls):
    """The demands on a ref. Each names the places that produced it; unknown where the input cannot tell.

    Where at least one policy is known to apply, what none of them demands is off, though other policies might exist
    that were not seen: `complete` tells whether that can be ruled out.
    """

    ref: str = ""
    """In full, or `~DEFAULT_BRANCH` when the branch's name is not known."""
    policies: tuple[RefPolicy, ...] = ()
    """Those that are enforced and apply, the classic rule first."""
    possible: tuple[RefPolicy, ...] = ()
    """Those of which the input does not say whether they apply or are enforced."""
    inactive: tuple[RefPolicy, ...] = ()
    """Rulesets for this ref that are `evaluate` or `disabled`."""
    complete: bool = False

    @property
    def is_protected(self) -> bool:
        """Whether at least one policy is known to be enforced."""
        return bool(self.policies)

    @property
    def known_unprotected(self) -> bool:
        """Whether it is sure that none is."""
        return self.complete and not self.policies and not self.possible


def effective(settings: RepositorySettings, ref: str, actor: Actor | None = ANYONE) -> EffectivePolicy:
    """Return what holds for a ref, for everybody or for one actor.

    `ref` may be a branch's bare name, a full ref, or `~DEFAULT_BRANCH`. Somebody whom an invisible list of bypass
    actors may name is held to be bound.
    """
    ref = full_ref(ref)
    if ref == DEFAULT_BRANCH and settings.default_branch is not None:
        ref = full_ref(settings.default_branch)
    chosen = _choose(settings, ref)
    sure = [controls(policy, actor) for policy in chosen.policies]
    maybe = [controls(policy, actor) for policy in chosen.possible]
    place = settings.place if chosen.complete and not chosen.possible else None
    found: dict[str, Any] = {}
    for control in (field.name for field in fields(Controls)):
        join = _JOIN.get(control, _any)
        parts: list[Setting[Any]] = [getattr(each, control) for each in sure]
        guesses: list[Setting[Any]] = [getattr(each, control) for each in maybe]
        if not parts:
            found[control] = off(control, place) if place is not None else Setting()
        else:
            found[control] = join(parts, guesses)
    found["merge_methods"] = _with_repository(found["merge_methods"], settings.merge)
    return EffectivePolicy(**found, ref=ref, **vars(chosen))


def weakened(settings: RepositorySettings, ref: str, actor: Actor) -> tuple[str, ...]:
    """Return the controls that are weaker for an actor than for everybody, all policies taken together."""
    everybody, one = effective(settings, ref), effective(settings, ref, actor)
    return tuple(
        field.name for field in fields(Controls) if _weaker(getattr(one, field.name), getattr(everybody, field.name))
    )


def _weaker(one: Setting[Any], everybody: Setting[Any]) -> bool:
    if not everybody.is_on or one.value == everybody.value:
        return False
    if isinstance(everybody.value, tuple):
        return len(one.value or ()) != len(everybody.value)
    return not one.is_on or (isinstance(one.value, int) and one.known_below(everybody.value or 0))


@dataclass
class _Chosen:
    policies: tuple[RefPolicy, ...]
    possible: tuple[RefPolicy, ...]
    inactive: tuple[RefPolicy, ...]
    complete: bool


def _choose(settings: RepositorySettings, ref: str) -> _Chosen:
    classic_sections = ("classic", f"classic {ref}")
    name, branch = settings.identity.name.value, settings.default_branch
    classic = [
        (policy, applies(policy, ref, default_branch=branch))
        for policy in _current(settings, "classic", classic_sections)
    ]
    rulesets = [
        (policy, applies(policy, ref, default_branch=branch, name=name))
        for policy in _current(settings, "ruleset", ("rulesets",))
    ]
    governing = next(
        (policy for policy, answer in sorted(classic, key=_literal_first) if answer),
        None,
    )
    if governing is None and ref == (full_ref(branch) if branch is not None else DEFAULT_BRANCH):
        governing = _only(policy for policy, _ in classic)
    possible = [
        policy
        for policy, answer in classic
        if answer is None and policy is not governing and not _is_settled(governing, policy)
    ]
    applying = [governing] if governing is not None else []
    for policy, answer in rulesets:
        if answer and policy.is_active:
            applying.append(policy)
        elif answer is not False and (policy.is_active or not policy.enforcement.known):
            possible.append(policy)
    inactive = [policy for policy, answer in rulesets if answer and policy.enforcement.known and not policy.is_active]
    complete = settings.tells_all("rulesets") and any(settings.tells_all(section) for section in classic_sections)
    return _Chosen(tuple(applying), tuple(possible), tuple(inactive), complete)


def _only(classic: Iterable[RefPolicy]) -> RefPolicy | None:
    """Return the only classic rule, if it does not say for which branch it is: so people keep the default one's."""
    found = list(classic)
    return found[0] if len(found) == 1 and not found[0].include.known else None


def _literal_first(candidate: tuple[RefPolicy, bool | None]) -> bool:
    return not _is_literal(candidate[0])


def _is_literal(policy: RefPolicy) -> bool:
    return all(pattern.syntax == "literal" for pattern in policy.include.value or ())


def _is_settled(governing: RefPolicy | None, other: RefPolicy) -> bool:
    """Tell whether a rule that may match can be left out because the governing one goes before it."""
    return governing is not None and _is_literal(governing) and other.include.known and not _is_literal(other)


def _current(settings: RepositorySettings, kind: str, sections: tuple[str, ...]) -> list[RefPolicy]:
    """Return the policies of a kind: those that GitHub told of when it told of all, else every one."""
    found = [policy for policy in settings.policies if policy.kind == kind]
    live = any(
        source.intent == "live" and section in source.complete for source in settings.sources for section in sections
    )
    return [policy for policy in found if policy.source.intent == "live"] if live else found


def _joined(winners: list[Setting[Any]], value: Any) -> Setting[Any]:
    """Return a value that several settings agree on; one that is written out comes first."""
    ordered = sorted(winners, key=lambda setting: not setting.is_set)
    places = list(dict.fromkeys(place for setting in ordered for place in setting.places))
    return Setting(value, ordered[0].state, places[0] if places else None, tuple(places[1:]))


def _open(parts: Iterable[Setting[Any]], guesses: Iterable[Setting[Any]]) -> bool:
    """Tell whether something that is not known might demand more."""
    return any(not part.known for part in parts) or any(not guess.is_off for guess in guesses)


def _any(parts: list[Setting[Any]], guesses: list[Setting[Any]]) -> Setting[Any]:
    on = [part for part in parts if part.is_on]
    if on:
        return _joined(on, on[0].value)
    return Setting(None, "unknown", parts[0].place) if _open(parts, guesses) else _joined(parts, parts[0].value)


def _most(parts: list[Setting[Any]], guesses: list[Setting[Any]]) -> Setting[Any]:
    if _open(parts, guesses):
        return Setting(None, "unknown", parts[0].place)
    most = max(part.value or 0 for part in parts)
    return _joined([part for part in parts if part.value == most], most)


def _union(parts: list[Setting[Any]], guesses: list[Setting[Any]]) -> Setting[Any]:
    on = [part for part in parts if part.is_on]
    if on:
        return _joined(on, tuple(item for part in on for item in part.value or ()))
    return _any(parts, guesses)


def _common_methods(parts: list[Setting[Any]], guesses: list[Setting[Any]]) -> Setting[Any]:
    if any(not part.known for part in parts) or any(guess.value != ALL_METHODS for guess in guesses):
        return Setting(None, "unknown", parts[0].place)
    common = tuple(method for method in ALL_METHODS if all(method in (part.value or ()) for part in parts))
    limiting = [part for part in parts if len(part.value or ()) < len(ALL_METHODS)]
    return _joined(limiting or parts, common)


def _common_actors(parts: list[Setting[Any]], guesses: list[Setting[Any]]) -> Setting[Any]:
    limiting = [part for part in parts if part.value is not None]
    if not limiting:
        return _any(parts, guesses)
    first, *others = [part.value for part in limiting if isinstance(part.value, ActorSet)]
    allowed = [
        actor for actor in first.actors if all(any(one.covers(actor) for one in other.actors) for other in others)
    ]
    return _joined(limiting, ActorSet(tuple(allowed)))


_JOIN: dict[str, Callable[[list[Setting[Any]], list[Setting[Any]]], Setting[Any]]] = {
    "approvals": _most,
    "merge_methods": _common_methods,
    "dismissal": _common_actors,
    "push": _common_actors,
    "checks": _union,
    "required_deployments": _union,
    "required_workflows": _union,
    "code_scanning": _union,
}


def _with_repository(methods: Setting[tuple[str, ...]], merge: MergeSettings) -> Setting[tuple[str, ...]]:
    """Return the merge methods that the repository allows as well."""
    allowed = {"merge": merge.merge_commit, "rebase": merge.rebase, "squash": merge.squash}
    if not methods.known:
        return methods
    barred = [allowed[method] for method in methods.value or () if allowed[method].is_off]
    if not barred:
        return methods
    left = tuple(method for method in methods.value or () if not allowed[method].is_off)
    return _joined([methods, *barred], left)
