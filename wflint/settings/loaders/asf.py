"""`.asf.yaml`, by which projects of the Apache Software Foundation set up their repositories.

https://github.com/apache/infrastructure-asfyaml
Branches that the file does not list lose their protection. It is read by strictyaml: every scalar is text at first.
"""

from __future__ import annotations

from typing import Any

from wflint.settings.actor import Actor, BypassActor
from wflint.settings.loaders import ruleset
from wflint.settings.loaders.classic import about, without
from wflint.settings.loaders.environment import requested
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, is_null, key_text, set_at, text_items
from wflint.settings.loaders.ruleset_rules import METHODS
from wflint.settings.loaders.shape import unknown_keys
from wflint.settings.model import Partial
from wflint.settings.patterns import ruleset_pattern
from wflint.settings.policy import RefPolicy
from wflint.settings.rules import PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.sections import EnvironmentSettings, MergeSettings, SecuritySettings
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

TELLING = frozenset(("protected_branches", "rulesets", "enabled_merge_buttons", "pull_requests", "environments"))
_BRANCH = (
    "required_signatures",
    "required_linear_history",
    "required_conversation_resolution",
    "required_pull_request_reviews",
    "required_status_checks",
)
_REVIEWS = (
    "dismiss_stale_reviews",
    "require_code_owner_reviews",
    "require_last_push_approval",
    "required_approving_review_count",
)
_CONVENIENCE = ("branches", "refs", "type", "bypass_teams", "restrict_deletion", "restrict_force_push")


def load(document: Document) -> list[Partial]:
    """Read the file's `github` part."""
    if document.root is None:
        return []
    notes = Notes()
    github = Fields(document.root, notes, absent="unknown").child("github")
    complete = {"classic"} if "protected_branches" in github else set()
    source = source_of(document, "asf", "desired", complete)
    dead = github.get("protected_tags")
    if dead is not None:
        message = "`protected_tags` has had no effect since GitHub gave up tag protection rules in 2024."
        notes.add(dead.head, message, "no-effect", "Protect tags with a ruleset.")
    sections = {
        "policies": (*_protected(github, source), *_rulesets(github, source)),
        "environments": tuple(_environments(github)),
        "merge": _merge(github),
        "security": SecuritySettings(
            dependabot_alerts=_loose(github).flag("dependabot_alerts", None),
            dependabot_updates=_loose(github).flag("dependabot_updates", None),
        ),
    }
    return [partial(source, notes, **sections)]


def _loose(part: Fields) -> Fields:
    return Fields(part.node, part.notes, absent=part.absent, loose=True)


def _merge(github: Fields) -> MergeSettings:
    buttons, pulls = _loose(github.child("enabled_merge_buttons")), _loose(github.child("pull_requests"))
    return MergeSettings(
        merge_commit=buttons.flag("merge", None),
        squash=buttons.flag("squash", None),
        rebase=buttons.flag("rebase", None),
        auto_merge=pulls.flag("allow_auto_merge", None),
        update_branch=pulls.flag("allow_update_branch", None),
        delete_branch_on_merge=pulls.flag("del_branch_on_merge", None),
    )


def _protected(github: Fields, source: SettingsSource) -> list[RefPolicy]:
    branches = github.child("protected_branches")
    found = []
    for node in branches.entries.values():
        if isinstance(node, Mapping) or is_null(node):
            unknown_keys(node, _BRANCH, github.notes, "a protected branch")
            found.append(_branch(node, Fields(node, github.notes, loose=True), source))
        else:
            github.notes.wrong_type(node, str(node.key), "a mapping")
    return found


def _branch(node: Node, branch: Fields, source: SettingsSource) -> RefPolicy:
    name = key_text(node)
    place = node.head
    on = Setting(True, "default", place)
    reviews = branch.child("required_pull_request_reviews")
    unknown_keys(reviews.node, _REVIEWS, branch.notes, "`required_pull_request_reviews`")
    return RefPolicy(
        kind="classic",
        place=name.place or place,
        node=node,
        source=source,
        **about(name, place),
        pull_request=_reviews(branch, reviews),
        status_checks=_checks(branch),
        signatures=branch.flag("required_signatures"),
        linear_history=branch.flag("required_linear_history"),
        thread_resolution=branch.flag("required_conversation_resolution"),
        block_force_push=on,
        block_deletion=on,
        **without(
            place, "push", "locked", "block_creation", "block_update", "required_workflows", "code_scanning", "metadata"
        ),
    )


def _reviews(branch: Fields, reviews: Fields) -> Setting[PullRequestRule]:
    node = branch.entries.get("required_pull_request_reviews")
    if node is None or branch.node is None:
        return branch.missing("required_pull_request_reviews", None, off=True)
    place = node.head
    rule = PullRequestRule(
        place,
        approvals=reviews.number("required_approving_review_count", 0),
        dismiss_stale=reviews.flag("dismiss_stale_reviews"),
        code_owner_review=reviews.flag("require_code_owner_reviews"),
        last_push_approval=reviews.flag("require_last_push_approval"),
        dismissal=Setting(None, "default", place),
        merge_methods=Setting(METHODS, "default", place),
        file_reviewers=Setting((), "default", place),
    )
    return set_at(node, rule)


