"""Classic branch protection as the REST API answers it and as it is sent.

https://docs.github.com/rest/branches/branch-protection
"""

from __future__ import annotations

from typing import Any, Literal

from wflint.facts.settings import Field, fields
from wflint.model.view import items
from wflint.settings.actor import Actor, ActorKind, ActorSet, BypassActor
from wflint.settings.loaders.read import Fields, Notes, is_null, set_at
from wflint.settings.loaders.shape import judge
from wflint.settings.patterns import branch_pattern
from wflint.settings.policy import RefPolicy
from wflint.settings.rules import PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

METHODS = ("merge", "rebase", "squash")
Style = Literal["get", "put", "view"]
"""An answer, a request, or the part of the answer that `GET /branches/{branch}` shows to those who may only read."""

KEYS = frozenset(
    {
        "required_status_checks",
        "enforce_admins",
        "required_pull_request_reviews",
        "restrictions",
        "required_linear_history",
        "allow_force_pushes",
        "allow_deletions",
        "block_creations",
        "required_conversation_resolution",
        "lock_branch",
        "allow_fork_syncing",
        "required_signatures",
    }
)
_WANTED = ("required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions")
_KINDS: tuple[tuple[str, ActorKind, tuple[str, ...]], ...] = (
    ("users", "user", ("login",)),
    ("teams", "team", ("slug", "name")),
    ("apps", "app", ("slug", "name")),
)


def is_protection(node: Node | None) -> bool:
    """Tell whether a mapping is the protection of a branch, sent or answered."""
    return isinstance(node, Mapping) and len(KEYS.intersection(node.entries)) >= 1


def style_of(node: Mapping) -> Style:
    """Tell an answer from a request: an answer has its URLs, and says `{"enabled": …}` for a boolean."""
    if "enabled" in node and KEYS.intersection(node.entries) <= {"required_status_checks"}:
        return "view"
    if "url" in node or isinstance(node.get("enforce_admins"), Mapping):
        return "get"
    toggles = ("allow_force_pushes", "allow_deletions", "required_linear_history", "required_conversation_resolution")
    return "get" if any(isinstance(node.get(key), Mapping) for key in toggles) else "put"


def policy(
    node: Mapping,
    notes: Notes,
    source: SettingsSource,
    branch: Setting[str],
    *,
    style: Style | None = None,
    also: tuple[str, ...] = (),
) -> RefPolicy:
    """Return the protection of a branch; `also` are keys beside it that are no part of the request."""
    style = style or style_of(node)
    rule = Fields(node, notes, absent="unknown" if style == "view" else "default")
    if style == "put" and source.intent == "desired":
        signatures = node.get("required_signatures")
        if signatures is not None:
            message = "`required_signatures` is not part of this request: it is switched by a call of its own."
            notes.add(signatures.head, message, "no-effect", "Require signed commits in a ruleset.")
        judge(node, _sent(node), "PUT", notes, also=(*also, "required_signatures"), what="the protection")
    flags: dict[str, Any] = {
        name: rule.enabled(key)
        for key, name in (
            ("required_linear_history", "linear_history"),
            ("block_creations", "block_creation"),
            ("required_conversation_resolution", "thread_resolution"),
            ("lock_branch", "locked"),
        )
    }
    reviews = _wanted(rule, "required_pull_request_reviews", style)
    checks = _wanted(rule, "required_status_checks", style)
    return RefPolicy(
        kind="classic",
        place=branch.place or node.head,
        node=node,
        source=source,
        **_about(branch, node.head, wildcards=False),
        bypass=_bypass(rule, style),
        pull_request=reviews or _reviews(rule),
        status_checks=checks or _checks(rule, style),
        signatures=rule.enabled("required_signatures") if style == "get" else UNKNOWN,
        block_force_push=negated(rule.enabled("allow_force_pushes")),
        block_deletion=negated(rule.enabled("allow_deletions")),
        push=_wanted(rule, "restrictions", style) or set_at(rule.entries["restrictions"], actors(rule, "restrictions")),
        **flags,
        **without(node.head, "block_update", "required_workflows", "code_scanning", "metadata", "push_limits"),
    )


def _sent(node: Mapping) -> dict[str, Field]:
    """Return the fields of a request: the old `contexts` are wanted only where there are no `checks`."""
    known = fields("branch_protection")
    if node.at("required_status_checks", "checks") is not None:
        name = "required_status_checks.contexts"
        known[name] = known[name]._replace(changed={"PUT": {"type": "array"}})
    return known


def _about(branch: Setting[str], place: Place, *, wildcards: bool) -> dict[str, Any]:
    """Return the fields of a classic policy that tell what it is for."""
    include: Setting[Any] = UNKNOWN
    if branch.value is not None and branch.place is not None:
        include = Setting((branch_pattern(branch.value, branch.place, wildcards=wildcards),), "set", branch.place)
    return {
        "name": branch,
        "include": include,
        "exclude": Setting((), "default", place),
        "target": Setting("branch", "default", place),
        "level": Setting("repository", "default", place),
        "enforcement": Setting("active", "default", place),
        "repositories": Setting((), "default", place),
    }


def about(branch: Setting[str], place: Place) -> dict[str, Any]:
    """Return the fields of a classic policy that tell what it is for; its name may have wildcards."""
    return _about(branch, place, wildcards=True)


