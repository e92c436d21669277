"""What guards the branch whose files were read, as far as the settings of the repository tell.

https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.model.checks.required import RequiredContext, own_settings
from wflint.model.privilege import reads_secrets
from wflint.model.settings.default_branch import default_branches

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.parts import Environment
    from wflint.model.repository import Repository
    from wflint.model.settings.actor import BypassActor
    from wflint.model.settings.effective import EffectivePolicy
    from wflint.model.settings.model import RepositorySettings
    from wflint.model.settings.policy import RefPattern
    from wflint.model.settings.sections import EnvironmentSettings
    from wflint.model.trigger import Trigger
    from wflint.model.uses import Uses
    from wflint.model.workflow import Workflow
    from wflint.source.node import Place

PREVIEWS = ("preview", "review", "test", "dev", "staging", "ci", "qa", "sandbox", "pr")
"""Words in the names of environments that people mean to leave open."""
_WORDS_BETWEEN = re.compile(r"[^a-z]+")
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


def classic_is_absent(settings: RepositorySettings) -> bool:
    """Tell whether it is sure that the repository has no classic branch protection."""
    return settings.tells_all("classic") and not any(policy.kind == "classic" for policy in settings.policies)


def is_open(environment: EnvironmentSettings) -> bool:
    """Tell whether nothing holds back a deployment to an environment: no review, no wait, no choice of refs."""
    held = (environment.reviewers, environment.wait_minutes, environment.custom_gates)
    return environment.reviewers.is_off and environment.refs.value == "all" and not any(each.is_on for each in held)


def is_preview(name: str) -> bool:
    """Tell whether an environment is named as those that people leave open on purpose."""
    return any(word in _WORDS_BETWEEN.split(name.lower()) for word in PREVIEWS)


def deployments(repository: Repository) -> Iterator[tuple[Environment, str]]:
    """Yield the environments that jobs name, with their names; one that an expression chooses is left out."""
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            environment = job.environment
            if environment is not None and environment.name is not None and "${{" not in environment.name.text:
                yield environment, environment.name.text


def is_powerful(job: Job) -> bool:
    """Tell whether a job has secrets, can prove who it is to a cloud, or can publish."""
    granted = job.effective_permissions
    scopes = ("id-token", "packages", "contents")
    return reads_secrets(job) or (granted is not None and any(granted.level(scope) == "write" for scope in scopes))


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


def refs_of(workflow: Workflow, names: frozenset[str]) -> tuple[str, ...]:
    """Return the refs for which a workflow is started; empty where they cannot all be listed."""
    found: list[str] = []
    for trigger in workflow.triggers.values():
        refs = environment_refs(trigger, names)
        if refs is None:
            return ()
        found += refs
    return tuple(dict.fromkeys(found))


def admits_pull_requests(pattern: RefPattern) -> bool:
    """Tell whether a pattern of an environment admits the ref of a pull request's run."""
    from wflint.model.settings.patterns import fnmatch

    return fnmatch(pattern.text, "refs/pull/1/merge")


class Gap(NamedTuple):
    """Files without an owner, and the line of CODEOWNERS to blame: its first where none is about them."""

    place: Place
    what: str


def unowned(repository: Repository, *, settings: bool = True) -> list[Gap]:
    """Return the files that guard a repository and have no owner; none where there is no CODEOWNERS with owners."""
    owners = repository.codeowners
    if owners is None or not any(entry.owners for entry in owners.entries):
        return []
    paths = [workflow.path for workflow in repository.workflows]
    paths += [action.document.name for action in repository.actions if action.document.name.startswith(".github/")]
    paths += [owners.document.name]
    if settings:
        paths += [document.name for document in repository.of_kind("settings")]
    found: dict[Place, list[str]] = {}
    for path in paths:
        entry = owners.entry_for(path)
        if entry is None or not entry.owners:
            found.setdefault(entry.place if entry is not None else owners.entries[0].place, []).append(path)
    return [Gap(place, _listed(files)) for place, files in found.items()]


def _listed(paths: list[str]) -> str:
    first = f"`{paths[0]}`"
    if len(paths) == 1:
        return f"{first} has"
    more = len(paths) - 1
    return f"{first} and {more} other file{'s' if more > 1 else ''} have"


def programs_past(policy: EffectivePolicy) -> list[BypassActor]:
    """Return the apps and keys that get past the policies of a branch."""
    return [
        one
        for each in policy.policies
        for one in each.bypass.value or ()
        if one.actor.kind in ("app", "deploy-key") and one.mode.value != "pull_request"
    ]


def barred_by(settings: RepositorySettings, uses: Uses) -> Place | None:
    """Return the setting by which an action of another repository is not allowed; None where it may be.

    https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#managing-github-actions-permissions-for-your-repository
    """
    from wflint.facts import popular
    from wflint.model.settings.value import texts

    actions, owner = settings.actions, (uses.owner or "").lower()
    mine = settings.identity.owner.value or (settings.subject or "").rpartition("/")[0]
    if not mine or owner == mine.lower():
        return None
    if actions.allowed.value == "local_only":
        return actions.allowed.place
    if actions.allowed.value != "selected" or not actions.patterns.known or not actions.verified.known:
        return None
    if owner in ("actions", "github"):
        if not actions.github_owned.is_off:
            return None
    elif actions.verified.is_on or (popular.is_verified(owner) and not actions.verified.is_off):
        # Who is verified changes, and no list of them is complete.
        return None
    patterns = texts(actions.patterns)
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    return None if uses.matches(wanted) else actions.patterns.place


def stored_secrets(settings: RepositorySettings) -> frozenset[str] | None:
    """Return the names, in upper case, of all secrets that a repository gets; None where some may be hidden."""
    from wflint.model.settings.value import texts

    own, shared = settings.access.secrets, settings.access.organization_secrets
    personal = settings.identity.owner_type.value == "User"
    if not settings.tells_all("secrets") or not (personal or settings.tells_all("organization_secrets")):
        return None
    return frozenset(name.upper() for name in (*texts(own), *texts(shared)))


def environment_secrets(settings: RepositorySettings, job: Job | None) -> frozenset[str] | None:
    """Return the names, in upper case, of the secrets of a job's environment; None where some may be hidden."""
    from wflint.model.settings.value import texts

    if job is None or job.environment is None:
        return frozenset()
    name = job.environment.name
    known = settings.environment(name.text) if name is not None and "${{" not in name.text else None
    if known is None or not known.secrets.known:
        return None
    return frozenset(secret.upper() for secret in texts(known.secrets))
