"""Settings as JSON: `{"version": 1, "repositories": [{"repository", "sources", "refs", "environments", …}]}`.

Each setting is `{"value", "state", "from": [{"path", "line", "column"}]}`; `state` is `set`, `default` or `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wflint.analysis.repository import Repository
from wflint.report.escape import dumps, exact
from wflint.report.settings.tables import Row, Table, plain, tables, words
from wflint.settings.model import RepositorySettings
from wflint.source.node import Place


def render(found: Iterable[Repository]) -> Iterator[str]:
    """Yield the document."""
    document = {"version": 1, "repositories": [_told(settings, one) for one in found for settings in one.settings]}
    yield dumps(document, 2) + "\n"


def _told(settings: RepositorySettings, repository: Repository) -> dict[str, Any]:
    told: dict[str, Any] = {
        "repository": settings.subject,
        "sources": [
            {"path": exact(source.document.name), "format": source.format, "intent": source.intent}
            for source in settings.sources
        ],
        "refs": [],
        "environments": [],
    }
    for table in tables(settings, repository):
        rows = {row.name: _setting(row) for row in table.rows}
        if table.kind == "refs":
            told["refs"].append(_ref(table, rows))
        elif table.kind == "environments":
            told["environments"].append({"name": table.name, **rows})
        else:
            told[table.kind] = rows
    told["oddities"] = [{"message": one.message, "kind": one.kind, **_place(one.place)} for one in settings.oddities]
    return told


def _ref(table: Table, rows: dict[str, Any]) -> dict[str, Any]:
    policies = [
        {
            "name": policy.name.value,
            "kind": policy.kind,
            "how": how,
            "bypass": [words(actor) for actor in policy.bypass.value or ()] if policy.bypass.known else None,
            **_place(policy.place),
        }
        for how, policy in table.policies
    ]
    return {"ref": table.name, "complete": table.complete, "policies": policies, "controls": rows}


def _setting(row: Row) -> dict[str, Any]:
    setting = row.setting
    value = plain(setting.value) if setting.known else None
    places = [_place(place) for place in setting.places] if setting.known else []
    return {"value": value, "state": setting.state, "from": places}


def _place(place: Place) -> dict[str, Any]:
    at = place.document.position(place.span.start)
    return {"path": exact(place.document.name), "line": at.line, "column": at.column}
