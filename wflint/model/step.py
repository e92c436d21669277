"""A step of a job or of a composite action.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsteps
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING, Literal

from wflint.lazy import lazy
from wflint.model.expression import Expression, child, collect, collect_condition, condition
from wflint.model.image import Image
from wflint.model.script import Dialect, Script, dialect_of
from wflint.model.uses import Uses
from wflint.model.view import View, entries, flag, items, scalar, scalars, text
from wflint.source.node import Mapping, Node, Scalar

if TYPE_CHECKING:
    from wflint.model.action import Action
    from wflint.model.job import Job
    from wflint.model.workflow import Workflow

_LANGUAGES: dict[str, Dialect] = {
    "shell": "bash",
    "shell (container)": "bash",
    "shell (remote)": "bash",
    "shell (vm)": "bash",
    "powershell": "pwsh",
    "python": "python",
    "javascript": "javascript",
}
"""The languages, by their words in the fact table, in which an input is a whole program."""


class Step(View):
    """Any step. It belongs to a job, or to a composite action; `job` or `action` is None."""

    node: Mapping
    role: Literal["step"] = "step"
    """Which of the four that an expression can belong to."""

    def __init__(
        self,
        node: Mapping,
        index: int,
        *,
        job: Job | None = None,
        action: Action | None = None,
        parent: ParallelStep | None = None,
    ) -> None:
        super().__init__(node)
        self.index = index
        """Its position, from 0, in the list it stands in."""
        self.position = 0
        """Its position, from 0, among all steps of the job or action."""
        self.job = job
        self.action = action
        self.parent = parent
        """The `parallel` step it stands in."""

    @property
    def workflow(self) -> Workflow | None:
        return self.job.workflow if self.job is not None else None

    @property
    def id(self) -> str | None:
        return text(self.node.get("id"))

    @property
    def id_node(self) -> Scalar | None:
        return scalar(self.node.get("id"))

    @property
    def name(self) -> str | None:
        return text(self.node.get("name"))

    @property
    def name_node(self) -> Scalar | None:
        return scalar(self.node.get("name"))

    @property
    def title(self) -> str:
        """What to call it in a message: its name, else its id, else its position, counted from 1."""
        return self.name or self.id or f"step {self.index + 1}"

    @lazy
    def condition(self) -> Expression | None:
        """Its `if`."""
        return condition(self.node.get("if"), f"{self._key}.if", self)

    @property
    def env(self) -> Dict[str, Node]:
        return entries(self.node.get("env"))

    @property
    def continue_on_error(self) -> Scalar | None:
        return scalar(self.node.get("continue-on-error"))

    @property
    def timeout_minutes(self) -> Scalar | None:
        return scalar(self.node.get("timeout-minutes"))

    @property
    def working_directory(self) -> Scalar | None:
        return scalar(self.node.get("working-directory"))

    @property
    def background(self) -> bool:
        """Whether the job goes on before it has ended: a `background` step, or one in a `parallel` group."""
        return self.parent is not None or flag(self.node.get("background")) is True

    @property
    def siblings(self) -> list[Step]:
        """All steps of the same job or action, in order, itself among them."""
        if self.job is not None:
            return self.job.steps
        return self.action.steps if self.action is not None else []

    @property
    def previous(self) -> list[Step]:
        """The steps before it; those that run beside it in one `parallel` group are not."""
        before = self.siblings[: self.position]
        return before if self.parent is None else [step for step in before if step.parent is not self.parent]

    @property
    def _key(self) -> str:
        return "jobs.*.steps[]" if self.job is not None else "runs.steps[]"

    @lazy
    def expressions(self) -> list[Expression]:
        """Every expression of the step, in order, those of steps inside it left out."""
        found: list[Expression] = []
        for name, node in self.node.entries.items():
            if name == "if":
                collect_condition(found, self.condition)
            elif name != "parallel":
                collect(found, node, child(self._key, name), self)
        return found

    @lazy
    def scripts(self) -> list[Script]:
        """The programs in it."""
        return []


class RunStep(Step):
    """A step that runs a script."""

    @property
    def run(self) -> Scalar:
        node = self.node.entries["run"]
        assert isinstance(node, Scalar)  # noqa: S101 - `step_of` chose the class by it
        return node

    @lazy
    def script(self) -> Script:
        """The program and what runs it: the step's shell, else the job's default, else the workflow's."""
        chosen = self._shell
        if chosen is not None:
            return Script(
                self.run, self, shell=chosen.text, shell_node=chosen, dialects=frozenset({dialect_of(chosen.text)})
            )
        return Script(self.run, self, dialects=self._default_dialects)

    @lazy
    def scripts(self) -> list[Script]:
        return [self.script]

    @property
    def _shell(self) -> Scalar | None:
        own = scalar(self.node.get("shell"))
        if own is not None or self.job is None:
            return own
        return self.job.defaults.shell or self.job.workflow.defaults.shell

    @property
    def _default_dialects(self) -> frozenset[Dialect]:
        runner = self.job.runs_on if self.job is not None else None
        systems = runner.systems if runner is not None else frozenset()
        found: set[Dialect] = {"pwsh" if system == "windows" else "bash" for system in systems}
        return frozenset(found or {"bash"})


