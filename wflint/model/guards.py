"""What guards the branch whose files were read, as far as the settings of the repository tell.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.model.checks.required import RequiredContext, default_branches, own_settings

if TYPE_CHECKING:
    from wflint.model.repository import Repository
    from wflint.model.settings.effective import EffectivePolicy
    from wflint.model.settings.model import RepositorySettings
    from wflint.model.settings.sections import EnvironmentSettings
    from wflint.model.trigger import Trigger

PREVIEWS = ("preview", "review", "test", "dev", "staging", "ci", "qa", "sandbox", "pr")
"""Words in the names of environments that people mean to leave open."""
_ON_DEFAULT = ("schedule", "issue_comment", "workflow_run", "issues", "repository_dispatch", "discussion", "watch")


def settings_of(repository: Repository) -> RepositorySettings | None:
    """Return the settings of the repository that was read; None when no file tells of it."""
    return own_settings(repository)


def default_policy(repository: Repository) -> EffectivePolicy | None:
    """Return what holds for the branch that was read; None when no file tells of it."""
    from wflint.model.settings.effective import effective
    from wflint.model.settings.patterns import DEFAULT_BRANCH

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
    return [one for one in RequiredContext.each(repository) if one.is_enforced]


def environment_refs(trigger: Trigger, branches: frozenset[str]) -> tuple[str, ...] | None:
    """Return refs for which an event starts a workflow; None where they cannot be listed.

    `branches` are the names that the default branch may have.
    https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
    """
    if trigger.event == "pull_request":
        return ("refs/pull/1/merge",)
    if trigger.event in _ON_DEFAULT:
        return tuple(f"refs/heads/{name}" for name in branches) or None
    if trigger.event != "push" or trigger.has("branches-ignore") or trigger.has("tags-ignore"):
        return None
    patterns = [("refs/heads/", each.text) for each in trigger.branches]
    patterns += [("refs/tags/", each.text) for each in trigger.tags]
    if not patterns or any(set(text) & set("*?+[!") for _, text in patterns):
        return None
    return tuple(prefix + text for prefix, text in patterns)


def admits(environment: EnvironmentSettings, ref: str) -> bool | None:
    """Tell whether an environment may be deployed to from a ref; None where its settings do not tell.

    https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
    """
    from wflint.model.settings.patterns import fnmatch, short_ref

    if environment.refs.value == "all":
        return True
    if environment.refs.value != "selected" or environment.patterns.value is None:
        return None
    for pattern in environment.patterns.value:
        tag = pattern.ref.startswith("refs/tags/")
        same = ref.startswith("refs/tags/" if tag else "refs/heads/")
        if fnmatch(pattern.text, ref) or (same and fnmatch(pattern.text, short_ref(ref))):
            return True
    return False


def is_private(settings: RepositorySettings) -> bool:
    """Tell whether nobody can fork a repository to open a pull request from there."""
    return settings.merge.allow_forking.is_off and settings.identity.visibility.value in ("private", "internal")


def required_names(repository: Repository) -> frozenset[str]:
    """Return the names of the checks that must pass."""
    return frozenset(one.context for one in required(repository))
