"""What a policy demands of a ref, control by control, for everybody or for one actor.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/converting-branch-protection-rules-to-rulesets
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wflint.settings.actor import Actor, ActorSet
from wflint.settings.policy import RefPolicy
from wflint.settings.rules import CodeScanningTool, MergeQueueRule, RequiredCheck, RequiredWorkflow
from wflint.settings.value import UNKNOWN, Setting, Texts
from wflint.source.node import Place

REVIEWS = (
    "pull_request",
    "approvals",
    "dismiss_stale",
    "code_owner_review",
    "last_push_approval",
    "dismissal",
)
"""The controls that are about pull requests and their reviews."""

AT_PUSH = (
    "pull_request",
    "push",
    "locked",
    "block_force_push",
    "block_deletion",
    "block_creation",
    "block_update",
)
"""The controls that meet a push: who may bypass by pull request only is bound by them."""

BIND_ADMINS = ("block_force_push", "block_deletion")
"""The controls of classic protection that bind administrators even where others do not."""

ALL_METHODS = ("merge", "rebase", "squash")


@dataclass(frozen=True)
class Controls:
    """Each demand as one setting. Lists hold what is known of them; a rule that is not there is off."""

    pull_request: Setting[bool] = UNKNOWN
    approvals: Setting[int] = UNKNOWN
    dismiss_stale: Setting[bool] = UNKNOWN
    code_owner_review: Setting[bool] = UNKNOWN
    last_push_approval: Setting[bool] = UNKNOWN
    dismissal: Setting[ActorSet] = UNKNOWN
    merge_methods: Setting[tuple[str, ...]] = UNKNOWN
    thread_resolution: Setting[bool] = UNKNOWN
    strict: Setting[bool] = UNKNOWN
    checks: Setting[tuple[RequiredCheck, ...]] = UNKNOWN
    signatures: Setting[bool] = UNKNOWN
    linear_history: Setting[bool] = UNKNOWN
    block_force_push: Setting[bool] = UNKNOWN
    block_deletion: Setting[bool] = UNKNOWN
    block_creation: Setting[bool] = UNKNOWN
    block_update: Setting[bool] = UNKNOWN
    locked: Setting[bool] = UNKNOWN
    push: Setting[ActorSet] = UNKNOWN
    merge_queue: Setting[MergeQueueRule] = UNKNOWN
    required_deployments: Texts = UNKNOWN
    required_workflows: Setting[tuple[RequiredWorkflow, ...]] = UNKNOWN
    code_scanning: Setting[tuple[CodeScanningTool, ...]] = UNKNOWN


OFF: dict[str, Any] = {
    "approvals": 0,
    "dismissal": None,
    "merge_methods": ALL_METHODS,
    "checks": (),
    "push": None,
    "merge_queue": None,
    "required_deployments": (),
    "required_workflows": (),
    "code_scanning": (),
}
"""What the value of a control is while nothing demands it; False for all others."""


def off(control: str, place: Place | None) -> Setting[Any]:
    """Return a control that nothing demands."""
    return Setting(OFF.get(control, False), "default", place)


def controls(policy: RefPolicy, actor: Actor | None = None) -> Controls:
    """Return what a policy demands, of everybody or of an actor, who may be let off some of it."""
    all_of_it = _controls(policy)
    if actor is None:
        return all_of_it
    lifted: dict[str, Setting[Any]] = {}
    for each in policy.bypass.value or ():
        if each.actor.covers(actor):
            lifted |= {control: off(control, each.place) for control in _lifted(policy, each.scope, each.mode.value)}
    if policy.push.value is not None and any(one.covers(actor) for one in policy.push.value.actors):
        lifted["push"] = off("push", policy.push.place)
    return replace(all_of_it, **lifted)


def _lifted(policy: RefPolicy, scope: str, mode: str | None) -> tuple[str, ...]:
    if scope == "reviews":
        return REVIEWS
    if scope == "force-push":
        return ("block_force_push",)
    kept = AT_PUSH if mode == "pull_request" else BIND_ADMINS if policy.kind == "classic" else ()
    return tuple(control for control in Controls.__dataclass_fields__ if control not in kept)


def _controls(policy: RefPolicy) -> Controls:
    reviews, checks = policy.pull_request, policy.status_checks

    def part(rule: Setting[Any], name: str, control: str) -> Setting[Any]:
        if rule.value is not None:
            found: Setting[Any] = getattr(rule.value, name)
            return found
        return off(control, rule.place) if rule.known else Setting(None, "unknown", rule.place)

    return Controls(
        pull_request=Setting(bool(reviews.value), reviews.state, reviews.place) if reviews.known else UNKNOWN,
        approvals=part(reviews, "approvals", "approvals"),
        dismiss_stale=part(reviews, "dismiss_stale", "dismiss_stale"),
        code_owner_review=part(reviews, "code_owner_review", "code_owner_review"),
        last_push_approval=part(reviews, "last_push_approval", "last_push_approval"),
        dismissal=part(reviews, "dismissal", "dismissal"),
        merge_methods=part(reviews, "merge_methods", "merge_methods"),
        thread_resolution=policy.thread_resolution,
        strict=part(checks, "strict", "strict"),
        checks=part(checks, "checks", "checks"),
        signatures=policy.signatures,
        linear_history=policy.linear_history,
        block_force_push=policy.block_force_push,
        block_deletion=policy.block_deletion,
        block_creation=policy.block_creation,
        block_update=policy.block_update,
        locked=policy.locked,
        push=policy.push,
        merge_queue=policy.merge_queue,
        required_deployments=policy.required_deployments,
        required_workflows=policy.required_workflows,
        code_scanning=policy.code_scanning,
    )