class UsesStep(Step):
    """A step that uses an action."""

    @lazy
    def uses(self) -> Uses:
        node = self.node.entries["uses"]
        assert isinstance(node, Scalar)  # noqa: S101 - `step_of` chose the class by it
        return Uses(node, step=self)

    @lazy
    def with_(self) -> dict[str, Node]:
        """The inputs by their names in lower case, as GitHub looks them up."""
        return {name.lower(): node for name, node in entries(self.node.get("with")).items()}

    def input(self, name: str) -> Scalar | None:
        """Return an input's value, whatever the case of its name; None when it is absent or null."""
        return scalar(self.with_.get(name.lower()))

    @lazy
    def image(self) -> Image | None:
        """The image of a `docker://` step."""
        return Image(self.uses.node, step=self, job=self.job) if self.uses.kind == "docker" else None

    @lazy
    def scripts(self) -> list[Script]:
        """The inputs that the action runs as a program, such as `script` of actions/github-script."""
        name = "docker://" if self.uses.kind == "docker" else self.uses.name
        if name is None or not self.with_:
            return []
        from wflint.facts.sinks import script_inputs

        found: list[Script] = []
        for wanted, language in script_inputs(name).items():
            node = self.input(wanted)
            dialect = _LANGUAGES.get(language)
            if node is not None and dialect is not None:
                found.append(Script(node, self, dialects=frozenset({dialect}), input=wanted))
        return found


class ParallelStep(Step):
    """`parallel`: steps that run at the same time."""

    @lazy
    def steps(self) -> list[Step]:
        return list(steps_of(self.node.get("parallel"), job=self.job, action=self.action, parent=self))


class WaitStep(Step):
    """`wait` for background steps by id, or `wait-all`."""

    @property
    def waits_for(self) -> list[Scalar]:
        """The ids it names; empty for `wait-all`."""
        return scalars(self.node.get("wait"))

    @property
    def waits_for_all(self) -> bool:
        return "wait-all" in self.node.entries


class CancelStep(Step):
    """`cancel` a background step."""

    @property
    def cancels(self) -> Scalar | None:
        return scalar(self.node.get("cancel"))


def steps_of(
    node: Node | None, *, job: Job | None = None, action: Action | None = None, parent: ParallelStep | None = None
) -> Iterator[Step]:
    """Yield the steps of a list and, behind each `parallel`, the steps inside it. What is no mapping is left out."""
    for index, item in enumerate(items(node)):
        if isinstance(item, Mapping):
            step = _kind(item)(item, index, job=job, action=action, parent=parent)
            yield step
            if isinstance(step, ParallelStep):
                yield from step.steps


def numbered(steps: Iterable[Step]) -> list[Step]:
    """Return the steps of a job or action, each told its position."""
    found = list(steps)
    for position, step in enumerate(found):
        step.position = position
    return found


def by_id(steps: Iterable[Step]) -> dict[str, Step]:
    """Return the steps by their ids in lower case; the first of an id counts."""
    found: dict[str, Step] = {}
    for step in steps:
        if step.id is not None:
            found.setdefault(step.id.lower(), step)
    return found


def _kind(node: Mapping) -> type[Step]:
    if scalar(node.get("uses")) is not None:
        return UsesStep
    if scalar(node.get("run")) is not None:
        return RunStep
    if "parallel" in node:
        return ParallelStep
    if "wait" in node or "wait-all" in node:
        return WaitStep
    return CancelStep if "cancel" in node else Step
