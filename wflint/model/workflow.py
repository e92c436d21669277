"""A workflow file.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Literal

from wflint.lazy import lazy
from wflint.model.expression import Expression, collect
from wflint.model.job import Job
from wflint.model.parts import Concurrency, Defaults
from wflint.model.permissions import Permissions
from wflint.model.trigger import Trigger, triggers
from wflint.model.view import View, entries, scalar, text
from wflint.source.node import Mapping, Node, Place, Scalar


class Workflow(View):
    """A workflow."""

    role: Literal["workflow"] = "workflow"
    """Which of the four that an expression can belong to."""

    def __repr__(self) -> str:
        return f"<Workflow {self.path}>"

    @property
    def place(self) -> Place:
        """The key `name`, else `on`, else the first key."""
        if isinstance(self.node, Mapping):
            for name in ("name", "on"):
                if name in self.node.keys:
                    return Place(self.document, self.node.keys[name].span, self.node)
        return self.node.head

    @property
    def path(self) -> str:
        """The file, from the repository's root."""
        return self.document.name

    @property
    def name(self) -> str | None:
        return text(self.node.get("name"))

    @property
    def name_node(self) -> Scalar | None:
        return scalar(self.node.get("name"))

    @property
    def title(self) -> str:
        """What GitHub calls it: its name, else its path."""
        return self.name or self.path

    @property
    def run_name(self) -> Scalar | None:
        return scalar(self.node.get("run-name"))

    @lazy
    def triggers(self) -> dict[str, Trigger]:
        """The events that start it, by name."""
        return triggers(self.node.get("on"), self)

    @property
    def env(self) -> Dict[str, Node]:
        return entries(self.node.get("env"))

    @lazy
    def defaults(self) -> Defaults:
        return Defaults(self.node.get("defaults"))

    @lazy
    def permissions(self) -> Permissions | None:
        node = self.node.get("permissions")
        return Permissions(node, self) if node is not None else None

    @lazy
    def concurrency(self) -> Concurrency | None:
        node = self.node.get("concurrency")
        return Concurrency(node, self) if node is not None else None

    @lazy
    def jobs(self) -> dict[str, Job]:
        """The jobs by id as written, in order. What is no mapping is left out."""
        jobs = self.node.get("jobs")
        if not isinstance(jobs, Mapping):
            return {}
        return {id: Job(id, node, self, jobs.keys[id]) for id, node in jobs.items() if isinstance(node, Mapping)}

    @lazy
    def _by_id(self) -> dict[str, Job]:
        return {id.lower(): job for id, job in self.jobs.items()}

    def job(self, id: str) -> Job | None:
        """Return the job with an id, without regard to case."""
        return self._by_id.get(id.lower())

    @lazy
    def dependents(self) -> dict[str, list[Job]]:
        """The jobs that wait directly for a job, by its id in lower case."""
        found: dict[str, list[Job]] = {}
        for job in self.jobs.values():
            for needed in job.needed:
                waiting = found.setdefault(needed.id.lower(), [])
                if not waiting or waiting[-1] is not job:
                    waiting.append(job)
        return found

    @property
    def is_reusable(self) -> bool:
        """Whether other workflows can call it."""
        return "workflow_call" in self.triggers

    @property
    def is_only_reusable(self) -> bool:
        """Whether nothing but a call starts it."""
        return list(self.triggers) == ["workflow_call"]

    @lazy
    def expressions(self) -> list[Expression]:
        """The workflow's own expressions, in order, without those of its jobs."""
        found: list[Expression] = []
        for name, node in entries(self.node).items():
            if name == "jobs" and isinstance(node, Mapping):
                for job in node.entries.values():
                    if not isinstance(job, Mapping):
                        collect(found, job, "jobs.*", self)
            else:
                collect(found, node, name, self)
        return found

    @lazy
    def all_expressions(self) -> list[Expression]:
        """Every expression of the file."""
        return [*self.expressions, *(one for job in self.jobs.values() for one in job.all_expressions)]
