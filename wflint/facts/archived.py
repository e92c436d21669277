"""Repositories that are archived and where their work goes on. Source: the repositories' state on GitHub."""

from __future__ import annotations

from functools import cache

from wflint.facts.table import names, table


def is_archived(action: str) -> bool:
    """Tell whether an action's repository is known to be archived."""
    return not _actions().isdisjoint(names(action))


def is_archived_hook(repo: str) -> bool:
    """Tell whether a repository of pre-commit hooks (`owner/repo`) is known to be archived."""
    return repo.lower() in table("archived").data["pre_commit"] or repo.lower() in _actions()


def successor(action: str) -> str | None:
    """Return what to use instead: an action (`owner/repo`) or a command (has blanks or no slash); None when unknown."""
    known = table("archived").data["successors"]
    return next((known[name] for name in names(action) if name in known), None)


@cache
def _actions() -> frozenset[str]:
    return frozenset(table("archived").data["actions"])
