"""What a rule can be about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol, Self

from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository


class Target(Protocol):
    """A view of something in a document: the document, a job, a step, an expression."""

    @property
    def place(self) -> Place:
        """Where to point when the whole of it is meant: tight, such as a job's id."""


class RepositoryTarget:
    """A view that takes the whole repository to see: the repository itself, its settings, a contract between files.

    Rules about such a target run once a repository, and only when all of the repository was read.
    """

    __slots__ = ()

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        """Return all of the kind in a repository."""
        raise NotImplementedError


def is_wide(target: type[Any]) -> bool:
    """Tell whether a target takes the whole repository."""
    return issubclass(target, RepositoryTarget)
