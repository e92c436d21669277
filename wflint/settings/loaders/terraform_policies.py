"""Branch protection and rulesets as Terraform's GitHub provider spells them.

https://registry.terraform.io/providers/integrations/github/latest/docs/resources/branch_protection
https://registry.terraform.io/providers/integrations/github/latest/docs/resources/repository_ruleset
"""

from __future__ import annotations

from typing import Any

from wflint.model.view import items
from wflint.settings.actor import Actor, ActorKind, ActorSet, BypassActor
from wflint.settings.loaders import classic
from wflint.settings.loaders.classic import METHODS, about, admins, bypassing, negated, without
from wflint.settings.loaders.read import Fields, set_at, text_items
from wflint.settings.loaders.ruleset import ENFORCEMENT, MODE, TARGET, patterns
from wflint.settings.loaders.ruleset_rules import ACTOR, FLAGS
from wflint.settings.policy import PolicyLevel, RefPolicy
from wflint.settings.rules import MergeQueueRule, PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.node import Mapping, Node, Scalar, Sequence


def block(values: Fields, key: str) -> tuple[Fields, Setting[Any] | None]:
    """Return a block's content, and the setting to take when there is none: off, or unknown when it is not there."""
    part = values.child(key)
    if part.node is not None:
        return part, None
    written = values.entries.get(key)
    off: Setting[Any] = Setting(None, "default", written.place) if written is not None else UNKNOWN
    return part, off


def ids(part: Fields, key: str, kind: ActorKind) -> tuple[Actor, ...]:
    """Return actors that a list gives by number, login, slug or node id."""
    return tuple(_actor(node, kind) for node in items(part.get(key)) if isinstance(node, Scalar))


def _actor(node: Scalar, kind: ActorKind) -> Actor:
    """Return an actor: `/user`, `organization/team`, a slug, a number or a node id."""
    text = node.text
    if isinstance(node.value, int):
        return Actor(kind, node.place, Setting(node.value, "set", node.place))
    if text.startswith("/"):
        return Actor("user", node.place, name=Setting(text[1:], "set", node.part(1, len(text))))
    if "/" in text:
        at = text.index("/") + 1
        return Actor("team", node.place, name=Setting(text[at:], "set", node.part(at, len(text))))
    return Actor(kind, node.place, name=Setting(text, "set", node.place))


def protection(node: Mapping, values: Fields, source: SettingsSource) -> RefPolicy:
    """Return `github_branch_protection`, which speaks GraphQL."""
    name = values.text("pattern")
    reviews, no_reviews = block(values, "required_pull_request_reviews")
    checks, no_checks = block(values, "required_status_checks")
    pushes, no_pushes = block(values, "restrict_pushes")
    enforced = values.flag("enforce_admins")
    bypass: Setting[tuple[BypassActor, ...]] = UNKNOWN
    if enforced.known and enforced.place is not None:
        found = [] if enforced.value else [admins(enforced.place)]
        found += [bypassing(one, "reviews") for one in ids(reviews, "pull_request_bypassers", "unknown")]
        found += [bypassing(one, "force-push") for one in ids(values, "force_push_bypassers", "unknown")]
        bypass = Setting(tuple(found), enforced.state, enforced.place)
    allowed = set_at(pushes.node, ActorSet(ids(pushes, "push_allowances", "unknown"))) if pushes.node else UNKNOWN
    return RefPolicy(
        kind="classic",
        place=name.place or node.head,
        node=node,
        source=source,
        **about(name, node.head),
        bypass=bypass,
        pull_request=no_reviews or _reviews(reviews),
        status_checks=no_checks or _checks(checks),
        thread_resolution=values.flag("require_conversation_resolution"),
        signatures=values.flag("require_signed_commits"),
        linear_history=values.flag("required_linear_history"),
        block_force_push=negated(values.flag("allows_force_pushes")),
        block_deletion=negated(values.flag("allows_deletions")),
        block_creation=pushes.flag("blocks_creations", True) if pushes.node else Setting(False, "default", node.head),
        locked=values.flag("lock_branch"),
        push=no_pushes or allowed,
        **without(node.head, "block_update", "required_workflows", "code_scanning", "metadata"),
    )


