"""Fields of GitHub's settings, as its REST and GraphQL interfaces spell them, and ids in them.

Sources: GitHub docs, REST API; GraphQL API. A field's path has `[]` for items: `checks[].context`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from wflint.facts.table import strings, table


class Field(NamedTuple):
    """A field of a section or a parameter of a rule.

    `types` are JSON types, `values` the enumeration if it has one, `calls` the calls (`GET`, `PUT`, …) that have it.
    `changed` tells how it differs in a call from the first, as parsed JSON. `facts` is the row: also `min`, `max`,
    `default`, `note`.
    """

    path: str
    types: tuple[str, ...]
    required: bool
    values: tuple[str, ...]
    calls: tuple[str, ...]
    changed: dict[str, dict[str, Any]]
    facts: dict[str, Any]


class RuleType(NamedTuple):
    """A rule that a ruleset may hold; `targets` are branch, tag, push; `levels` empty: repositories have it too."""

    name: str
    targets: tuple[str, ...]
    levels: tuple[str, ...]
    parameters: dict[str, Field]


def sections() -> tuple[str, ...]:
    """Return the names of all sections: `branch_protection`, `ruleset`, `repository`, `actions`, `environments`."""
    return tuple(table("settings-fields").data["sections"])


def calls(section: str) -> dict[str, str]:
    """Return the calls of a section and their routes: `{"GET": "GET /repos/{owner}/{repo}/pages"}`; `{}` if unknown."""
    return dict(table("settings-fields").data["sections"].get(section, {}).get("calls", {}))


def fields(section: str) -> dict[str, Field]:
    """Return the fields of a section by path; `{}` for an unknown section."""
    rows = table("settings-fields").data["sections"].get(section, {}).get("fields", {})
    return {path: _field(path, row) for path, row in rows.items()}


def rule_type(name: str) -> RuleType | None:
    """Return a rule type of rulesets: `required_status_checks`, `pull_request`, …; None when unknown."""
    row = table("settings-fields").data["rule_types"].get(name)
    if row is None:
        return None
    parameters = {path: _field(path, field) for path, field in row["parameters"].items()}
    return RuleType(name, tuple(row["target"]), strings(row.get("levels")), parameters)


def rule_types() -> tuple[str, ...]:
    """Return the names of all rule types."""
    return tuple(table("settings-fields").data["rule_types"])


def graphql_rule() -> dict[str, str | None]:
    """Return GraphQL's `BranchProtectionRule` fields and the REST path of the same setting; None: REST has none."""
    rows = table("settings-fields").data["graphql_branch_protection_rule"]
    return {name: row["rest"] for name, row in rows.items()}


def off(section: str) -> dict[str, Any]:
    """Return how "off" looks in an answer, in words, by field: `branch_protection`, `environments`, `ruleset`."""
    return dict(table("settings-fields").data["off"].get(section, {}))


def repository_role_ids() -> dict[str, int]:
    """Return the `actor_id` of `RepositoryRole` bypass actors by role."""
    return dict(table("settings-fields").data["ids"]["repository_roles"])


def _field(path: str, row: dict[str, Any]) -> Field:
    kind = row.get("type", ())
    return Field(
        path,
        (kind,) if isinstance(kind, str) else tuple(kind),
        row.get("required", False),
        strings(row.get("values")),
        strings(row.get("in")),
        dict(row.get("as", {})),
        row,
    )
