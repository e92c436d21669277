"""The keys of a repository itself, which the REST API and the apps that sync settings share.

https://docs.github.com/rest/repos/repos#update-a-repository
"""

from __future__ import annotations

from typing import Any

from wflint.settings.loaders.read import Fields
from wflint.settings.sections import Identity, MergeSettings, SecuritySettings
from wflint.settings.value import UNKNOWN, Setting


def identity(repository: Fields) -> Identity:
    """Return who the repository is. Nothing of it has a default."""
    owner = repository.child("owner") if "owner" in repository else None
    visibility = repository.text("visibility")
    private = repository.flag("private", None)
    if not visibility.known and private.known:
        visibility = Setting("private" if private.value else "public", private.state, private.place)
    return Identity(
        owner=owner.text("login") if owner else UNKNOWN,
        name=repository.text("name"),
        id=repository.number("id"),
        owner_type=owner.text("type") if owner else UNKNOWN,
        visibility=visibility,
        fork=repository.flag("fork", None),
        archived=repository.flag("archived", None),
        default_branch=repository.text("default_branch"),
    )


def merge(repository: Fields) -> MergeSettings:
    """Return how pull requests are merged; callers with few rights are not told, so what is absent is unknown."""
    return MergeSettings(
        merge_commit=repository.flag("allow_merge_commit", None),
        squash=repository.flag("allow_squash_merge", None),
        rebase=repository.flag("allow_rebase_merge", None),
        auto_merge=repository.flag("allow_auto_merge", None),
        update_branch=repository.flag("allow_update_branch", None),
        delete_branch_on_merge=repository.flag("delete_branch_on_merge", None),
        web_signoff=repository.flag("web_commit_signoff_required", None),
        allow_forking=repository.flag("allow_forking", None),
        pr_creation_policy=repository.text("pull_request_creation_policy"),
    )


def security(repository: Fields, **more: Setting[bool]) -> SecuritySettings:
    """Return `security_and_analysis`, which only administrators see; `more` comes from keys of the format's own."""
    features = repository.child("security_and_analysis")
    found: dict[str, Any] = {
        "advanced_security": features.status("advanced_security"),
        "code_security": features.status("code_security"),
        "secret_scanning": features.status("secret_scanning"),
        "push_protection": features.status("secret_scanning_push_protection"),
        "non_provider_patterns": features.status("secret_scanning_non_provider_patterns"),
        "ai_detection": features.status("secret_scanning_ai_detection"),
        "delegated_bypass": features.status("secret_scanning_delegated_bypass"),
        "dependabot_updates": features.status("dependabot_security_updates"),
    }
    found |= {name: setting for name, setting in more.items() if setting.known}
    return SecuritySettings(**found)
