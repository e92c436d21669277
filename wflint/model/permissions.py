"""What the job token may do.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING, Literal

from wflint.model.view import View, entries, scalar, text
from wflint.source.node import Mapping, Node

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.workflow import Workflow

Level = Literal["none", "read", "write"]
_LEVELS: tuple[Level, ...] = ("none", "read", "write")


class Permissions(View):
    """A `permissions` block of a workflow or of a job."""

    def __init__(self, node: Node, workflow: Workflow, job: Job | None = None) -> None:
        super().__init__(node)
        self.workflow = workflow
        self.job = job
        """The job it belongs to; None for the workflow's."""

    @property
    def shorthand(self) -> str | None:
        """The text of a scalar form: `read-all`, `write-all`, or whatever was written instead."""
        return text(self.node)

    @property
    def is_empty(self) -> bool:
        """Whether it is `{}`: a token that may do nothing."""
        return isinstance(self.node, Mapping) and not self.node.entries

    @property
    def scopes(self) -> Dict[str, Node]:
        """The values by scope; empty for the scalar forms."""
        return entries(self.node)

    def level(self, scope: str) -> Level | None:
        """Return what the block grants for a scope; None when it cannot be told.

        A scope that a mapping does not list has `none`. `read-all` does not give `id-token`, which has no `read`.
        """
        if isinstance(self.node, Mapping):
            node = self.node.get(scope)
            return "none" if node is None else _level(text(node))
        if self.shorthand == "read-all":
            return "none" if scope in ("id-token", "copilot-requests") else "read"
        if self.shorthand == "write-all":
            return "read" if scope in ("models", "vulnerability-alerts") else "write"
        return None

    @property
    def writes(self) -> dict[str, Node]:
        """The scopes listed with `write`. A `write-all` grants every one and lists none: ask `level`."""
        return {scope: node for scope, node in self.scopes.items() if (value := scalar(node)) and value.text == "write"}


def _level(value: str | None) -> Level | None:
    return next((level for level in _LEVELS if level == value), None)