def protection_v3(node: Mapping, values: Fields, source: SettingsSource) -> RefPolicy:
    """Return `github_branch_protection_v3`, which speaks REST."""
    name = values.text("branch")
    reviews, no_reviews = block(values, "required_pull_request_reviews")
    checks, no_checks = block(values, "required_status_checks")
    restricted, unrestricted = block(values, "restrictions")
    enforced = values.flag("enforce_admins")
    bypass: Setting[tuple[BypassActor, ...]] = UNKNOWN
    if enforced.known and enforced.place is not None:
        found = [] if enforced.value else [admins(enforced.place)]
        allowed = classic.actors(reviews, "bypass_pull_request_allowances").actors
        bypass = Setting((*found, *(bypassing(one, "reviews") for one in allowed)), enforced.state, enforced.place)
    return RefPolicy(
        kind="classic",
        place=name.place or node.head,
        node=node,
        source=source,
        **about(name, node.head),
        bypass=bypass,
        pull_request=no_reviews or _reviews(reviews),
        status_checks=no_checks or _checks(checks),
        thread_resolution=values.flag("require_conversation_resolution"),
        signatures=values.flag("require_signed_commits"),
        block_force_push=Setting(True, "default", node.head),
        block_deletion=Setting(True, "default", node.head),
        push=unrestricted or set_at(restricted.node or node, classic.actors(values, "restrictions")),
        **without(
            node.head,
            "linear_history",
            "block_creation",
            "block_update",
            "locked",
            "required_workflows",
            "code_scanning",
            "metadata",
        ),
    )


def _reviews(part: Fields) -> Setting[PullRequestRule]:
    node = part.node
    assert node is not None  # noqa: S101 - only asked for a block that is there
    restricted = part.flag("restrict_dismissals")
    allowed = ActorSet(ids(part, "dismissal_restrictions", "unknown"))
    named = (*ids(part, "dismissal_users", "user"), *ids(part, "dismissal_teams", "team"))
    if named:
        dismissal = Setting(ActorSet(named), "set", node.head)
    else:
        dismissal = Setting(allowed if restricted.value else None, restricted.state, restricted.place)
    rule = PullRequestRule(
        node.head,
        approvals=part.number("required_approving_review_count"),
        dismiss_stale=part.flag("dismiss_stale_reviews"),
        code_owner_review=part.flag("require_code_owner_reviews"),
        last_push_approval=part.flag("require_last_push_approval"),
        dismissal=dismissal,
        merge_methods=Setting(METHODS, "default", node.head),
        file_reviewers=Setting((), "default", node.head),
    )
    return set_at(node, rule)


def _checks(part: Fields) -> Setting[StatusCheckRule]:
    node = part.node
    assert node is not None  # noqa: S101 - only asked for a block that is there
    found = [RequiredCheck(one) for one in text_items(part.get("contexts"), part.notes)]
    # The third version writes `context:app`; without an app it sends -1, any.
    for one in items(part.get("checks")):
        if isinstance(one, Scalar):
            context, _, app = one.text.rpartition(":")
            if not context or not app.lstrip("-").isdigit() or len(app) > 12:
                context, app = one.text, ""
            place = one.part(0, len(context)) if context else one.place
            number = int(app) if app and int(app) >= 0 else None
            where = one.part(len(context) + 1, len(one.text)) if app else place
            found.append(
                RequiredCheck(Setting(context, "set", place), Setting(number, "set" if app else "default", where))
            )
    rule = StatusCheckRule(
        node.head,
        strict=part.flag("strict"),
        skip_on_create=Setting(False, "default", node.head),
        checks=Setting(tuple(found), "set", node.head),
    )
    return set_at(node, rule)


_FLAGS = {
    "creation": "block_creation",
    "deletion": "block_deletion",
    "non_fast_forward": "block_force_push",
    "required_linear_history": "linear_history",
    "required_signatures": "signatures",
    "update": "block_update",
}


