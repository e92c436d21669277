"""Bring a policy and a catalogue together: which rules run, on which files, at which level, with which options."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from wflint.errors import PolicyError, UsageError, WflintError, nearest
from wflint.policy.glob import matches
from wflint.policy.policy import Enforcement, Override, Policy, Setting, Settings
from wflint.rule.catalogue import Catalogue
from wflint.rule.finding import LEVELS, graver
from wflint.rule.options import build, error
from wflint.rule.rule import Context, Declared, Rule
from wflint.rule.shelf import whole
from wflint.source.node import Place

TAG = "tag:"
_LISTED = "`wflint rules` lists them"


class Bound(NamedTuple):
    """A rule as the policy wants it run."""

    rule: Rule
    enforcement: Enforcement
    default: Context[Any] | None
    """None where only some files are checked."""
    overrides: tuple[tuple[str, Context[Any] | None], ...] = ()
    """Globs, and what the check runs with on the files that they match; the last one that matches counts."""

    def context(self, path: str) -> Context[Any] | None:
        """Return what the check runs with on a file, or None where it does not run."""
        if not self.overrides:
            return self.default
        matching = (context for pattern, context in reversed(self.overrides) if matches(pattern, path))
        return next(matching, self.default)


class Selection(NamedTuple):
    """What the command line adds to the policy: rules by id, or by `tag:NAME`."""

    select: Collection[str] = ()
    """When not empty, only these run, whether or not the policy has them on."""
    ignore: Collection[str] = ()
    """These do not run, unless they are mandatory."""


def bind(
    policy: Policy, catalogue: Catalogue, declared: Declared, selection: Selection | None = None
) -> tuple[Bound, ...]:
    """Return the rules that run. Raises PolicyError at a rule or an option that does not exist."""
    selection = selection or Selection()
    _check_names(policy, catalogue)
    selected, ignored = (_named(names, catalogue) for names in (selection.select, selection.ignore))
    bound = []
    for rule in catalogue.values():
        base, files = resolved(rule, policy)
        if selected:
            base = Setting(on=rule.id in selected).over(base)
        if rule.id in ignored and base.enforcement != "mandatory":
            base = Setting(on=False).over(base)
        overrides = tuple(
            (pattern, _context(rule, effective(rule, override.rules).over(base), declared))
            for override in files
            if _speaks_of(rule, override.rules) and not (selected and rule.id not in selected)
            for pattern in override.files
        )
        default = _context(rule, base, declared)
        if default is not None or any(context is not None for _, context in overrides):
            bound.append(Bound(rule, base.enforcement or "waivable", default, overrides))
    return tuple(bound)


def _context(rule: Rule, setting: Setting, declared: Declared) -> Context[Any] | None:
    if not setting.on and not rule.always:
        return None
    if setting.options:
        rule = whole(rule)
    return Context(rule, setting.level or rule.level, build(rule.options, setting.options), declared)


def effective(rule: Rule, rules: Settings) -> Setting:
    """Return what a policy says of a rule: what it says of its tags, in the rule's order, then of the rule itself."""
    setting = Setting()
    for name in (*(f"{TAG}{tag}" for tag in rule.tags), rule.id):
        if name in rules:
            setting = rules[name].over(setting)
    return setting


def resolved(rule: Rule, policy: Policy) -> tuple[Setting, tuple[Override, ...]]:
    """Return what a policy says of a rule, and where it says otherwise for some files.

    What stands beneath as mandatory can only be made graver, and only everywhere. A rule that tells what could not
    be checked is as it is.
    """
    if rule.always:
        return Setting(on=True, enforcement="mandatory"), ()
    setting = effective(rule, policy.rules)
    beneath = (resolved(rule, base) for base in policy.bases)
    strict = [found for found in beneath if found[0].enforcement == "mandatory"]
    if not strict:
        return setting, policy.overrides
    floor, overrides = min(strict, key=lambda found: LEVELS.index(found[0].level or rule.level))
    before, now = floor.level or rule.level, setting.level or rule.level
    if graver(now, before):
        written = {key: node for key, node in setting.said.items() if key == "level"}
        floor = floor._replace(level=now, said={**floor.said, **written})
    return floor, overrides


def _speaks_of(rule: Rule, rules: Settings) -> bool:
    return rule.id in rules or any(f"{TAG}{tag}" in rules for tag in rule.tags)


def _check_names(policy: Policy, catalogue: Catalogue) -> None:
    known = _names(catalogue)
    for rules in (policy.rules, *(override.rules for override in policy.overrides)):
        for name, setting in rules.items():
            if name not in known:
                key = setting.place.node.key_node if setting.place and setting.place.node else None
                raise _at(key.place if key else None, f"there is no rule `{name}`", nearest(name, known))
    for waiver in policy.waivers:
        if waiver.rule not in catalogue:
            raise _at(waiver.at, f"there is no rule `{waiver.rule}`", nearest(waiver.rule, catalogue))


def _names(catalogue: Catalogue) -> list[str]:
    """Return what a policy can speak of: every rule, every tag."""
    return [*catalogue, *sorted({f"{TAG}{tag}" for rule in catalogue.values() for tag in rule.tags})]


def _at(place: Place | None, message: str, hint: str | None) -> WflintError:
    return (
        error(place.node, message, hint)
        if place is not None and place.node is not None
        else PolicyError(message, hint=hint)
    )


def _named(names: Collection[str], catalogue: Catalogue) -> set[str]:
    found: set[str] = set()
    for name in names:
        ids = [
            rule.id
            for rule in catalogue.values()
            if name == rule.id or (name.removeprefix(TAG) in rule.tags and name.startswith(TAG))
        ]
        if not ids:
            raise UsageError(f"there is no rule `{name}`", hint=nearest(name, _names(catalogue)) or _LISTED)
        found.update(ids)
    return found
