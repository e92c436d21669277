"""A policy for refs: one classic branch protection rule, or one ruleset.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wflint.settings.actor import ActorSet, BypassActor
from wflint.settings.rules import (
    CodeScanningTool,
    MergeQueueRule,
    PatternRule,
    PullRequestRule,
    PushLimits,
    RawRule,
    RequiredCheck,
    RequiredWorkflow,
    StatusCheckRule,
)
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting, Texts
from wflint.source.node import Node, Place

PolicyKind = Literal["classic", "ruleset"]
RefTarget = Literal["branch", "tag", "push", "repository"]
PolicyLevel = Literal["repository", "organization", "enterprise"]
Enforcement = Literal["active", "evaluate", "disabled"]
Syntax = Literal["literal", "fnmatch", "token"]


@dataclass(frozen=True, slots=True)
class RefPattern:
    """A pattern for refs.

    `text` is as written, `ref` in full (`refs/heads/…`, `refs/tags/…`) as far as the format adds what is missing; a
    token is `~ALL` or `~DEFAULT_BRANCH`.
    """

    text: str
    ref: str
    syntax: Syntax
    place: Place


@dataclass(frozen=True, repr=False)
class RefPolicy:
    """What holds for the refs that a policy applies to.

    In a ruleset a rule that is not listed is off; where the rules are not visible all of them are unknown.
    """

    kind: PolicyKind
    place: Place
    """The name, else a tight place that stands for the whole."""
    node: Node
    source: SettingsSource
    name: Setting[str] = UNKNOWN
    """A ruleset's name; a classic rule's branch or pattern."""
    id: Setting[int] = UNKNOWN
    target: Setting[RefTarget] = UNKNOWN
    level: Setting[PolicyLevel] = UNKNOWN
    enforcement: Setting[Enforcement] = UNKNOWN
    include: Setting[tuple[RefPattern, ...]] = UNKNOWN
    exclude: Setting[tuple[RefPattern, ...]] = UNKNOWN
    repositories: Texts = UNKNOWN
    """For an organization's ruleset: the repository names it includes. Off: it is this repository's own."""
    bypass: Setting[tuple[BypassActor, ...]] = UNKNOWN
    pull_request: Setting[PullRequestRule] = UNKNOWN
    thread_resolution: Setting[bool] = UNKNOWN
    status_checks: Setting[StatusCheckRule] = UNKNOWN
    signatures: Setting[bool] = UNKNOWN
    linear_history: Setting[bool] = UNKNOWN
    block_force_push: Setting[bool] = UNKNOWN
    block_deletion: Setting[bool] = UNKNOWN
    block_creation: Setting[bool] = UNKNOWN
    block_update: Setting[bool] = UNKNOWN
    locked: Setting[bool] = UNKNOWN
    """Classic only: nobody may push."""
    push: Setting[ActorSet] = UNKNOWN
    """Classic only: who alone may push; off: everybody with write access."""
    merge_queue: Setting[MergeQueueRule] = UNKNOWN
    required_deployments: Texts = UNKNOWN
    required_workflows: Setting[tuple[RequiredWorkflow, ...]] = UNKNOWN
    code_scanning: Setting[tuple[CodeScanningTool, ...]] = UNKNOWN
    metadata: Setting[tuple[PatternRule, ...]] = UNKNOWN
    push_limits: Setting[PushLimits] = UNKNOWN
    unknown_rules: tuple[RawRule, ...] = ()

    def __repr__(self) -> str:
        return f"<RefPolicy {self.title}>"

    @property
    def is_active(self) -> bool:
        """Whether it is known to be enforced; `evaluate` and `disabled` protect nothing."""
        return self.enforcement.value == "active"

    @property
    def checks(self) -> tuple[RequiredCheck, ...]:
        """The status checks that it requires, as far as known."""
        rule = self.status_checks.value
        return (rule.checks.value or ()) if rule is not None else ()

    @property
    def title(self) -> str:
        """What to call it in a message."""
        what = "the branch protection" if self.kind == "classic" else "the ruleset"
        if self.name.value is None:
            return what
        return f"{what} of `{self.name.value}`" if self.kind == "classic" else f"{what} `{self.name.value}`"
