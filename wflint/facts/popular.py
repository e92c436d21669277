"""Names that are well known: popular actions, their owners, owners that the Marketplace verified.

Sources: use counts in public workflows; GitHub Marketplace.
"""

from __future__ import annotations

from functools import cache

from wflint.facts.table import table


@cache
def actions() -> frozenset[str]:
    """Return popular actions, lower-case."""
    return frozenset(table("popular").data["popular"])


@cache
def owners() -> frozenset[str]:
    """Return the owners of popular actions, lower-case."""
    return frozenset(table("popular").data["owners"])


@cache
def well_known_owners() -> frozenset[str]:
    """Return the owners whom most people know, lower-case: a name close to one of them is suspicious."""
    return frozenset(table("popular").data["well_known_owners"])


def is_verified(owner: str) -> bool:
    """Tell whether the Marketplace lists an owner as a verified creator."""
    return owner.lower() in _verified()


def is_official(owner: str) -> bool:
    """Tell whether an owner is GitHub itself."""
    return owner.lower() in table("verified-creators").data["official"]


@cache
def _verified() -> frozenset[str]:
    return frozenset(table("verified-creators").data["owners"])
