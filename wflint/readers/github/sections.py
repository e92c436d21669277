"""What is asked about a repository, section by section, and when there is an answer to hope for.

https://docs.github.com/rest
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from wflint.readers.github import trim
from wflint.readers.github.client import Trim

Wanted = Callable[[Mapping[str, Any]], bool]


def always(repository: Mapping[str, Any]) -> bool:
    """Ask about every repository."""
    return True


def of_admins(repository: Mapping[str, Any]) -> bool:
    """Ask for administrators alone: to others GitHub says 404 whatever the setting is, which would read as off."""
    permissions = repository.get("permissions")
    return isinstance(permissions, Mapping) and permissions.get("admin") is True


def of_private(repository: Mapping[str, Any]) -> bool:
    """Ask about private and internal repositories."""
    return repository.get("private") is True


def of_public(repository: Mapping[str, Any]) -> bool:
    """Ask about public repositories."""
    return repository.get("private") is False


class Section(NamedTuple):
    """A section of the snapshot, which is its route below the repository's."""

    route: str
    trim: Trim = trim.general
    lists: str | None = None
    """For a list: the key that it stands under, empty when it is the body itself."""
    wanted: Wanted = always


SECTIONS = (
    Section("actions/permissions"),
    Section("actions/permissions/workflow"),
    Section("actions/permissions/access", wanted=of_private),
    Section("actions/permissions/fork-pr-contributor-approval", wanted=of_public),
    Section("actions/permissions/fork-pr-workflows-private-repos", wanted=of_private),
    Section("actions/permissions/artifact-and-log-retention"),
    Section("actions/oidc/customization/sub"),
    Section("actions/secrets", trim.named, "secrets"),
    Section("actions/organization-secrets", trim.named, "secrets"),
    Section("actions/variables", trim.named, "variables"),
    Section("actions/organization-variables", trim.named, "variables"),
    Section("dependabot/secrets", trim.named, "secrets"),
    Section("environments", trim.general, "environments"),
    Section("hooks", trim.hooks, ""),
    Section("keys", trim.general, ""),
    Section("collaborators", trim.general, ""),
    Section("rulesets", trim.general, ""),
    Section("immutable-releases", wanted=of_admins),
    Section("vulnerability-alerts", wanted=of_admins),
    Section("automated-security-fixes", wanted=of_admins),
    Section("private-vulnerability-reporting"),
    Section("code-scanning/default-setup"),
)
"""What is asked about every repository; what hangs on these answers is asked after them."""

SELECTED_ACTIONS = Section("actions/permissions/selected-actions")
PROTECTED_BRANCHES = Section("branches?protected=true", trim.branches, "")


def of_branch(branch: str) -> tuple[Section, ...]:
    """Return the sections of a branch; the name is percent-encoded."""
    return Section(f"branches/{branch}/protection"), Section(f"rules/branches/{branch}", trim.general, "")


def of_environment(environment: str, *, selected: bool) -> tuple[Section, ...]:
    """Return the sections of an environment, whose name is percent-encoded; `selected`: its refs are listed."""
    base = f"environments/{environment}"
    patterns = Section(f"{base}/deployment-branch-policies", trim.general, "branch_policies")
    return (
        *((patterns,) if selected else ()),
        Section(f"{base}/deployment_protection_rules"),
        Section(f"{base}/secrets", trim.named, "secrets"),
        Section(f"{base}/variables", trim.named, "variables"),
    )
