"""The repositories of an organization."""

from __future__ import annotations

import re
from typing import Any

from wflint.errors import RemoteError, UsageError
from wflint.readers.github import trim
from wflint.readers.github.cache import Cache
from wflint.readers.github.client import Client

_OWNER = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?"
_NAME = r"[A-Za-z0-9._-]{1,100}"


def is_owner(text: str) -> bool:
    """Tell whether a text may be the login of an organization or a user."""
    return re.fullmatch(_OWNER, text) is not None


def is_repository(text: str) -> bool:
    """Tell whether a text may be `owner/name`."""
    owner, _, name = text.partition("/")
    return is_owner(owner) and _is_name(name)


def repositories(client: Client, owner: str) -> list[str]:
    """Return the names of the repositories that the token can see, in order; a user's if it is no organization.

    Raises UsageError when GitHub shows no such owner. A name that cannot be one raises RemoteError: files are named
    after it.
    """
    nothing = Cache(None, owner)
    answer = client.list(f"orgs/{owner}/repos?type=all", "", trim.repositories, nothing)
    if answer.status == 404:
        answer = client.list(f"users/{owner}/repos?type=owner", "", trim.repositories, nothing)
    if answer.status != 200:
        raise UsageError(f"GitHub shows no repositories of `{owner}` (status {answer.status})")
    names = [_judged(one.get("name")) for one in answer.body if isinstance(one, dict)]
    return sorted(set(names), key=str.lower)


def _judged(name: Any) -> str:
    if not isinstance(name, str) or not _is_name(name):
        raise RemoteError("the server names a repository as none can be named")
    return name


def _is_name(name: str) -> bool:
    return re.fullmatch(_NAME, name) is not None and name not in (".", "..")
