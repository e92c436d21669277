"""Which targets a document holds, by type, so that a rule meets only what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar, cast

from wflint.model.action import Action
from wflint.model.codeowners import Codeowners, CodeownersEntry
from wflint.model.container import Container
from wflint.model.dependabot import Dependabot, DependabotUpdate
from wflint.model.expression import Expression
from wflint.model.image import Image
from wflint.model.job import Job, ReusableCall
from wflint.model.matrix import Matrix
from wflint.model.parts import Concurrency, Environment
from wflint.model.permissions import Permissions
from wflint.model.precommit import PreCommit, PreCommitRepo
from wflint.model.runner import Runner
from wflint.model.script import Script
from wflint.model.step import CancelStep, ParallelStep, RunStep, Step, UsesStep, WaitStep
from wflint.model.trigger import Schedule, Trigger
from wflint.model.uses import Uses
from wflint.model.workflow import Workflow
from wflint.source.document import Document
from wflint.source.node import Node
from wflint.source.source import Kind

T = TypeVar("T")
Root: TypeAlias = Workflow | Action | Dependabot | PreCommit | Codeowners

_ROOTS: dict[Kind, Callable[[Node], Root]] = {
    "workflow": Workflow,
    "action": Action,
    "dependabot": Dependabot,
    "pre-commit": PreCommit,
}

_KEY = "index"


class Index:
    """The targets of one document, each type gathered when it is first asked for, each view made once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = _root(document)
        """The workflow, action or other file that the document is; None when it has no tree or no model."""
        self._found: dict[type[Any], Sequence[Any]] = {}

    @classmethod
    def of(cls, document: Document) -> Index:
        """Return the index of a document, always the same one."""
        index = document.derived.get(_KEY)
        if not isinstance(index, Index):
            document.derived[_KEY] = index = cls(document)
        return index

    def targets(self, type: type[T]) -> Sequence[T]:
        """Return the targets of a type, subclasses among them, in the document's order."""
        found = self._found.get(type)
        if found is None:
            gather = _GATHER.get(type)
            found = self._found[type] = tuple(gather(self)) if gather is not None else ()
        return cast("Sequence[T]", found)


def targets(document: Document, type: type[T]) -> Sequence[T]:
    """Return the targets of a type in a document, subclasses among them, in the document's order.

    A part of a workflow has no workflow, and a list of steps no job: what they lack may stand elsewhere.
    """
    if document.fragment is not None and (type is Workflow or (type is Job and document.fragment == "steps")):
        return ()
    return Index.of(document).targets(type)


def release(document: Document) -> None:
    """Take a document and its views apart, once nobody asks for them any more: they all know each other."""
    index = document.derived.get(_KEY)
    if isinstance(index, Index):
        for view in (index.root, *(view for found in index._found.values() for view in found)):
            if view is not document:
                getattr(view, "__dict__", {}).clear()
    document.release()


def _root(document: Document) -> Root | None:
    if document.kind == "codeowners":
        return Codeowners(document)
    kind = _ROOTS.get(document.kind)
    return kind(document.root) if kind is not None and document.root is not None else None


def _whole(type: type[T]) -> Callable[[Index], Iterator[T]]:
    def gather(index: Index) -> Iterator[T]:
        if isinstance(index.root, type):
            yield index.root

    return gather


def _documents(index: Index) -> Iterator[Document]:
    yield index.document


def _jobs(index: Index) -> Iterator[Job]:
    if isinstance(index.root, Workflow):
        yield from index.root.jobs.values()


def _steps(index: Index) -> Iterator[Step]:
    if isinstance(index.root, Action):
        yield from index.root.steps
    for job in index.targets(Job):
        yield from job.steps


def _kind_of_step(type: type[T]) -> Callable[[Index], Iterator[T]]:
    return lambda index: (step for step in index.targets(Step) if isinstance(step, type))


