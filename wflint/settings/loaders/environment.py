"""Environments, as they are sent and as they are answered.

https://docs.github.com/rest/deployments/environments
"""

from __future__ import annotations

from typing import Literal, TypeVar

from wflint.settings.actor import Actor, ActorKind
from wflint.settings.loaders.read import Fields, set_at, text_of
from wflint.settings.patterns import branch_pattern
from wflint.settings.policy import RefPattern
from wflint.settings.sections import EnvironmentSettings
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

_POLICY = "deployment_branch_policy"
_KIND: dict[str, ActorKind] = {"User": "user", "Team": "team", "user": "user", "team": "team"}
T = TypeVar("T")
Refs = Setting[Literal["all", "protected", "selected"]]


def requested(environment: Fields, name: Setting[str], *, self_review: bool | None = None) -> EnvironmentSettings:
    """Return an environment as it is sent; `self_review` is what the format takes `prevent_self_review` to be."""
    policy = environment.child(_POLICY)
    listed: Node | None = None
    for key in ("custom_branches", "custom_branch_policies", "policies"):
        if isinstance(policy.get(key), Sequence):
            listed = policy.get(key)
    place = name.place or environment.place
    assert place is not None  # noqa: S101 - an environment has a name or a mapping
    return EnvironmentSettings(
        place=place,
        name=name,
        reviewers=reviewers(environment, "required_reviewers" if "required_reviewers" in environment else "reviewers"),
        prevent_self_review=environment.flag("prevent_self_review", self_review),
        wait_minutes=environment.number("wait_timer", 0),
        refs=refs(environment, _POLICY, listed),
        patterns=patterns(listed) if listed is not None else UNKNOWN,
        admins_bypass=environment.flag("can_admins_bypass", None),
    )


def refs(environment: Fields, key: str, listed: Node | None) -> Refs:
    """Return which refs may deploy: all of them when no policy is given, as its absence means when it is sent."""
    node = environment.get(key)
    if node is None:
        return environment.missing(key, "all")
    policy = environment.child(key)
    if policy.flag("protected_branches", None).is_on:
        return Setting("protected", "set", policy.flag("protected_branches").place)
    custom = policy.get("custom_branch_policies")
    if listed is not None or (isinstance(custom, Scalar) and custom.value is True):
        return Setting("selected", "set", (listed or custom or node).head)
    return Setting(None, "unknown", node.head)


def patterns(listed: Node) -> Setting[tuple[RefPattern, ...]]:
    """Return the patterns of selected refs: texts, or `{"name": …, "type": "branch" | "tag"}`."""
    found = []
    for item in listed.nodes if isinstance(listed, Sequence) else []:
        name = text_of(item if isinstance(item, Scalar) else item.get("name"))
        if name.value is not None and name.place is not None:
            pattern = branch_pattern(name.value, name.place)
            type = item.get("type")
            if type is not None and type.string == "tag":
                pattern = RefPattern(name.value, f"refs/tags/{name.value}", pattern.syntax, name.place)
            found.append(pattern)
    return Setting(tuple(found), "set", listed.head)


def reviewers(environment: Fields, key: str) -> Setting[tuple[Actor, ...]]:
    """Return the reviewers of a request: `[{"type": …, "id": …}]`."""
    node = environment.get(key)
    if node is None:
        return environment.missing(key, ())
    found = [
        Actor(one.choice("type", _KIND).value or "unknown", one.node.head, id_of(one), one.text("name"))
        for one in environment.children(key)
        if one.node is not None
    ]
    return set_at(node, tuple(found))


def id_of(actor: Fields) -> Setting[int | str]:
    """Return an id, which is a number for GitHub and may be a login for those who sync."""
    node = actor.get("id")
    if not isinstance(node, Scalar):
        return UNKNOWN
    return actor.number("id") if isinstance(node.value, int) else Setting(node.text, "set", node.place)


def answered(node: Mapping, environment: Fields) -> EnvironmentSettings:
    """Return an environment as it is answered: a protection that is not in the list is off."""
    rules = environment.get("protection_rules")
    by_type: dict[str, Fields] = {}
    for one in environment.children("protection_rules"):
        type = one.text("type").value
        if type is not None:
            by_type.setdefault(type, one)
    place = rules.head if rules is not None else None
    name = environment.text("name")
    wait, required = by_type.get("wait_timer"), by_type.get("required_reviewers")
    return EnvironmentSettings(
        place=name.place or node.head,
        name=name,
        reviewers=_answered_reviewers(required) if required else _absent((), place),
        prevent_self_review=required.flag("prevent_self_review", None) if required else _absent(False, place),
        wait_minutes=wait.number("wait_timer") if wait else _absent(0, place),
        refs=refs(environment, _POLICY, None) if _POLICY in environment else UNKNOWN,
        admins_bypass=environment.flag("can_admins_bypass", True),
    )


def _absent(value: T, place: Place | None) -> Setting[T]:
    return Setting(value, "default", place) if place is not None else UNKNOWN


def _answered_reviewers(rule: Fields) -> Setting[tuple[Actor, ...]]:
    found = []
    for one in rule.children("reviewers"):
        who = one.child("reviewer")
        kind = one.choice("type", _KIND).value or "unknown"
        if one.node is not None:
            name = who.text("login" if kind == "user" else "slug")
            found.append(Actor(kind, name.place or one.node.head, who.number("id"), name))
    node = rule.get("reviewers")
    return set_at(node, tuple(found)) if node is not None else Setting(None, "unknown", rule.place)
