"""The rules of a ruleset: a list of `{"type": …, "parameters": …}`.

https://docs.github.com/rest/repos/rules
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wflint.facts.settings import rule_type, rule_types
from wflint.settings.actor import Actor, ActorKind, ActorSet
from wflint.settings.loaders.read import Fields, Notes, is_null, set_at, text_of
from wflint.settings.loaders.shape import judge, unknown_keys
from wflint.settings.rules import (
    CodeScanningTool,
    FileReviewer,
    MergeQueueRule,
    PatternRule,
    PullRequestRule,
    PushLimits,
    RawRule,
    RequiredCheck,
    RequiredWorkflow,
    StatusCheckRule,
)
from wflint.settings.value import Setting
from wflint.source.node import Mapping, Node, Place, Sequence

ACTOR: dict[str, ActorKind] = {
    "Integration": "app",
    "IntegrationInstallation": "app",
    "OrganizationAdmin": "organization-admin",
    "EnterpriseOwner": "enterprise-owner",
    "RepositoryRole": "role",
    "Team": "team",
    "DeployKey": "deploy-key",
    "User": "user",
}
FLAGS = {
    "creation": "block_creation",
    "deletion": "block_deletion",
    "non_fast_forward": "block_force_push",
    "required_linear_history": "linear_history",
    "required_signatures": "signatures",
    "update": "block_update",
}
_KEYS = ("type", "parameters", "ruleset_id", "ruleset_source", "ruleset_source_type")
METHODS = ("merge", "rebase", "squash")
_LIMITS = ("file_path_restriction", "file_extension_restriction", "max_file_path_length", "max_file_size")


def rules(node: Node | None, notes: Notes, target: str | None = None) -> dict[str, Any]:
    """Return the fields of a policy that a list of rules fills; none when there is no list."""
    if not isinstance(node, Sequence):
        return {}
    return rules_listed(node.nodes, notes, node.head if len(node) else node.place, target)


def rules_listed(items: Iterable[Node], notes: Notes, place: Place, target: str | None = None) -> dict[str, Any]:
    """Return the fields of a policy that the rules of a list fill; `place` is the list's, for what it lacks."""
    listed: dict[str, list[Mapping]] = {}
    raw = []
    for item in items:
        type = text_of(item.get("type"))
        if not isinstance(item, Mapping) or type.value is None:
            notes.add(item, "A rule must be a mapping with a `type`.", "wrong-type")
            continue
        known = rule_type(type.value)
        if known is None:
            raw.append(RawRule(type, item))
            _note_unknown_type(type, notes)
            continue
        if target in ("branch", "tag", "push") and known.targets and target not in known.targets and type.place:
            notes.add(type.place, f"A ruleset for `{target}` takes no rule `{type.value}`.", "unknown-value")
        parameters = item.get("parameters")
        if isinstance(parameters, Mapping):
            judge(parameters, known.parameters, None, notes, what=f"the rule `{type.value}`")
        unknown_keys(item, _KEYS, notes, "a rule")
        listed.setdefault(type.value, []).append(item)
    return {**_rules(listed, notes, place), "unknown_rules": tuple(raw)}


def _note_unknown_type(type: Setting[str], notes: Notes) -> None:
    from difflib import get_close_matches

    near = get_close_matches(type.value or "", rule_types(), n=1, cutoff=0.6)
    if type.place is not None:
        hint = f"Did you mean `{near[0]}`?" if near else None
        notes.add(type.place, f"`{type.value}` is no type of rule that is known.", "unknown-value", hint)


def _rules(listed: dict[str, list[Mapping]], notes: Notes, place: Place) -> dict[str, Any]:
    """Return a policy's fields; a rule that is not listed is off."""
    off: Setting[Any] = Setting(None, "default", place)

    def parameters(type: str) -> Fields | None:
        found = listed.get(type)
        return Fields(found[0].get("parameters") or found[0], notes) if found else None

    def all_parameters(type: str, key: str) -> list[Fields]:
        return [each for rule in listed.get(type, ()) for each in Fields(rule.get("parameters"), notes).children(key)]

    found: dict[str, Any] = {
        name: set_at(_type(listed[type][0]), True) if type in listed else Setting(False, "default", place)
        for type, name in FLAGS.items()
    }
    pull = parameters("pull_request")
    at = {type: _type(rules[0]) for type, rules in listed.items()}
    found["pull_request"] = set_at(at["pull_request"], pull_request(pull, at["pull_request"].place)) if pull else off
    found["thread_resolution"] = (
        pull.flag("required_review_thread_resolution", None) if pull else Setting(False, "default", place)
    )
    checks = parameters("required_status_checks")
    found["status_checks"] = (
        set_at(at["required_status_checks"], status_checks(checks, at["required_status_checks"].place))
        if checks
        else off
    )
    queue = parameters("merge_queue")
    found["merge_queue"] = set_at(at["merge_queue"], _merge_queue(queue, at["merge_queue"].place)) if queue else off
    deployments = parameters("required_deployments")
    found["required_deployments"] = (
        deployments.texts("required_deployment_environments", None) if deployments else Setting((), "default", place)
    )
    found["required_workflows"] = _listed(
        at.get("workflows"),
        place,
        tuple(
            RequiredWorkflow(
                each.node.head, each.text("path"), each.number("repository_id"), each.text("ref"), each.text("sha")
            )
            for each in all_parameters("workflows", "workflows")
            if each.node is not None
        ),
    )
    found["code_scanning"] = _listed(
        at.get("code_scanning"),
        place,
        tuple(
            CodeScanningTool(
                each.node.head, each.text("tool"), each.text("alerts_threshold"), each.text("security_alerts_threshold")
            )
            for each in all_parameters("code_scanning", "code_scanning_tools")
            if each.node is not None
        ),
    )
    metadata = tuple(
        PatternRule(_type(rule).place, type, part.text("operator"), part.text("pattern"), part.flag("negate"))
        for type, rules in listed.items()
        if type.endswith("_pattern")
        for rule in rules
        for part in [Fields(rule.get("parameters"), notes)]
    )
    found["metadata"] = Setting(metadata, "set" if metadata else "default", metadata[0].place if metadata else place)
    found["push_limits"] = _push_limits(parameters, place)
    # A required signature, creation, … is told by the rule being there; locks and push lists are classic.
    found["locked"] = Setting(False, "default", place)
    found["push"] = off
    return found