def without(place: Place, *names: str) -> dict[str, Any]:
    """Return rules that classic protection does not know, or that are not asked for, as being off."""
    flags = {"block_update", "block_creation", "linear_history", "thread_resolution", "locked", "signatures"}
    lists = {"required_workflows", "code_scanning", "metadata", "required_deployments"}
    return {
        name: Setting(False if name in flags else () if name in lists else None, "default", place) for name in names
    }


def negated(setting: Setting[bool]) -> Setting[bool]:
    """Return the opposite of a boolean, at the same place."""
    value = None if setting.value is None else not setting.value
    return Setting(value, setting.state, setting.place, setting.via)


def _wanted(rule: Fields, key: str, style: Style) -> Setting[Any] | None:
    """Return what an absent or null part means; None when it is there to read.

    An answer leaves out what is off. A request says null, and is refused when it leaves it out.
    """
    written = rule.entries.get(key)
    if written is None:
        return rule.missing(key, None, off=style != "put")
    if is_null(written):
        return Setting(None, "default", written.place)
    if not isinstance(written, Mapping):
        rule.notes.wrong_type(written, key, "a mapping or null")
        return Setting(None, "unknown", written.place)
    return None


def _bypass(rule: Fields, style: Style) -> Setting[tuple[BypassActor, ...]]:
    if style == "view":
        return UNKNOWN
    enforced = rule.enabled("enforce_admins", False if style == "get" or "enforce_admins" in rule else None)
    if not enforced.known or enforced.place is None:
        return UNKNOWN
    found = [] if enforced.value else [admins(enforced.place)]
    reviews = rule.child("required_pull_request_reviews")
    allowed = actors(reviews, "bypass_pull_request_allowances")
    found += [bypassing(actor, "reviews") for actor in allowed.actors]
    return Setting(tuple(found), enforced.state, enforced.place)


def admins(place: Place) -> BypassActor:
    """Return the bypass that administrators have unless it is taken from them."""
    return BypassActor(Actor("repository-admin", place), Setting("always", "default", place))


def bypassing(actor: Actor, scope: Literal["all", "reviews", "force-push"]) -> BypassActor:
    """Return an actor whom a part of the protection does not bind."""
    return BypassActor(actor, Setting("always", "default", actor.place), scope)


def actors(rule: Fields, key: str) -> ActorSet:
    """Return the users, teams and apps of a mapping: objects in an answer, names in a request."""
    group = rule.child(key)
    found = []
    for list_key, kind, names in _KINDS:
        for item in items(group.get(list_key)):
            if isinstance(item, Scalar) and item.string is not None:
                found.append(Actor(kind, item.place, name=Setting(item.text, "set", item.place)))
            elif isinstance(item, Mapping):
                one = Fields(item, rule.notes)
                name = next((one.text(each) for each in names if each in item), UNKNOWN)
                found.append(Actor(kind, name.place or item.head, one.number("id"), name))
    return ActorSet(tuple(found))


def _reviews(rule: Fields) -> Setting[PullRequestRule]:
    part = rule.child("required_pull_request_reviews")
    node = rule.entries["required_pull_request_reviews"]
    place = node.head
    restricted = part.get("dismissal_restrictions")
    if isinstance(restricted, Mapping) and len(restricted):
        dismissal = set_at(restricted, actors(part, "dismissal_restrictions"))
    else:
        # In a request an empty mapping switches the restriction off.
        dismissal = Setting(None, "default", restricted.place if restricted is not None else place)
    reviews = PullRequestRule(
        place,
        approvals=part.number("required_approving_review_count"),
        dismiss_stale=part.flag("dismiss_stale_reviews"),
        code_owner_review=part.flag("require_code_owner_reviews"),
        last_push_approval=part.flag("require_last_push_approval"),
        dismissal=dismissal,
        merge_methods=Setting(METHODS, "default", place),
        file_reviewers=Setting((), "default", place),
    )
    return set_at(node, reviews)


def _checks(rule: Fields, style: Style) -> Setting[StatusCheckRule]:
    part = rule.child("required_status_checks")
    node = rule.entries["required_status_checks"]
    level = part.get("enforcement_level")
    if style == "view" and level is not None and level.string == "off":
        return Setting(None, "set", level.place)
    found: list[RequiredCheck] = []
    for each in part.children("checks"):
        context = each.text("context")
        if context.is_set:
            found.append(RequiredCheck(context, _app(each, context, style)))
    named = {check.context.value for check in found}
    contexts = part.texts("contexts").value or ()
    found += [RequiredCheck(context) for context in contexts if context.value not in named]
    where = part.get("checks") or part.get("contexts")
    listed = Setting(tuple(found), "set", where.head) if isinstance(where, Sequence) else part.missing("checks", ())
    checks = StatusCheckRule(
        node.head,
        strict=part.flag("strict", False if style == "get" else None),
        skip_on_create=Setting(False, "default", node.head),
        checks=listed,
    )
    return set_at(node, checks)


def _app(check: Fields, context: Setting[str], style: Style) -> Setting[int | str]:
    """Return the app of a check. In an answer null is any; in a request -1 is, and none is the last that reported."""
    if check.get("app_id") is None:
        return Setting(None, "unknown" if style == "put" else "default", context.place)
    app = check.number("app_id")
    return Setting(None, "set", app.place) if app.value == -1 else app
