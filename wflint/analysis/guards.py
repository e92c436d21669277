"""What guards the branch whose files were read, as far as the settings of the repository tell.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.analysis.checks.required import own_settings
from wflint.settings.default_branch import default_branches

if TYPE_CHECKING:
    from wflint.analysis.checks.required import RequiredContext
    from wflint.analysis.repository import Repository
    from wflint.settings.actor import BypassActor
    from wflint.settings.effective import EffectivePolicy
    from wflint.settings.model import RepositorySettings


def settings_of(repository: Repository) -> RepositorySettings | None:
    """Return the settings of the repository that was read; None when no file tells of it."""
    return own_settings(repository)


def default_policy(repository: Repository) -> EffectivePolicy | None:
    """Return what holds for the branch that was read; None when no file tells of it."""
    from wflint.settings.effective import effective
    from wflint.settings.patterns import DEFAULT_BRANCH

    settings = own_settings(repository)
    if settings is None:
        return None
    names = default_branches(settings)
    found = effective(settings, DEFAULT_BRANCH)
    if settings.default_branch is None and not found.policies and len(names) == 1:
        return effective(settings, next(iter(names)))
    return found


def required(repository: Repository) -> list[RequiredContext]:
    """Return the checks that must pass before something is merged into the branch that was read."""
    return [one for one in repository.required_checks if one.is_enforced]


def is_private(settings: RepositorySettings) -> bool:
    """Tell whether nobody can fork a repository to open a pull request from there."""
    return settings.merge.allow_forking.is_off and settings.identity.visibility.value in ("private", "internal")


def required_names(repository: Repository) -> frozenset[str]:
    """Return the names of the checks that must pass."""
    return frozenset(one.context for one in required(repository))


def classic_is_absent(settings: RepositorySettings) -> bool:
    """Tell whether it is sure that the repository has no classic branch protection."""
    return settings.tells_all("classic") and not any(policy.kind == "classic" for policy in settings.policies)


def demands_review(policy: EffectivePolicy) -> bool:
    """Tell whether something certainly stands before a merge: a check, a review, a merge queue."""
    held = (policy.checks, policy.approvals, policy.code_owner_review, policy.merge_queue, policy.required_workflows)
    return any(each.is_on for each in held)


def demands_nothing(policy: EffectivePolicy) -> bool:
    """Tell whether it is sure that nothing stands before a merge."""
    held = (policy.checks, policy.approvals, policy.merge_queue, policy.required_workflows, policy.locked)
    return all(each.is_off for each in held)


def binds_actions(policy: EffectivePolicy) -> bool:
    """Tell whether nothing lets the app of Actions past the policies of a branch, as far as all of them are told."""
    app = ("github-actions", 15368, "15368")
    for each in policy.policies:
        if not each.bypass.known:
            return False
        if any(one.actor.id.value in app or one.actor.name.value in app for one in each.bypass.value or ()):
            return False
    return bool(policy.policies)


def branches(settings: RepositorySettings) -> frozenset[str]:
    """Return the names that the default branch may have."""
    return default_branches(settings)


def programs_past(policy: EffectivePolicy) -> list[BypassActor]:
    """Return the apps and keys that get past the policies of a branch."""
    return [
        one
        for each in policy.policies
        for one in each.bypass.value or ()
        if one.actor.kind in ("app", "deploy-key") and one.mode.value != "pull_request"
    ]