def _type(rule: Mapping) -> Node:
    return rule.get("type") or rule


def _listed(at: Node | None, place: Place, value: tuple[Any, ...]) -> Setting[tuple[Any, ...]]:
    return set_at(at, value) if at is not None else Setting((), "default", place)


def pull_request(rule: Fields, place: Place) -> PullRequestRule:
    """Return the rule `pull_request` from its parameters."""
    methods = rule.texts("allowed_merge_methods", None)
    named = tuple(sorted({one.value.lower() for one in methods.value or () if one.value is not None}))
    return PullRequestRule(
        place,
        approvals=rule.number("required_approving_review_count"),
        dismiss_stale=rule.flag("dismiss_stale_reviews_on_push", None),
        code_owner_review=rule.flag("require_code_owner_review", None),
        last_push_approval=rule.flag("require_last_push_approval", None),
        dismissal=_dismissal(rule),
        merge_methods=Setting(named, "set", methods.place) if methods.known else Setting(METHODS, "default", place),
        file_reviewers=_file_reviewers(rule),
    )


def _dismissal(rule: Fields) -> Setting[ActorSet]:
    node = rule.get("dismissal_restriction")
    restriction = rule.child("dismissal_restriction")
    if node is None:
        return rule.missing("dismissal_restriction", None, off=True)
    if not restriction.flag("enabled", None).is_on:
        return Setting(None, "set", node.head)
    actors = [
        Actor(one.choice("type", ACTOR).value or "unknown", one.node.head, one.number("id"))
        for one in restriction.children("allowed_actors")
        if one.node is not None
    ]
    return set_at(node, ActorSet(tuple(actors)))


def _file_reviewers(rule: Fields) -> Setting[tuple[FileReviewer, ...]]:
    node = rule.get("required_reviewers")
    if node is None:
        return rule.missing("required_reviewers", ())
    found = []
    for each in rule.children("required_reviewers"):
        reviewer = each.child("reviewer")
        if each.node is not None:
            actor = Actor("team", reviewer.place or each.node.head, reviewer.number("id"))
            found.append(FileReviewer(each.texts("file_patterns", None), each.number("minimum_approvals"), actor))
    return set_at(node, tuple(found))


def status_checks(rule: Fields, place: Place) -> StatusCheckRule:
    """Return the rule `required_status_checks` from its parameters."""
    node = rule.get("required_status_checks")
    listed = tuple(
        RequiredCheck(context, _app(each, context))
        for each in rule.children("required_status_checks")
        if (context := each.text("context")).is_set
    )
    return StatusCheckRule(
        place,
        strict=rule.flag("strict_required_status_checks_policy", None),
        skip_on_create=rule.flag("do_not_enforce_on_create"),
        checks=set_at(node, listed) if isinstance(node, Sequence) else Setting(None, "unknown", place),
    )


def _app(check: Fields, context: Setting[str]) -> Setting[int | str]:
    """Return the app of a check: none named, null or -1 means any."""
    node = check.get("integration_id")
    if node is None:
        written = check.entries.get("integration_id")
        return Setting(None, "default", written.place if written is not None and is_null(written) else context.place)
    app = check.number("integration_id")
    return Setting(None, "set", app.place) if app.value == -1 else app


def _merge_queue(rule: Fields, place: Place) -> MergeQueueRule:
    return MergeQueueRule(
        place,
        merge_method=rule.text("merge_method"),
        grouping=rule.text("grouping_strategy"),
        check_timeout=rule.number("check_response_timeout_minutes"),
        max_to_build=rule.number("max_entries_to_build"),
        max_to_merge=rule.number("max_entries_to_merge"),
        min_to_merge=rule.number("min_entries_to_merge"),
        min_wait=rule.number("min_entries_to_merge_wait_minutes"),
    )


def _push_limits(parameters: Any, place: Place) -> Setting[PushLimits]:
    found = [(type, part) for type in _LIMITS if (part := parameters(type)) is not None]
    if not found:
        return Setting(None, "default", place)
    by_type: dict[str, Fields] = dict(found)
    first = found[0][1].place or place
    paths, extensions = by_type.get("file_path_restriction"), by_type.get("file_extension_restriction")
    length, size = by_type.get("max_file_path_length"), by_type.get("max_file_size")
    limits = PushLimits(
        first,
        paths=paths.texts("restricted_file_paths", None) if paths else Setting((), "default", place),
        extensions=extensions.texts("restricted_file_extensions", None)
        if extensions
        else Setting((), "default", place),
        max_path_length=length.number("max_file_path_length") if length else Setting(None, "default", place),
        max_file_size=size.number("max_file_size") if size else Setting(None, "default", place),
    )
    return Setting(limits, "set", first)
