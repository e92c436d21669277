"""Small parts that workflows and jobs share: defaults, concurrency, environment.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.model.view import View, scalar
from wflint.source.node import Node, Scalar

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.workflow import Workflow


class Defaults:
    """`defaults.run` of a workflow or of a job; without it everything is None."""

    def __init__(self, node: Node | None) -> None:
        self.node = node

    @property
    def shell(self) -> Scalar | None:
        return scalar(self.node.at("run", "shell")) if self.node is not None else None

    @property
    def working_directory(self) -> Scalar | None:
        return scalar(self.node.at("run", "working-directory")) if self.node is not None else None


class Concurrency(View):
    """`concurrency`: a group's name, or a mapping."""

    def __init__(self, node: Node, workflow: Workflow, job: Job | None = None) -> None:
        super().__init__(node)
        self.workflow = workflow
        self.job = job
        """The job it belongs to; None for the workflow's."""

    @property
    def group(self) -> Scalar | None:
        return scalar(self.node) or scalar(self.node.get("group"))

    @property
    def cancel_in_progress(self) -> Scalar | None:
        return scalar(self.node.get("cancel-in-progress"))

    @property
    def queue(self) -> Scalar | None:
        return scalar(self.node.get("queue"))


class Environment(View):
    """A job's use of a deployment environment: its name, or a mapping."""

    def __init__(self, node: Node, job: Job) -> None:
        super().__init__(node)
        self.job = job

    @property
    def name(self) -> Scalar | None:
        """Its name as written; it may hold an expression. GitHub compares names without case."""
        return scalar(self.node) or scalar(self.node.get("name"))

    @property
    def url(self) -> Scalar | None:
        return scalar(self.node.get("url"))

    @property
    def deployment(self) -> Scalar | None:
        """`false`: the environment's secrets and rules without a deployment record."""
        return scalar(self.node.get("deployment"))
