"""Lay a repository's own policy over the one that it was given."""

from __future__ import annotations

from wflint.policy.policy import Override, Policy, Setting, Settings
from wflint.rule.finding import graver


def tighten(base: Policy, own: Policy) -> Policy:
    """Return the given policy with a repository's own over it.

    The repository's may tighten everything, and loosen what is not mandatory.
    """
    strict = {name for name, setting in base.rules.items() if setting.enforcement == "mandatory"}
    rules = _kept(base.rules, own.rules, strict)
    overrides = tuple(Override(each.files, _kept(base.rules, each.rules, strict)) for each in own.overrides)
    return own._replace(rules=rules, overrides=overrides).over(base)


def _kept(base: Settings, own: Settings, strict: set[str]) -> dict[str, Setting]:
    """Return what may be laid over the base: of a mandatory rule only a graver level."""
    kept = {}
    for name, setting in own.items():
        if name not in strict:
            kept[name] = setting
            continue
        before = base[name]
        if setting.level is not None and (before.level is None or graver(setting.level, before.level)):
            kept[name] = Setting(level=setting.level, place=setting.place)
    return kept
