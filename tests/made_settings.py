"""Short ways to make settings out of literal texts."""

import json
from typing import Any

from wflint.settings.gather import gather
from wflint.settings.model import RepositorySettings
from wflint.settings.policy import RefPolicy
from wflint.settings.value import Setting
from wflint.source.document import Document
from wflint.source.source import Source
from wflint.source.yaml import parse


def document(content: Any, name: str = "settings.json") -> Document:
    """Return the document of a text, or of data as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    return parse(Source(name, "settings", text))


def settings(*contents: Any, name: str = "settings.json") -> RepositorySettings:
    """Return the settings that contents of files tell of."""
    found = gather([document(content, name) for content in contents])
    assert found is not None
    return found


def policy(content: Any, name: str = "settings.json") -> RefPolicy:
    """Return the only policy of a file."""
    (found,) = settings(content, name=name).policies
    return found


def written(setting: Setting[Any]) -> str:
    """Return the text at a setting's place."""
    assert setting.place is not None
    start, end = setting.place.span
    return setting.place.document.text[start:end]


def odd(found: RepositorySettings) -> list[tuple[str, str]]:
    """Return what is odd: its kind, and the text where it stands."""
    return [
        (one.kind, one.place.document.text[one.place.span.start : one.place.span.end].partition("\n")[0])
        for one in found.oddities
    ]


def ruleset(*rules: Any, **more: Any) -> dict[str, Any]:
    """Return an active ruleset for the default branch; a rule may be its type alone."""
    return {
        "name": "main",
        "target": "branch",
        "enforcement": "active",
        "bypass_actors": [],
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [{"type": rule} if isinstance(rule, str) else rule for rule in rules],
        **more,
    }


def refs(*include: str, exclude: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a ruleset's conditions."""
    return {"ref_name": {"include": list(include), "exclude": list(exclude)}}


def reviews(approvals: int = 1, **more: Any) -> dict[str, Any]:
    """Return a ruleset's rule for pull requests."""
    parameters = {
        "required_approving_review_count": approvals,
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": False,
        "require_last_push_approval": False,
        "required_review_thread_resolution": False,
    }
    return {"type": "pull_request", "parameters": parameters | more}


def checks(*contexts: str | dict[str, Any], strict: bool = False) -> dict[str, Any]:
    """Return a ruleset's rule for status checks."""
    listed = [one if isinstance(one, dict) else {"context": one} for one in contexts]
    return {
        "type": "required_status_checks",
        "parameters": {"strict_required_status_checks_policy": strict, "required_status_checks": listed},
    }


def put(**more: Any) -> dict[str, Any]:
    """Return a request for classic protection of `main` that demands nothing."""
    nothing = {
        "required_status_checks": None,
        "enforce_admins": True,
        "required_pull_request_reviews": None,
        "restrictions": None,
    }
    return {"branch": "main", **nothing, **more}