def _triggers(index: Index) -> Iterator[Trigger]:
    if isinstance(index.root, Workflow):
        yield from index.root.triggers.values()


def _schedules(index: Index) -> Iterator[Schedule]:
    for trigger in index.targets(Trigger):
        if trigger.event == "schedule":
            yield from trigger.schedules


def _permissions(index: Index) -> Iterator[Permissions]:
    if isinstance(index.root, Workflow) and index.root.permissions is not None:
        yield index.root.permissions
    yield from (job.permissions for job in index.targets(Job) if job.permissions is not None)


def _concurrency(index: Index) -> Iterator[Concurrency]:
    if isinstance(index.root, Workflow) and index.root.concurrency is not None:
        yield index.root.concurrency
    yield from (job.concurrency for job in index.targets(Job) if job.concurrency is not None)


def _environments(index: Index) -> Iterator[Environment]:
    return (job.environment for job in index.targets(Job) if job.environment is not None)


def _matrices(index: Index) -> Iterator[Matrix]:
    return (job.matrix for job in index.targets(Job) if job.matrix is not None)


def _runners(index: Index) -> Iterator[Runner]:
    return (job.runs_on for job in index.targets(Job) if job.runs_on is not None)


def _calls(index: Index) -> Iterator[ReusableCall]:
    return (job.call for job in index.targets(Job) if job.call is not None)


def _containers(index: Index) -> Iterator[Container]:
    for job in index.targets(Job):
        if job.container is not None:
            yield job.container
        yield from job.services.values()


def _images(index: Index) -> Iterator[Image]:
    if isinstance(index.root, Action) and index.root.image is not None:
        yield index.root.image
    yield from (container.image for container in index.targets(Container) if container.image is not None)
    yield from (step.image for step in index.targets(UsesStep) if step.image is not None)


def _uses(index: Index) -> Iterator[Uses]:
    yield from (call.uses for call in index.targets(ReusableCall))
    yield from (step.uses for step in index.targets(UsesStep))


def _scripts(index: Index) -> Iterator[Script]:
    for step in index.targets(Step):
        yield from step.scripts


def _expressions(index: Index) -> Iterator[Expression]:
    if isinstance(index.root, Workflow | Action):
        yield from index.root.all_expressions


def _updates(index: Index) -> Iterator[DependabotUpdate]:
    if isinstance(index.root, Dependabot):
        yield from index.root.updates


def _repos(index: Index) -> Iterator[PreCommitRepo]:
    if isinstance(index.root, PreCommit):
        yield from index.root.repos


def _owner_lines(index: Index) -> Iterator[CodeownersEntry]:
    if isinstance(index.root, Codeowners):
        yield from index.root.entries


_GATHER: dict[type[Any], Callable[[Index], Iterator[Any]]] = {
    Action: _whole(Action),
    CancelStep: _kind_of_step(CancelStep),
    Codeowners: _whole(Codeowners),
    CodeownersEntry: _owner_lines,
    Concurrency: _concurrency,
    Container: _containers,
    Dependabot: _whole(Dependabot),
    DependabotUpdate: _updates,
    Document: _documents,
    Environment: _environments,
    Expression: _expressions,
    Image: _images,
    Job: _jobs,
    Matrix: _matrices,
    ParallelStep: _kind_of_step(ParallelStep),
    Permissions: _permissions,
    PreCommit: _whole(PreCommit),
    PreCommitRepo: _repos,
    ReusableCall: _calls,
    RunStep: _kind_of_step(RunStep),
    Runner: _runners,
    Schedule: _schedules,
    Script: _scripts,
    Step: _steps,
    Trigger: _triggers,
    Uses: _uses,
    UsesStep: _kind_of_step(UsesStep),
    WaitStep: _kind_of_step(WaitStep),
    Workflow: _whole(Workflow),
}

TYPES: tuple[type[Any], ...] = tuple(_GATHER)
"""Every target that a document can hold."""
