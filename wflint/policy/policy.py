"""What a policy is: chosen rules, each with its level, options and enforcement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from wflint.rule.finding import Level
from wflint.source.node import Node, Place

Enforcement = Literal["advisory", "waivable", "mandatory"]
ENFORCEMENTS: tuple[Enforcement, ...] = ("advisory", "waivable", "mandatory")
"""From the laxest: never fails the run; can be waived with a reason; cannot be waived, ignored or lowered."""


class Setting(NamedTuple):
    """What a policy says of one rule, or of all rules with a tag."""

    on: bool | None = None
    """None when the policy speaks of the rule without switching it."""
    level: Level | None = None
    options: Mapping[str, Node] = MappingProxyType({})
    enforcement: Enforcement | None = None
    said: Mapping[str, Node] = MappingProxyType({})
    """Where `on`, `level` and `enforcement` are written, by their names; options know their own places."""
    place: Place | None = None
    """Where the last word on the rule is written."""

    def over(self, base: Setting) -> Setting:
        """Return this setting laid over another: what it does not say stays, options one by one."""
        return Setting(
            on=base.on if self.on is None else self.on,
            level=base.level if self.level is None else self.level,
            options={**base.options, **self.options},
            enforcement=base.enforcement if self.enforcement is None else self.enforcement,
            said={**base.said, **self.said},
            place=self.place or base.place,
        )


Settings = Mapping[str, Setting]
"""Settings by rule id, or by `tag:NAME`."""


class Override(NamedTuple):
    """Settings for some files only."""

    files: tuple[str, ...]
    """Globs over paths from the repository's root; `**` crosses folders."""
    rules: Settings


class Waiver(NamedTuple):
    """Findings that are accepted: which, why, by whom, until when."""

    rule: str
    path: str
    """A glob over paths from the repository's root."""
    reason: str
    owner: str
    until: date | None = None
    route: str | None = None
    """The way to the value, such as `jobs.build.steps[0].uses`; None for the whole file."""
    value: str | None = None
    """The digest of the value that was accepted; None for any."""
    at: Place | None = None
    """Where it is written."""
    used: int = 0
    """How many findings it accepted in this run."""
    refused: bool = False
    """Whether the policy lets nobody waive its rule."""
    idle: bool = False
    """Whether its rule did not run, so that nobody can say whether it is still needed."""

    @property
    def place(self) -> Place:
        """Where it is written. Raises ValueError for a waiver that stands in no file."""
        if self.at is None:
            raise ValueError("this waiver was not read from a file")
        return self.at


class Policy(NamedTuple):
    """Everything a run must hold the repository to."""

    title: str = ""
    docs: str = ""
    rules: Settings = MappingProxyType({})
    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    data_paths: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    external_checks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """The files it was read from, the base first."""
    bases: tuple[Policy, ...] = ()
    """What it was laid over: what is mandatory in one of them stays so."""

    def over(self, base: Policy) -> Policy:
        """Return this policy laid over another."""
        rules = dict(base.rules)
        for name, setting in self.rules.items():
            rules[name] = setting.over(rules[name]) if name in rules else setting
        return Policy(
            title=self.title or base.title,
            docs=self.docs or base.docs,
            rules=rules,
            overrides=(*base.overrides, *self.overrides),
            waivers=(*base.waivers, *self.waivers),
            data_paths=_union(base.data_paths, self.data_paths),
            secrets=_union(base.secrets, self.secrets),
            external_checks=_union(base.external_checks, self.external_checks),
            files=_union(base.files, self.files),
            bases=(*self.bases, base) if base.rules else self.bases,
        )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
