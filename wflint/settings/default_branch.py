"""Which branch is the default one, as far as settings tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.settings.model import RepositorySettings

_USUAL = ("main", "master", "trunk")


def default_branches(settings: RepositorySettings) -> frozenset[str]:
    """Return the names that the default branch may have: the one that is told, else a usual one that is protected."""
    from wflint.settings.patterns import short_ref

    if settings.default_branch is not None:
        return frozenset({settings.default_branch})
    named = {
        short_ref(pattern.ref)
        for policy in settings.policies
        for pattern in policy.include.value or ()
        if pattern.syntax == "literal" and policy.target.value in (None, "branch")
    }
    usual = named.intersection(_USUAL)
    return frozenset(usual or (named if len(named) == 1 else ()))
