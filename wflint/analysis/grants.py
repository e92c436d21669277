"""What the settings grant to workflows: actions that may run, secrets that are there.

https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.uses import Uses
    from wflint.settings.model import RepositorySettings
    from wflint.source.node import Place


def barred_by(settings: RepositorySettings, uses: Uses) -> Place | None:
    """Return the setting by which an action of another repository is not allowed; None where it may be.

    https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#managing-github-actions-permissions-for-your-repository
    """
    from wflint.facts import popular
    from wflint.settings.value import texts

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
    from wflint.settings.value import texts

    own, shared = settings.access.secrets, settings.access.organization_secrets
    personal = settings.identity.owner_type.value == "User"
    if not settings.tells_all("secrets") or not (personal or settings.tells_all("organization_secrets")):
        return None
    return frozenset(name.upper() for name in (*texts(own), *texts(shared)))


def environment_secrets(settings: RepositorySettings, job: Job | None) -> frozenset[str] | None:
    """Return the names, in upper case, of the secrets of a job's environment; None where some may be hidden."""
    from wflint.settings.value import texts

    if job is None or job.environment is None:
        return frozenset()
    name = job.environment.name
    known = settings.environment(name.text) if name is not None and "${{" not in name.text else None
    if known is None or not known.secrets.known:
        return None
    return frozenset(secret.upper() for secret in texts(known.secrets))
