"""What a change to a repository's own policy would loosen, compared with the revision that is trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wflint.errors import PolicyError
from wflint.policy.bind import effective
from wflint.policy.glob import matches
from wflint.policy.policy import ENFORCEMENTS, Override, Policy, Setting, Waiver
from wflint.rule.catalogue import Catalogue
from wflint.rule.finding import Finding, graver
from wflint.rule.rule import Rule
from wflint.source.document import Document
from wflint.source.node import Node, Place
from wflint.source.source import Source
from wflint.source.span import Span


class Weakening(NamedTuple):
    """One thing that the changed policy would no longer hold the repository to."""

    what: str
    """Such as `unpinned-uses` is switched off."""
    place: Place
    rule: str | None = None
    files: tuple[str, ...] = ("**",)
    """The globs of the files for which."""
    hides: int = 0
    """How many findings of this run would go unseen."""


def weaker(trusted: Policy, changed: Policy, catalogue: Catalogue) -> list[Weakening]:
    """Return what the changed policy loosens."""
    nowhere = _start(changed)
    return [
        *_rules(trusted.rules, changed.rules, catalogue, nowhere),
        *_overrides(trusted, changed, catalogue, nowhere),
        *_waivers(trusted.waivers, changed.waivers, nowhere),
        *_lists(trusted, changed, nowhere),
    ]


def broken(name: str, wrong: PolicyError) -> Weakening:
    """Return what a changed policy that cannot be read comes to."""
    place = Place(Document(Source(wrong.path or name, "file", "")), Span(0, 0))
    return Weakening(f"the policy cannot be read any more: {wrong.message}", place)


def moved(
    policy: Policy, catalogue: Catalogue, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Weakening]:
    """Yield what a file is spared by its new name: it was there under one that no override speaks of.

    `before` and `after` hold the texts of files by name. A file was moved if most lines of one that is gone are in it.
    """
    gone = [(name, _lines(text)) for name, text in before.items() if name not in after]
    for name, text in after.items():
        spared = [o for o in policy.overrides if name not in before and any(matches(glob, name) for glob in o.files)]
        lines = _lines(text)
        for old, others in gone if spared else ():
            if len(lines & others) * 2 <= len(others):
                continue
            fresh = [override for override in spared if not any(matches(glob, old) for glob in override.files)]
            at = Place(Document(Source(name, "file", text)), Span(0, 0))
            for weakening in _overrides(
                Policy(rules=policy.rules), policy._replace(overrides=tuple(fresh)), catalogue, at
            ):
                yield weakening._replace(what=f"{weakening.what}, under which {old} now falls", place=at, files=(name,))


def _lines(text: str) -> set[str]:
    return {stripped for line in text.splitlines() if (stripped := line.strip())}


def judged(weakenings: Sequence[Weakening], findings: Sequence[Finding]) -> list[Weakening]:
    """Return the weakenings with the number of findings that each would hide."""
    return [
        each._replace(
            hides=sum(
                finding.rule == each.rule and any(matches(glob, finding.location.path) for glob in each.files)
                for finding in findings
            )
        )
        for each in weakenings
    ]


def _rules(
    trusted: Mapping[str, Setting], changed: Mapping[str, Setting], catalogue: Catalogue, nowhere: Place
) -> Iterator[Weakening]:
    for rule in catalogue.values():
        before, after = effective(rule, trusted), effective(rule, changed)
        for what, node in _looser(rule, before, after):
            yield Weakening(f"`{rule.id}` {what}", node.head if node else after.place or nowhere, rule.id)


def _looser(rule: Rule, before: Setting, after: Setting) -> Iterator[tuple[str, Node | None]]:
    if not before.on or rule.always:
        return
    if not after.on:
        yield "is switched off", after.said.get("on")
        return
    levels = before.level or rule.level, after.level or rule.level
    if graver(*levels):
        yield f"is lowered from {levels[0]} to {levels[1]}", after.said.get("level")
    enforcements = before.enforcement or "waivable", after.enforcement or "waivable"
    if ENFORCEMENTS.index(enforcements[1]) < ENFORCEMENTS.index(enforcements[0]):
        yield f"goes from {enforcements[0]} to {enforcements[1]}", after.said.get("enforcement")
    for name in {**before.options, **after.options}:
        old, new = (_plain(setting.options.get(name)) for setting in (before, after))
        if old != new:
            yield f"has its option `{name}` changed from {_shown(old)} to {_shown(new)}", after.options.get(name)


def _overrides(trusted: Policy, changed: Policy, catalogue: Catalogue, nowhere: Place) -> Iterator[Weakening]:
    known = [_value(override) for override in trusted.overrides]
    for override in changed.overrides:
        if _value(override) in known:
            continue
        for name, setting in override.rules.items():
            rules = [rule for rule in catalogue.values() if name in (rule.id, *(f"tag:{tag}" for tag in rule.tags))]
            for rule in rules:
                before = effective(rule, changed.rules)
                for what, node in _looser(rule, before, setting.over(before)):
                    where = ", ".join(override.files)
                    place = node.head if node else setting.place or nowhere
                    yield Weakening(f"`{rule.id}` {what} for {where}", place, rule.id, override.files)


def _waivers(trusted: Sequence[Waiver], changed: Sequence[Waiver], nowhere: Place) -> Iterator[Weakening]:
    known = {waiver._replace(at=None) for waiver in trusted}
    for waiver in changed:
        if waiver._replace(at=None) not in known:
            yield Weakening(
                f"`{waiver.rule}` is waived in {waiver.path}", waiver.at or nowhere, waiver.rule, (waiver.path,)
            )


def _lists(trusted: Policy, changed: Policy, nowhere: Place) -> Iterator[Weakening]:
    for gone in [path for path in trusted.data_paths if path not in changed.data_paths]:
        yield Weakening(f"`{gone}` is no data path any more", nowhere)
    for key, old, new in (
        ("secrets", trusted.secrets, changed.secrets),
        ("external-checks", trusted.external_checks, changed.external_checks),
    ):
        for each in new:
            if each not in old:
                yield Weakening(f"`{each}` is added to `{key}`", nowhere)
    if trusted.secrets and not changed.secrets:
        yield Weakening("`secrets` lists none any more, so that all may be used", nowhere)


def _start(policy: Policy) -> Place:
    """Return the top of the last file that a policy was read from."""
    name = policy.files[-1] if policy.files else "wflint.yml"
    return Place(Document(Source(name, "file", "")), Span(0, 0))


def _value(override: Override) -> Any:
    rules = {
        name: (each.on, each.level, each.enforcement, {key: node.plain() for key, node in each.options.items()})
        for name, each in override.rules.items()
    }
    return override.files, rules


def _plain(node: Node | None) -> Any:
    return None if node is None else node.plain()


def _shown(value: Any) -> str:
    return "its default" if value is None else f"`{value}`"
