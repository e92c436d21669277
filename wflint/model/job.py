"""A job: steps on a runner, or a call of a reusable workflow.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobs
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING, Literal

from wflint.lazy import lazy
from wflint.model.container import Container
from wflint.model.expression import Expression, child, collect, collect_condition, condition
from wflint.model.matrix import Matrix
from wflint.model.parts import Concurrency, Defaults, Environment
from wflint.model.permissions import Permissions
from wflint.model.runner import Runner
from wflint.model.script import Script
from wflint.model.step import Step, by_id, numbered, steps_of
from wflint.model.uses import Uses
from wflint.model.view import View, entries, scalar, scalars, text
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

if TYPE_CHECKING:
    from wflint.model.workflow import Workflow


class ReusableCall(View):
    """A job's call of a reusable workflow."""

    def __init__(self, node: Mapping, job: Job, uses: Scalar) -> None:
        super().__init__(node)
        self.job = job
        self.uses = Uses(uses, job=job)

    @property
    def place(self) -> Place:
        """The value of `uses`."""
        return self.uses.place

    @property
    def with_(self) -> Dict[str, Node]:
        """The inputs as written; GitHub compares their names without case."""
        return entries(self.node.get("with"))

    @property
    def secrets(self) -> Dict[str, Node]:
        """The secrets passed by name."""
        return entries(self.node.get("secrets"))

    @property
    def inherits_secrets(self) -> bool:
        """Whether it hands over every secret: `secrets: inherit`."""
        return text(self.node.get("secrets")) == "inherit"


class Job(View):
    """A job of a workflow."""

    node: Mapping
    role: Literal["job"] = "job"
    """Which of the four that an expression can belong to."""

    def __init__(self, id: str, node: Mapping, workflow: Workflow, id_node: Scalar) -> None:
        super().__init__(node)
        self.id = id
        self.id_node = id_node
        self.workflow = workflow

    def __repr__(self) -> str:
        return f"<Job {self.id}>"

    @property
    def place(self) -> Place:
        """Its id."""
        return Place(self.document, self.id_node.span, self.node)

    @property
    def name(self) -> str | None:
        """Its `name` as written; it may hold expressions."""
        return text(self.node.get("name"))

    @property
    def name_node(self) -> Scalar | None:
        return scalar(self.node.get("name"))

    @property
    def title(self) -> str:
        """What to call it in a message: its name, else its id."""
        return self.name or self.id

    @lazy
    def needs(self) -> list[Scalar]:
        """The ids it waits for, as written."""
        return scalars(self.node.get("needs"))

    @lazy
    def needed(self) -> list[Job]:
        """The jobs it waits for directly; ids that no job has are left out."""
        return [job for node in self.needs if (job := self.workflow.job(node.text)) is not None]

    @lazy
    def transitive_needs(self) -> list[Job]:
        """All jobs that must end before it starts, the nearest first. A job in a cycle may be its own."""
        return _closure(self, lambda job: job.needed)

    @lazy
    def dependents(self) -> list[Job]:
        """The jobs that wait for it directly."""
        return self.workflow.dependents.get(self.id.lower(), [])

    @lazy
    def transitive_dependents(self) -> list[Job]:
        """All jobs that start after it, the nearest first."""
        return _closure(self, lambda job: job.dependents)

    @lazy
    def condition(self) -> Expression | None:
        """Its `if`."""
        return condition(self.node.get("if"), "jobs.*.if", self)

    @lazy
    def runs_on(self) -> Runner | None:
        node = self.node.get("runs-on")
        return Runner(node, self) if node is not None else None

    @lazy
    def environment(self) -> Environment | None:
        node = self.node.get("environment")
        return Environment(node, self) if node is not None else None

    @lazy
    def concurrency(self) -> Concurrency | None:
        node = self.node.get("concurrency")
        return Concurrency(node, self.workflow, self) if node is not None else None

    @lazy
    def permissions(self) -> Permissions | None:
        node = self.node.get("permissions")
        return Permissions(node, self.workflow, self) if node is not None else None

    @property
    def effective_permissions(self) -> Permissions | None:
        """Its own block, which replaces the workflow's, else the workflow's; None leaves it to the repository."""
        return self.permissions or self.workflow.permissions

    @property
    def env(self) -> Dict[str, Node]:
        return entries(self.node.get("env"))

    @lazy
    def defaults(self) -> Defaults:
        return Defaults(self.node.get("defaults"))

    @property
    def strategy(self) -> Node | None:
        return self.node.get("strategy")

    @lazy
    def matrix(self) -> Matrix | None:
        node = self.node.at("strategy", "matrix")
        return Matrix(node, self) if node is not None else None

    @property
    def fail_fast(self) -> Scalar | None:
        return scalar(self.node.at("strategy", "fail-fast"))

    @property
    def timeout_minutes(self) -> Scalar | None:
        return scalar(self.node.get("timeout-minutes"))

    @property
    def continue_on_error(self) -> Scalar | None:
        return scalar(self.node.get("continue-on-error"))

    @lazy
    def container(self) -> Container | None:
        node = self.node.get("container")
        return Container(node, self) if node is not None else None

    @lazy
    def services(self) -> dict[str, Container]:
        node = self.node.get("services")
        if not isinstance(node, Mapping):
            return {}
        return {name: Container(value, self, name, node.keys.get(name)) for name, value in node.items()}

    @property
    def outputs(self) -> Dict[str, Node]:
        return entries(self.node.get("outputs"))

    @lazy
    def call(self) -> ReusableCall | None:
        """The call of a reusable workflow; None for a job with steps."""
        uses = scalar(self.node.get("uses"))
        return ReusableCall(self.node, self, uses) if uses is not None else None

    @property
    def uses(self) -> Uses | None:
        """The reusable workflow it calls."""
        return self.call.uses if self.call is not None else None

    @lazy
    def steps(self) -> list[Step]:
        """Its steps in order, each `parallel` followed by the steps inside it."""
        return numbered(steps_of(self.node.get("steps"), job=self))

    def step(self, id: str) -> Step | None:
        """Return the step with an id, without regard to case."""
        return self._by_id.get(id.lower())

    @lazy
    def _by_id(self) -> dict[str, Step]:
        return by_id(self.steps)

    @lazy
    def scripts(self) -> list[Script]:
        """Every program of its steps."""
        return [script for step in self.steps for script in step.scripts]

    @lazy
    def expressions(self) -> list[Expression]:
        """The job's own expressions, in order, without those of its steps."""
        found: list[Expression] = []
        for name, node in self.node.entries.items():
            if name == "if":
                collect_condition(found, self.condition)
            elif name == "steps" and isinstance(node, Sequence):
                for item in node.nodes:
                    if not isinstance(item, Mapping):
                        collect(found, item, "jobs.*.steps[]", self)
            else:
                collect(found, node, child("jobs.*", name), self)
        return found

    @property
    def all_expressions(self) -> list[Expression]:
        """The job's expressions and those of its steps."""
        return [*self.expressions, *(expression for step in self.steps for expression in step.expressions)]


def _closure(start: Job, following: Callable[[Job], list[Job]]) -> list[Job]:
    found: dict[str, Job] = {}
    queue = list(following(start))
    for job in queue:
        if job.id not in found:
            found[job.id] = job
            queue.extend(following(job))
    return list(found.values())