def _checks(branch: Fields) -> Setting[StatusCheckRule]:
    node = branch.get("required_status_checks")
    if node is None:
        return branch.missing("required_status_checks", None, off=True)
    part = branch.child("required_status_checks")
    unknown_keys(node, ("strict", "contexts", "checks"), branch.notes, "`required_status_checks`")
    found = [
        RequiredCheck(context, Setting(None, "default", context.place))
        for context in part.texts("contexts").value or ()
    ]
    for each in part.children("checks"):
        context = each.text("context")
        if context.is_set:
            found.append(RequiredCheck(context, _app(each, context)))
    if not found and isinstance(node, Mapping):
        message = "Without `contexts` or `checks` no status check is required, and `strict` says nothing."
        branch.notes.add(node.head, message, "no-effect")
        return Setting(None, "set", node.head)
    rule = StatusCheckRule(
        node.head,
        strict=part.flag("strict"),
        skip_on_create=Setting(False, "default", node.head),
        checks=set_at(node, tuple(found)),
    )
    return set_at(node, rule)


def _app(check: Fields, context: Setting[str]) -> Setting[int | str]:
    node = check.get("app_id")
    if node is None or node.string == "-1":
        return Setting(None, "default" if node is None else "set", node.place if node is not None else context.place)
    return check.number("app_id")


def _environments(github: Fields) -> list[EnvironmentSettings]:
    found = []
    for node in github.child("environments").entries.values():
        name = key_text(node)
        if isinstance(node, Mapping) and name.known:
            found.append(requested(Fields(node, github.notes, loose=True), name, self_review=True))
    return found


def _rulesets(github: Fields, source: SettingsSource) -> list[RefPolicy]:
    found = []
    for each in github.children("rulesets"):
        node = each.node
        if not isinstance(node, Mapping):
            continue
        raw = "rules" in node or "conditions" in node
        mixed = [key for key in _CONVENIENCE if key in node]
        if raw and mixed:
            message = f"`{mixed[0]}` is short for what `rules` and `conditions` say in full; both together are refused."
            github.notes.add(node.entries[mixed[0]].head, message, "no-effect")
        found.append(ruleset.policy(node, github.notes, source) if raw else _convenient(node, each.notes, source))
    return found


def _convenient(node: Mapping, notes: Notes, source: SettingsSource) -> RefPolicy:
    """Return a ruleset in the short form."""
    short = Fields(node, notes, loose=True)
    name = short.text("name")
    place = node.head
    target = short.choice("type", ruleset.TARGET, "branch")
    prefix = "refs/tags/" if target.value == "tag" else "refs/heads/"
    flags: dict[str, Any] = {
        "block_deletion": short.flag("restrict_deletion", True),
        "block_force_push": short.flag("restrict_force_push", True),
        "linear_history": short.flag("required_linear_history"),
        "signatures": short.flag("required_signatures"),
        "thread_resolution": short.flag("required_conversation_resolution"),
    }
    branches = short.child("branches")
    if "refs" in short:
        refs = short.get("refs")
        branches = short.child("refs") if isinstance(refs, Mapping) else branches
    include, exclude = ruleset.patterns(branches, "includes", prefix), ruleset.patterns(branches, "excludes", prefix)
    if isinstance(short.get("refs"), Sequence):
        listed = short.texts("refs")
        named = [(one.value, one.place) for one in listed.value or ()]
        found = tuple(ruleset_pattern(text, at, prefix=prefix) for text, at in named if text is not None and at)
        include = Setting(found, "set", listed.place)
        exclude = Setting((), "default", place)
    reviews = short.child("required_pull_request_reviews")
    return RefPolicy(
        kind="ruleset",
        place=name.place or place,
        node=node,
        source=source,
        name=name,
        target=target,
        level=Setting("repository", "default", place),
        enforcement=short.choice("enforcement", ruleset.ENFORCEMENT, "active"),
        include=include,
        exclude=exclude,
        repositories=Setting((), "default", place),
        bypass=_bypass(short, place),
        pull_request=_reviews(short, reviews),
        status_checks=_short_checks(short),
        **flags,
        **without(
            place,
            "push",
            "locked",
            "block_creation",
            "block_update",
            "merge_queue",
            "required_deployments",
            "required_workflows",
            "code_scanning",
            "metadata",
            "push_limits",
        ),
    )


def _bypass(short: Fields, place: Place) -> Setting[tuple[BypassActor, ...]]:
    mode = short.choice("bypass_mode", ruleset.MODE, "always")
    node = short.get("bypass_teams")
    if not isinstance(node, Sequence):
        return Setting((), "default", place)
    teams = text_items(node, short.notes)
    return set_at(node, tuple(BypassActor(Actor("team", one.place, name=one), mode) for one in teams if one.place))


def _short_checks(short: Fields) -> Setting[StatusCheckRule]:
    node = short.get("required_status_checks")
    if not isinstance(node, Sequence):
        return _checks(short)
    found = []
    for item in node:
        one = Fields(item, short.notes) if isinstance(item, Mapping) else None
        context = one.text("name") if one else Setting(item.string, "set", item.place)
        slug = one.text("app_slug") if one else UNKNOWN
        if isinstance(item, Scalar | Mapping) and context.value is not None:
            app: Setting[int | str] = slug if slug.known else Setting(None, "default", context.place)
            found.append(RequiredCheck(context, app))
    rule = StatusCheckRule(
        node.head,
        strict=short.flag("required_status_checks_strict"),
        skip_on_create=Setting(False, "default", node.head),
        checks=set_at(node, tuple(found)),
    )
    return set_at(node, rule)
