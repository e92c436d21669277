"""What a snapshot keeps of an answer: what is a setting.

Addresses, dates and counts change or repeat what is known. Values of variables, the paths of webhooks' addresses, which
often are credentials themselves, and everything about people but who they are do not belong into a repository.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

_DROPPED = frozenset(
    {"node_id", "gravatar_id", "_links", "created_at", "updated_at", "pushed_at", "last_used", "last_response", "key"}
)
_REPOSITORY = frozenset(
    {
        "id",
        "name",
        "full_name",
        "owner",
        "private",
        "visibility",
        "fork",
        "archived",
        "disabled",
        "is_template",
        "default_branch",
        "allow_auto_merge",
        "allow_forking",
        "allow_merge_commit",
        "allow_rebase_merge",
        "allow_squash_merge",
        "allow_update_branch",
        "delete_branch_on_merge",
        "has_pull_requests",
        "merge_commit_message",
        "merge_commit_title",
        "permissions",
        "pull_request_creation_policy",
        "security_and_analysis",
        "squash_merge_commit_message",
        "squash_merge_commit_title",
        "web_commit_signoff_required",
    }
)
_PERSON = frozenset({"id", "login", "type", "role_name"})
_TEAM_OR_APP = frozenset({"id", "slug", "name"})
_HOOK = frozenset({"id", "active", "events", "config"})
_HOOK_CONFIG = frozenset({"url", "content_type", "insecure_ssl", "secret"})
_DEEPEST = 40
"""How deep an answer may be; wflint reads no deeper documents."""


def general(body: Any) -> Any:
    """Return an answer without what tells nothing about settings. Raises RecursionError for one that is too deep."""
    return _trimmed(body, 0)


def repository(body: Any) -> Any:
    """Return the repository itself, by the keys that are settings."""
    return general(
        {key: value for key, value in body.items() if key in _REPOSITORY} if isinstance(body, dict) else body
    )


def named(body: Any) -> Any:
    """Return a list of secrets or variables by their names alone."""
    if not isinstance(body, dict):
        return body
    return {
        key: [{"name": item.get("name")} for item in value if isinstance(item, dict)]
        if isinstance(value, list)
        else value
        for key, value in body.items()
        if isinstance(value, list | int)
    }


def branches(body: Any) -> Any:
    """Return a list of branches by their names alone."""
    return [{"name": item.get("name")} for item in body if isinstance(item, dict)] if isinstance(body, list) else body


def hooks(body: Any) -> Any:
    """Return webhooks: of their addresses the scheme and the host."""
    if not isinstance(body, list):
        return body
    found = []
    for item in body:
        if isinstance(item, dict):
            hook = {key: value for key, value in item.items() if key in _HOOK}
            if isinstance(hook.get("config"), dict):
                hook["config"] = {
                    key: _host(value) if key == "url" else value
                    for key, value in hook["config"].items()
                    if key in _HOOK_CONFIG
                }
            found.append(hook)
    return found


def repositories(body: Any) -> Any:
    """Return a list of repositories by their names."""
    return [{"name": item.get("name")} for item in body if isinstance(item, dict)] if isinstance(body, list) else body


def _trimmed(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        return [_trimmed(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    kept = _PERSON if "login" in value else _TEAM_OR_APP if "slug" in value else None
    return {
        key: _trimmed(inner, depth + 1)
        for key, inner in value.items()
        if (key in kept if kept is not None else key not in _DROPPED and key != "url" and not key.endswith("_url"))
    }


def _host(url: Any) -> str | None:
    try:
        parts = urlsplit(str(url))
        return f"{parts.scheme}://{parts.hostname or ''}/***"
    except ValueError:
        return None
