"""A repository's settings as GitHub tells them, in wflint's own format.

What the token may not see is kept with its status, so that whoever reads the snapshot knows that it is unknown rather
than off. The format is described in `wflint.settings.loaders.snapshot`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from wflint.errors import RemoteError, UsageError
from wflint.readers.github import sections, trim
from wflint.readers.github.cache import Cache
from wflint.readers.github.client import Answer, Client
from wflint.readers.github.limits import RateLimitError
from wflint.readers.github.sections import Section
from wflint.settings.loaders.snapshot import VERSION

MOST = 100
"""How many branches, rulesets and environments of a repository are looked at."""


class MissingError(UsageError):
    """GitHub shows no such repository."""


class Snapshot(NamedTuple):
    """Answers by section, and for what could not be asked why: `{"hooks": "the answer is no JSON"}`."""

    repository: str
    taken: date
    answers: Mapping[str, Answer]
    failures: Mapping[str, str]

    @property
    def text(self) -> str:
        """The file: the same for the same answers."""
        told: dict[str, Any] = {
            "wflint-snapshot": VERSION,
            "repository": self.repository,
            "taken": self.taken.isoformat(),
            **({"failed": sorted(self.failures)} if self.failures else {}),
            "sections": {name: _entry(answer) for name, answer in sorted(self.answers.items())},
        }
        # A runner obeys `##[` wherever it is printed; it can only stand in a text.
        return json.dumps(told, indent=1).replace("##[", "##\\u005b") + "\n"


def is_whole(text: str, repository: str) -> bool:
    """Tell whether a text is a snapshot of a repository in which nothing failed."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(told, dict) or told.get("wflint-snapshot") != VERSION or told.get("failed"):
        return False
    return str(told.get("repository")).lower() == repository.lower()


def take(client: Client, repository: str, today: date, cache: Cache, told: Callable[[str], object]) -> Snapshot:
    """Return the settings of a repository, `owner/name`; `told` hears of each section before it is asked for.

    Raises MissingError for a repository that GitHub does not show, RateLimitError when it will not say more for now.
    """
    asking = _Asking(client, f"repos/{repository}", cache, told)
    try:
        told("repository")
        found = client.get(asking.base, trim.repository, cache)
        body = found.body
        if found.status != 200 or not isinstance(body, dict) or not isinstance(body.get("full_name"), str):
            raise MissingError(
                f"GitHub shows no repository `{repository}` (status {found.status})",
                hint="check the name, and that the token may read it",
            )
        asking.answers["repository"] = found
        asking.all(section for section in sections.SECTIONS if section.wanted(body))
        asking.all(_following(asking, body))
    finally:
        cache.save()
    return Snapshot(body["full_name"], today, asking.answers, asking.failures)


class _Asking:
    def __init__(self, client: Client, base: str, cache: Cache, told: Callable[[str], object]) -> None:
        self.client = client
        self.base = base
        self.cache = cache
        self.told = told
        self.answers: dict[str, Answer] = {}
        self.failures: dict[str, str] = {}

    def all(self, wanted: Iterator[Section]) -> None:
        """Ask for sections and keep the answers."""
        for section in wanted:
            answer = self.one(section)
            if answer is not None:
                self.answers[section.route] = answer

    def one(self, section: Section) -> Answer | None:
        """Return the answer for a section; None when it failed, which is kept."""
        self.told(section.route)
        route = f"{self.base}/{section.route}"
        try:
            if section.lists is None:
                return self.client.get(route, section.trim, self.cache)
            return self.client.list(route, section.lists, section.trim, self.cache)
        except RateLimitError:
            raise
        except RemoteError as error:
            self.failures[section.route] = error.message
            return None

    def body(self, name: str) -> Any:
        """Return the body of an answer of status 200."""
        answer = self.answers.get(name)
        return answer.body if answer is not None and answer.status == 200 else None

    def few(self, what: str, found: Sequence[str]) -> Sequence[str]:
        """Return as many of some as are looked at."""
        if len(found) > MOST:
            self.failures[what] = f"there are {len(found)}, and {MOST} were looked at"
        return found[:MOST]


def _following(asking: _Asking, repository: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the sections that hang on earlier answers."""
    permissions = asking.body("actions/permissions")
    if isinstance(permissions, dict) and permissions.get("allowed_actions") == "selected":
        yield sections.SELECTED_ACTIONS
    ids = [str(id) for one in _mappings(asking.body("rulesets")) if isinstance(id := one.get("id"), int)]
    for id in asking.few("rulesets/*", ids):
        yield Section(f"rulesets/{id}")
    protected = asking.one(sections.PROTECTED_BRANCHES)
    listed = protected.body if protected is not None and protected.status == 200 else None
    branches = _names([repository.get("default_branch"), *(one.get("name") for one in _mappings(listed))])
    for branch in asking.few("branches/*", branches):
        yield from sections.of_branch(quote(branch, safe=""))
    environments = {
        str(one.get("name")): one for one in _mappings((asking.body("environments") or {}).get("environments"))
    }
    for name in asking.few("environments/*", _names(environments)):
        policy = environments[name].get("deployment_branch_policy")
        selected = isinstance(policy, dict) and policy.get("custom_branch_policies") is True
        yield from sections.of_environment(quote(name, safe=""), selected=selected)


def _mappings(listed: Any) -> list[dict[str, Any]]:
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _names(found: Any) -> list[str]:
    """Return names that can stand in a route, each once; no server is led to another one by `..`."""
    kept = (name for name in found if isinstance(name, str) and name not in ("", ".", "..") and len(name) < 1000)
    return list(dict.fromkeys(name for name in kept if name.isprintable()))


def _entry(answer: Answer) -> dict[str, Any]:
    if answer.body is None:
        return {"status": answer.status}
    return {"status": answer.status, "body": _ordered(answer.body)}


def _ordered(body: Any) -> Any:
    """Return an answer with its keys in order, and lists of what has an id or a name in the order of those."""
    if isinstance(body, dict):
        return {key: _ordered(body[key]) for key in sorted(body)}
    if not isinstance(body, list):
        return body
    items = [_ordered(item) for item in body]
    for key, kind in (("id", int), ("name", str)):
        if items and all(isinstance(item, dict) and isinstance(item.get(key), kind) for item in items):
            return sorted(items, key=lambda item: item[key])
    return items
