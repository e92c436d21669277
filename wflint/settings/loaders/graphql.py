"""Branch protection rules as GraphQL answers them: the one interface that tells a rule's pattern.

https://docs.github.com/graphql/reference/objects#branchprotectionrule
"""

from __future__ import annotations

from typing import Any

from wflint.facts.settings import graphql_rule
from wflint.settings.actor import Actor, ActorKind, ActorSet, BypassActor
from wflint.settings.loaders.classic import METHODS, about, admins, bypassing, negated, without
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, set_at
from wflint.settings.model import Partial
from wflint.settings.policy import RefPolicy
from wflint.settings.rules import PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.sections import Identity, MergeSettings
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node

_KIND: dict[str, ActorKind] = {"User": "user", "Team": "team", "App": "app"}


def is_rule(node: Node | None) -> bool:
    """Tell whether a mapping is a branch protection rule of GraphQL."""
    return isinstance(node, Mapping) and len(node.entries.keys() & graphql_rule().keys()) >= 2


def is_answer(node: Node) -> bool:
    """Tell whether a mapping is such a rule, or an answer that holds a list of them."""
    if is_rule(node) or node.get("branchProtectionRules") is not None:
        return True
    repository = node.at("data", "repository") or node.get("repository")
    return isinstance(repository, Mapping) and "branchProtectionRules" in repository


def load(document: Document) -> list[Partial]:
    """Read the answer; a field that was not asked for is unknown."""
    root = document.root
    if root is None:
        return []
    notes = Notes()
    repository = next(
        (node for node in (root.at("data", "repository"), root.get("repository")) if isinstance(node, Mapping)), None
    )
    rules = [node for node in root.walk() if isinstance(node, Mapping) and is_rule(node)]
    listed = repository.get("branchProtectionRules") if repository is not None else None
    more = listed.at("pageInfo", "hasNextPage") if listed is not None else None
    complete = {"classic"} if listed is not None and more is not None and more.string == "false" else set()
    source = source_of(document, "graphql", "live", complete)
    one = Fields(repository, notes, absent="unknown")
    merge = MergeSettings(
        merge_commit=one.flag("mergeCommitAllowed", None),
        squash=one.flag("squashMergeAllowed", None),
        rebase=one.flag("rebaseMergeAllowed", None),
        auto_merge=one.flag("autoMergeAllowed", None),
        delete_branch_on_merge=one.flag("deleteBranchOnMerge", None),
        web_signoff=one.flag("webCommitSignoffRequired", None),
    )
    identity = Identity(name=one.text("name"), default_branch=one.child("defaultBranchRef").text("name"))
    policies = tuple(_policy(node, notes, source) for node in rules)
    return [partial(source, notes, policies=policies, merge=merge, identity=identity)]


def _policy(node: Mapping, notes: Notes, source: SettingsSource) -> RefPolicy:
    rule = Fields(node, notes, absent="unknown")
    name = rule.text("pattern")
    return RefPolicy(
        kind="classic",
        place=name.place or node.head,
        node=node,
        source=source,
        **about(name, node.head),
        bypass=_bypass(rule),
        pull_request=_when(rule.flag("requiresApprovingReviews", None), _reviews(rule, node)),
        status_checks=_when(rule.flag("requiresStatusChecks", None), _checks(rule, node)),
        thread_resolution=rule.flag("requiresConversationResolution", None),
        signatures=rule.flag("requiresCommitSignatures", None),
        linear_history=rule.flag("requiresLinearHistory", None),
        block_force_push=negated(rule.flag("allowsForcePushes", None)),
        block_deletion=negated(rule.flag("allowsDeletions", None)),
        block_creation=rule.flag("blocksCreations", None),
        locked=rule.flag("lockBranch", None),
        push=_when(rule.flag("restrictsPushes", None), _actors(rule, "pushAllowances")),
        required_deployments=_deployments(rule),
        **without(node.head, "block_update", "required_workflows", "code_scanning", "metadata", "push_limits"),
    )


def _when(switch: Setting[bool], value: Any) -> Setting[Any]:
    """Return a rule that a boolean switches, at the boolean's place."""
    return Setting(value if switch.value else None, switch.state, switch.place)


def _deployments(rule: Fields) -> Setting[Any]:
    switch = rule.flag("requiresDeployments", None)
    if switch.is_on:
        return rule.texts("requiredDeploymentEnvironments", None)
    return Setting(() if switch.known else None, switch.state, switch.place)


def _reviews(rule: Fields, node: Mapping) -> PullRequestRule:
    restricted = rule.flag("restrictsReviewDismissals", None)
    return PullRequestRule(
        node.head,
        approvals=rule.number("requiredApprovingReviewCount"),
        dismiss_stale=rule.flag("dismissesStaleReviews", None),
        code_owner_review=rule.flag("requiresCodeOwnerReviews", None),
        last_push_approval=rule.flag("requireLastPushApproval", None),
        dismissal=_when(restricted, _actors(rule, "reviewDismissalAllowances")),
        merge_methods=Setting(METHODS, "default", node.head),
        file_reviewers=Setting((), "default", node.head),
    )


def _checks(rule: Fields, node: Mapping) -> StatusCheckRule:
    found = []
    for each in rule.children("requiredStatusChecks"):
        context = each.text("context")
        if context.is_set:
            found.append(RequiredCheck(context, _app(each, context)))
    named = {check.context.value for check in found}
    contexts = rule.texts("requiredStatusCheckContexts", None)
    found += [RequiredCheck(one) for one in contexts.value or () if one.value not in named]
    where = rule.get("requiredStatusChecks") or rule.get("requiredStatusCheckContexts")
    return StatusCheckRule(
        node.head,
        strict=rule.flag("requiresStrictStatusChecks", None),
        skip_on_create=Setting(False, "default", node.head),
        checks=set_at(where, tuple(found)) if where is not None else Setting(None, "unknown", node.head),
    )


def _app(check: Fields, context: Setting[str]) -> Setting[int | str]:
    if "app" not in check:
        return UNKNOWN
    app = check.child("app")
    if app.node is None:
        return Setting(None, "default", context.place)
    number = app.number("databaseId")
    return number if number.known else app.text("slug")


def _actors(rule: Fields, key: str) -> ActorSet:
    found = []
    for each in rule.child(key).children("nodes"):
        one = each.child("actor")
        node = one.node or each.node
        if node is not None:
            kind = one.choice("__typename", _KIND).value or ("user" if "login" in one else "unknown")
            name = next((one.text(key) for key in ("login", "slug", "name") if key in one), UNKNOWN)
            found.append(Actor(kind, node.head, one.number("databaseId"), name))
    return ActorSet(tuple(found))


def _bypass(rule: Fields) -> Setting[tuple[BypassActor, ...]]:
    # The schema's text says the opposite, but true means that administrators are bound.
    enforced = rule.flag("isAdminEnforced", None)
    if not enforced.known or enforced.place is None:
        return UNKNOWN
    found = [] if enforced.value else [admins(enforced.place)]
    found += [bypassing(actor, "reviews") for actor in _actors(rule, "bypassPullRequestAllowances").actors]
    found += [bypassing(actor, "force-push") for actor in _actors(rule, "bypassForcePushAllowances").actors]
    return Setting(tuple(found), "set", enforced.place)
