"""The rules of a policy that have parameters, as classic protection and rulesets both know them.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
"""

from __future__ import annotations

from dataclasses import dataclass

from wflint.settings.actor import Actor, ActorSet
from wflint.settings.value import UNKNOWN, Setting, Texts
from wflint.source.node import Node, Place


@dataclass(frozen=True, slots=True)
class FileReviewer:
    """A team that must approve changes to certain files."""

    patterns: Texts
    approvals: Setting[int]
    reviewer: Actor


@dataclass(frozen=True, slots=True)
class PullRequestRule:
    """Changes come by pull request. Whether conversations must be resolved stands in the policy itself."""

    place: Place
    approvals: Setting[int] = UNKNOWN
    dismiss_stale: Setting[bool] = UNKNOWN
    code_owner_review: Setting[bool] = UNKNOWN
    last_push_approval: Setting[bool] = UNKNOWN
    dismissal: Setting[ActorSet] = UNKNOWN
    """Who alone may dismiss reviews; off: everybody with write access."""
    merge_methods: Setting[tuple[str, ...]] = UNKNOWN
    """`merge`, `squash`, `rebase`, sorted; all three by default."""
    file_reviewers: Setting[tuple[FileReviewer, ...]] = UNKNOWN


@dataclass(frozen=True, slots=True)
class RequiredCheck:
    """A status check that must pass."""

    context: Setting[str]
    app: Setting[int | str] = UNKNOWN
    """The id or slug of the app that must report it. Off: any app may. Unknown: GitHub pins the last that reported."""

    @property
    def place(self) -> Place:
        place = self.context.place
        assert place is not None  # noqa: S101 - a check without a context is not loaded
        return place


@dataclass(frozen=True, slots=True)
class StatusCheckRule:
    """Status checks must pass before a merge or push."""

    place: Place
    strict: Setting[bool] = UNKNOWN
    """Whether the branch must be up to date with its base."""
    skip_on_create: Setting[bool] = UNKNOWN
    """Whether a branch may be created without them."""
    checks: Setting[tuple[RequiredCheck, ...]] = UNKNOWN


@dataclass(frozen=True, slots=True)
class MergeQueueRule:
    """Merges go through a queue; times in minutes."""

    place: Place
    merge_method: Setting[str] = UNKNOWN
    grouping: Setting[str] = UNKNOWN
    """`ALLGREEN`: each pull request must pass; `HEADGREEN`: only the last of a group."""
    check_timeout: Setting[int] = UNKNOWN
    max_to_build: Setting[int] = UNKNOWN
    max_to_merge: Setting[int] = UNKNOWN
    min_to_merge: Setting[int] = UNKNOWN
    min_wait: Setting[int] = UNKNOWN


@dataclass(frozen=True, slots=True)
class RequiredWorkflow:
    """A workflow that must pass, wherever it lives."""

    place: Place
    path: Setting[str]
    repository_id: Setting[int] = UNKNOWN
    ref: Setting[str] = UNKNOWN
    sha: Setting[str] = UNKNOWN


@dataclass(frozen=True, slots=True)
class CodeScanningTool:
    """A code scanning tool whose alerts block a merge."""

    place: Place
    tool: Setting[str]
    alerts: Setting[str] = UNKNOWN
    security_alerts: Setting[str] = UNKNOWN


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A demand on commit messages, addresses, branch or tag names."""

    place: Place
    type: str
    operator: Setting[str] = UNKNOWN
    pattern: Setting[str] = UNKNOWN
    negate: Setting[bool] = UNKNOWN


@dataclass(frozen=True, slots=True)
class PushLimits:
    """What no push may contain; `max_file_size` in megabytes, `max_path_length` in characters."""

    place: Place
    paths: Texts = UNKNOWN
    extensions: Texts = UNKNOWN
    max_path_length: Setting[int] = UNKNOWN
    max_file_size: Setting[int] = UNKNOWN


@dataclass(frozen=True, slots=True)
class RawRule:
    """A rule of a type that the model does not know."""

    type: Setting[str]
    node: Node
