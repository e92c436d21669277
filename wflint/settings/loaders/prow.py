"""Prow's branch protector: the key `branch-protection` of its configuration.

https://docs.prow.k8s.io/docs/components/optional/branchprotector/
A policy stands at the root, an organization, a repository and a branch. Lists add up on the way down, other values
replace what stands above, null inherits. Checks that Prow requires of its own presubmits are not in this part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wflint.settings.actor import ActorSet
from wflint.settings.loaders.classic import METHODS, about, actors, admins, bypassing, negated, without
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, key_text
from wflint.settings.model import Partial
from wflint.settings.policy import RefPattern, RefPolicy
from wflint.settings.rules import PullRequestRule, RequiredCheck, StatusCheckRule
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Place

Levels = tuple[Fields, ...]
"""The policies that make one up, the outermost first."""


def load(document: Document) -> list[Partial]:
    """Read the configuration: one part for each repository it names."""
    root = document.root.get("branch-protection") if document.root is not None else None
    if not isinstance(root, Mapping):
        return []
    notes = Notes()
    source = source_of(document, "prow", "desired")
    top = Fields(root, notes)
    found = []
    for owner, organization in _each(top, "orgs"):
        for name, repository in _each(organization, "repos"):
            levels = (top, organization, repository)
            policies = [
                _policy(key_text(branch.node), branch.node, (*levels, branch), source)
                for _, branch in _each(repository, "branches")
                if branch.node is not None and _last_flag((*levels, branch), "protect").is_on
            ]
            if repository.node is not None and _last_flag(levels, "protect").is_on:
                policies.append(_everywhere(repository.node, levels, source))
            found.append(partial(source, notes, subject=f"{owner}/{name}", policies=tuple(policies)))
    return found or [partial(source, notes)]


def _each(level: Fields, key: str) -> Iterator[tuple[str, Fields]]:
    for name, node in level.child(key).entries.items():
        if isinstance(node, Mapping):
            yield name, Fields(node, level.notes)


def _everywhere(node: Node, levels: Levels, source: SettingsSource) -> RefPolicy:
    """Return the policy of all branches that have none of their own."""
    one = _policy(UNKNOWN, node, levels, source)
    return replace(
        one, include=Setting((RefPattern("**/*", "refs/heads/**/*", "fnmatch", node.head),), "set", node.head)
    )


def _policy(name: Setting[str], node: Node, levels: Levels, source: SettingsSource) -> RefPolicy:
    place = node.head
    enforced = _last_flag(levels, "enforce_admins", place)
    reviewers = [
        bypassing(actor, "reviews")
        for level in levels
        for actor in actors(level.child("required_pull_request_reviews"), "bypass_pull_request_allowances").actors
    ]
    found = [] if enforced.value or enforced.place is None else [admins(enforced.place)]
    return RefPolicy(
        kind="classic",
        place=name.place or place,
        node=node,
        source=source,
        **about(name, place),
        bypass=Setting((*found, *reviewers), enforced.state, enforced.place),
        pull_request=_reviews(levels, place),
        status_checks=_checks(levels, place),
        signatures=_last_flag(levels, "require_signed_commits", place),
        linear_history=_last_flag(levels, "required_linear_history", place),
        block_force_push=negated(_last_flag(levels, "allow_force_pushes", place)),
        block_deletion=negated(_last_flag(levels, "allow_deletions", place)),
        push=_restrictions(levels, place),
        **without(
            place,
            "thread_resolution",
            "block_creation",
            "block_update",
            "locked",
            "required_workflows",
            "code_scanning",
            "metadata",
        ),
    )


def _last_flag(levels: Levels, key: str, place: Place | None = None) -> Setting[bool]:
    """Return what the innermost level says that says anything."""
    said = [level.flag(key) for level in levels if level.get(key) is not None]
    return said[-1] if said else Setting(False, "default", place or levels[-1].place)


def _last_number(levels: Levels, key: str) -> Setting[int]:
    said = [level.number(key) for level in levels if level.get(key) is not None]
    return said[-1] if said else UNKNOWN


def _parts(levels: Levels, key: str) -> Levels:
    return tuple(level.child(key) for level in levels if level.get(key) is not None)


def _restrictions(levels: Levels, place: Place) -> Setting[ActorSet]:
    said = [level for level in levels if level.get("restrictions") is not None]
    if not said:
        return Setting(None, "default", place)
    allowed = tuple(actor for level in said for actor in actors(level, "restrictions").actors)
    return Setting(ActorSet(allowed), "set", said[-1].entries["restrictions"].head)


def _checks(levels: Levels, place: Place) -> Setting[StatusCheckRule]:
    parts = _parts(levels, "required_status_checks")
    if not parts:
        # The checks of presubmits that always run are required as well, and stand elsewhere.
        return Setting(None, "unknown", place)
    where = parts[-1].place or place
    found = tuple(RequiredCheck(context) for part in parts for context in part.texts("contexts").value or ())
    rule = StatusCheckRule(
        where,
        strict=_last_flag(parts, "strict", where),
        skip_on_create=Setting(False, "default", where),
        checks=Setting(found, "set", where),
    )
    return Setting(rule, "set", where)


def _reviews(levels: Levels, place: Place) -> Setting[PullRequestRule]:
    parts = _parts(levels, "required_pull_request_reviews")
    if not parts:
        return Setting(None, "default", place)
    where = parts[-1].place or place
    restricted = [part for part in parts if part.get("dismissal_restrictions") is not None]
    allowed = ActorSet(tuple(actor for part in restricted for actor in actors(part, "dismissal_restrictions").actors))
    rule = PullRequestRule(
        where,
        approvals=_last_number(parts, "required_approving_review_count"),
        dismiss_stale=_last_flag(parts, "dismiss_stale_reviews", where),
        code_owner_review=_last_flag(parts, "require_code_owner_reviews", where),
        dismissal=Setting(allowed, "set", restricted[-1].place) if restricted else Setting(None, "default", where),
        merge_methods=Setting(METHODS, "default", where),
        file_reviewers=Setting((), "default", where),
    )
    return Setting(rule, "set", where)
