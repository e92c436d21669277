"""What a rule can be about."""

from __future__ import annotations

from typing import Protocol

from wflint.source.node import Place


class Target(Protocol):
    """A view of something in a repository: a document, a job, a step, an expression, the repository itself."""

    @property
    def place(self) -> Place:
        """Where to point when the whole of it is meant: tight, such as a job's id."""