def ruleset(node: Mapping, values: Fields, source: SettingsSource, type: str) -> RefPolicy:
    """Return `github_repository_ruleset` or its organization's twin: booleans for rules without parameters."""
    name = values.text("name")
    rules, _ = block(values, "rules")
    conditions = values.child("conditions")
    level: PolicyLevel = "organization" if "organization" in type else "repository"
    pull, no_pull = block(rules, "pull_request")
    checks, no_checks = block(rules, "required_status_checks")
    queue, no_queue = block(rules, "merge_queue")
    deployments, no_deployments = block(rules, "required_deployments")
    names = conditions.child("ref_name")
    flags: dict[str, Any] = {ours: rules.flag(key) for key, ours in FLAGS.items()}
    org_wide = level == "organization"
    return RefPolicy(
        kind="ruleset",
        place=name.place or node.head,
        node=node,
        source=source,
        name=name,
        target=values.choice("target", TARGET),
        level=Setting(level, "default", node.head),
        enforcement=values.choice("enforcement", ENFORCEMENT),
        include=patterns(names, "include") if names.node else UNKNOWN,
        exclude=patterns(names, "exclude") if names.node else UNKNOWN,
        repositories=conditions.child("repository_name").texts("include", None)
        if org_wide
        else Setting((), "default", node.head),
        bypass=_bypass(values),
        pull_request=no_pull or _ruleset_reviews(pull),
        thread_resolution=pull.flag("required_review_thread_resolution") if pull.node else _no(no_pull),
        status_checks=no_checks or _ruleset_checks(checks),
        merge_queue=no_queue or _queue(queue),
        required_deployments=deployments.texts("required_deployment_environments", None)
        if deployments.node
        else Setting((), "default", no_deployments.place)
        if no_deployments and no_deployments.known
        else UNKNOWN,
        **flags,
        **without(node.head, "push", "locked"),
    )


def _no(off: Setting[Any] | None) -> Setting[bool]:
    return Setting(False, "default", off.place) if off is not None and off.known else UNKNOWN


def _bypass(values: Fields) -> Setting[tuple[BypassActor, ...]]:
    node = values.get("bypass_actors")
    if not isinstance(node, Sequence):
        return Setting((), "default", values.place) if "bypass_actors" in values and values.place else UNKNOWN
    found = []
    for one in values.children("bypass_actors"):
        if one.node is not None:
            kind = one.choice("actor_type", ACTOR)
            actor = Actor(kind.value or "unknown", kind.place or one.node.head, one.number("actor_id"))
            found.append(BypassActor(actor, one.choice("bypass_mode", MODE)))
    return Setting(tuple(found), "set", node.head if len(node) else node.place)


def _ruleset_reviews(part: Fields) -> Setting[PullRequestRule]:
    node = _node(part)
    methods = part.texts("allowed_merge_methods", None)
    named = tuple(sorted({one.value.lower() for one in methods.value or () if one.value is not None}))
    rule = PullRequestRule(
        node.head,
        approvals=part.number("required_approving_review_count", 0),
        dismiss_stale=part.flag("dismiss_stale_reviews_on_push"),
        code_owner_review=part.flag("require_code_owner_review"),
        last_push_approval=part.flag("require_last_push_approval"),
        merge_methods=Setting(named, "set", methods.place) if named else Setting(METHODS, "default", node.head),
    )
    return set_at(node, rule)


def _ruleset_checks(part: Fields) -> Setting[StatusCheckRule]:
    node = _node(part)
    found = []
    for each in part.children("required_check"):
        context = each.text("context")
        if context.is_set:
            # The provider's zero stands for a source that is not given.
            app = each.number("integration_id", 0)
            found.append(RequiredCheck(context, app if app.value else Setting(None, "default", context.place)))
    rule = StatusCheckRule(
        node.head,
        strict=part.flag("strict_required_status_checks_policy"),
        skip_on_create=part.flag("do_not_enforce_on_create"),
        checks=Setting(tuple(found), "set", node.head),
    )
    return set_at(node, rule)


def _queue(part: Fields) -> Setting[MergeQueueRule]:
    node = _node(part)
    rule = MergeQueueRule(
        node.head,
        merge_method=part.text("merge_method"),
        grouping=part.text("grouping_strategy"),
        check_timeout=part.number("check_response_timeout_minutes"),
        max_to_build=part.number("max_entries_to_build"),
        max_to_merge=part.number("max_entries_to_merge"),
        min_to_merge=part.number("min_entries_to_merge"),
        min_wait=part.number("min_entries_to_merge_wait_minutes"),
    )
    return set_at(node, rule)


def _node(part: Fields) -> Node:
    assert part.node is not None  # noqa: S101 - only asked for a block that is there
    return part.node
