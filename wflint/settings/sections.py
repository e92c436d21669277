"""The sections of the settings that are not about refs.

The names are GitHub's where it has one; each docstring names the answer of the REST API that tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wflint.settings.actor import Actor
from wflint.settings.policy import RefPattern
from wflint.settings.value import UNKNOWN, Setting, Texts
from wflint.source.node import Place

Toggle = Setting[bool]


@dataclass(frozen=True, slots=True)
class Identity:
    """The repository itself: `GET /repos/{owner}/{repo}`."""

    owner: Setting[str] = UNKNOWN
    name: Setting[str] = UNKNOWN
    id: Setting[int] = UNKNOWN
    owner_type: Setting[str] = UNKNOWN
    """`User` or `Organization`."""
    visibility: Setting[str] = UNKNOWN
    """`public`, `private` or `internal`."""
    fork: Toggle = UNKNOWN
    archived: Toggle = UNKNOWN
    default_branch: Setting[str] = UNKNOWN


@dataclass(frozen=True)
class EnvironmentSettings:
    """An environment: `GET /repos/{owner}/{repo}/environments`.

    https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
    """

    place: Place
    name: Setting[str]
    reviewers: Setting[tuple[Actor, ...]] = UNKNOWN
    """Any one of them approves; off: nobody has to."""
    prevent_self_review: Toggle = UNKNOWN
    wait_minutes: Setting[int] = UNKNOWN
    refs: Setting[Literal["all", "protected", "selected"]] = UNKNOWN
    patterns: Setting[tuple[RefPattern, ...]] = UNKNOWN
    """The patterns when refs are selected."""
    admins_bypass: Toggle = UNKNOWN
    custom_gates: Texts = UNKNOWN
    secrets: Texts = UNKNOWN
    variables: Texts = UNKNOWN

    def is_called(self, name: str) -> bool:
        """Tell whether a name means this environment; case does not matter."""
        return self.name.value is not None and self.name.value.lower() == name.lower()


@dataclass(frozen=True, slots=True)
class MergeSettings:
    """How pull requests are merged: `GET /repos/{owner}/{repo}`."""

    merge_commit: Toggle = UNKNOWN
    squash: Toggle = UNKNOWN
    rebase: Toggle = UNKNOWN
    auto_merge: Toggle = UNKNOWN
    update_branch: Toggle = UNKNOWN
    delete_branch_on_merge: Toggle = UNKNOWN
    web_signoff: Toggle = UNKNOWN
    allow_forking: Toggle = UNKNOWN
    pr_creation_policy: Setting[str] = UNKNOWN
    """`all` or `collaborators_only`."""


@dataclass(frozen=True, slots=True)
class ActionsSettings:
    """What Actions may do: `GET /repos/{owner}/{repo}/actions/permissions` and the calls below it."""

    enabled: Toggle = UNKNOWN
    allowed: Setting[Literal["all", "local_only", "selected"]] = UNKNOWN
    github_owned: Toggle = UNKNOWN
    verified: Toggle = UNKNOWN
    patterns: Texts = UNKNOWN
    sha_pinning: Toggle = UNKNOWN
    default_token: Setting[Literal["read", "write"]] = UNKNOWN
    can_approve_prs: Toggle = UNKNOWN
    fork_approval: Setting[str] = UNKNOWN
    """`first_time_contributors_new_to_github`, `first_time_contributors` or `all_external_contributors`."""
    private_fork_run: Toggle = UNKNOWN
    private_fork_write_token: Toggle = UNKNOWN
    private_fork_secrets: Toggle = UNKNOWN
    private_fork_approval: Toggle = UNKNOWN
    access_level: Setting[str] = UNKNOWN
    retention_days: Setting[int] = UNKNOWN
    oidc_default: Toggle = UNKNOWN
    oidc_claims: Texts = UNKNOWN
    oidc_immutable: Toggle = UNKNOWN


@dataclass(frozen=True, slots=True)
class SecuritySettings:
    """Security features: `security_and_analysis` of the repository, and the calls of their own."""

    advanced_security: Toggle = UNKNOWN
    code_security: Toggle = UNKNOWN
    secret_scanning: Toggle = UNKNOWN
    push_protection: Toggle = UNKNOWN
    non_provider_patterns: Toggle = UNKNOWN
    ai_detection: Toggle = UNKNOWN
    delegated_bypass: Toggle = UNKNOWN
    dependabot_alerts: Toggle = UNKNOWN
    dependabot_updates: Toggle = UNKNOWN
    private_vulnerability_reporting: Toggle = UNKNOWN
    code_scanning_default: Setting[str] = UNKNOWN
    """`configured` or `not-configured`."""
    immutable_releases: Toggle = UNKNOWN


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook: `GET /repos/{owner}/{repo}/hooks`."""

    place: Place
    url: Setting[str] = UNKNOWN
    active: Toggle = UNKNOWN
    insecure_ssl: Setting[str] = UNKNOWN
    """`0`: certificates are verified; `1`: they are not."""
    secret: Setting[str] = UNKNOWN
    """The mask that stands for a secret; off: there is none."""
    events: Texts = UNKNOWN


@dataclass(frozen=True, slots=True)
class DeployKey:
    """A deploy key: `GET /repos/{owner}/{repo}/keys`."""

    place: Place
    title: Setting[str] = UNKNOWN
    read_only: Toggle = UNKNOWN


@dataclass(frozen=True, slots=True)
class Member:
    """A person or team with access: `GET /repos/{owner}/{repo}/collaborators`; `permission` is a role's name."""

    actor: Actor
    permission: Setting[str] = UNKNOWN

    @property
    def place(self) -> Place:
        return self.actor.place


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """Who and what reaches the repository, and the names of what is stored in it."""

    collaborators: Setting[tuple[Member, ...]] = UNKNOWN
    teams: Setting[tuple[Member, ...]] = UNKNOWN
    deploy_keys: Setting[tuple[DeployKey, ...]] = UNKNOWN
    webhooks: Setting[tuple[Webhook, ...]] = UNKNOWN
    secrets: Texts = UNKNOWN
    organization_secrets: Texts = UNKNOWN
    dependabot_secrets: Texts = UNKNOWN
    variables: Texts = UNKNOWN
    organization_variables: Texts = UNKNOWN
