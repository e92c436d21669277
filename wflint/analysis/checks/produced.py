"""The checks that the jobs of a repository's workflows report.

https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.checks.legs import Contexts, inputs, legs
from wflint.analysis.checks.name import CheckName, unknown
from wflint.expression.value import UNKNOWN, Open
from wflint.lazy import lazy
from wflint.model.expression import Expression

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job
    from wflint.model.trigger import Trigger
    from wflint.model.workflow import Workflow
    from wflint.source.node import Place

DEEPEST = 10
"""How many workflows may call one another, the first among them.
https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations#limitations-of-reusable-workflows
"""
_MOST = 4096
"""How many checks of one workflow are told apart: calls of calls with matrices multiply."""

ON_PULL_REQUEST = ("pull_request", "pull_request_target")
"""The events whose checks a pull request waits for, whoever opened it."""


class ProducedCheck(NamedTuple):
    """A check that a job reports in the runs of some events."""

    name: CheckName
    jobs: tuple[Job, ...]
    """The job, behind those that call its workflow, the outermost first."""
    events: tuple[str, ...]
    """The events whose runs report it, in the workflow's order."""

    @property
    def job(self) -> Job:
        """The job that reports it; for a call of a workflow that is not there, the calling one."""
        return self.jobs[-1]

    @property
    def outermost(self) -> Job:
        """The job of the workflow that the events start."""
        return self.jobs[0]

    @property
    def workflow(self) -> Workflow:
        """The workflow that the events start."""
        return self.jobs[0].workflow

    @property
    def place(self) -> Place:
        """The name of the job, else its id."""
        node = self.job.name_node
        return node.place if node is not None else self.job.place

    @property
    def conditions(self) -> tuple[Expression, ...]:
        """The `if` of the job and of those that call it."""
        return tuple(job.condition for job in self.jobs if job.condition is not None)

    @property
    def is_leg(self) -> bool:
        """Whether it is one of a matrix, of the job or of one that calls it."""
        return any(job.matrix is not None for job in self.jobs)

    @property
    def is_unresolved(self) -> bool:
        """Whether it stands for a workflow of another repository, or one that was not read."""
        return self.job.call is not None

    @property
    def is_skippable(self) -> bool:
        """Whether the job, or one that calls it, is skipped when one that it needs fails."""
        from wflint.analysis.gates import skipped_with_needs

        return any(skipped_with_needs(job) for job in self.jobs)

    def triggers(self, events: Iterable[str] = ON_PULL_REQUEST) -> list[Trigger]:
        """Return the triggers that report it, of the events asked for."""
        return [self.workflow.triggers[event] for event in events if event in self.events]

    @property
    def on_pull_request(self) -> bool:
        """Whether a run for a pull request reports it."""
        return any(event in self.events for event in ON_PULL_REQUEST)


class Checks:
    """All checks of a repository."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    @lazy
    def all(self) -> tuple[ProducedCheck, ...]:
        """Every check, workflow by workflow."""
        return tuple(check for workflow in self.repository.workflows for check in _checks(workflow, self.repository))

    @lazy
    def _exact(self) -> dict[str, list[ProducedCheck]]:
        found: dict[str, list[ProducedCheck]] = {}
        for check in self.all:
            if check.name.exact is not None:
                found.setdefault(check.name.exact, []).append(check)
        return found

    @lazy
    def _patterns(self) -> list[ProducedCheck]:
        return [check for check in self.all if check.name.exact is None]

    @lazy
    def posting(self) -> list[str]:
        """The texts of the jobs and actions that post statuses or checks through the API."""
        from wflint.analysis.checks.posted import posting

        return list(posting(self.repository))

    @property
    def complete(self) -> bool:
        """Whether there are workflows, and all of them could be read."""
        documents = self.repository.of_kind("workflow")
        return bool(documents) and all(document.root is not None for document in documents)

    def exactly(self, context: str) -> list[ProducedCheck]:
        """Return the checks that are sure to have a name."""
        return self._exact.get(context, [])

    def perhaps(self, context: str) -> list[ProducedCheck]:
        """Return the checks that may have a name, because some of theirs is not known."""
        return [check for check in self._patterns if check.name.matches(context)]

    def of(self, job: Job) -> list[ProducedCheck]:
        """Return the checks of a job, and of the workflow that it calls."""
        return self._by_job.get((job.workflow.path, job.id), [])

    @lazy
    def _by_job(self) -> dict[tuple[str, str], list[ProducedCheck]]:
        found: dict[tuple[str, str], list[ProducedCheck]] = {}
        for check in self.all:
            for job in check.jobs:
                found.setdefault((job.workflow.path, job.id), []).append(check)
        return found


def _checks(workflow: Workflow, repository: Repository) -> Iterator[ProducedCheck]:
    found: dict[tuple[CheckName, tuple[str, ...]], tuple[tuple[Job, ...], list[str]]] = {}
    for event in workflow.triggers:
        if event == "workflow_call":
            continue
        given = UNKNOWN if event == "workflow_dispatch" else None
        contexts: Contexts = {"github": Open(event_name=event), "inputs": given}
        for name, jobs in _Names(repository).of(workflow, contexts, ()):
            key = (name, tuple(f"{job.workflow.path}:{job.id}" for job in jobs))
            found.setdefault(key, (jobs, []))[1].append(event)
    for (name, _), (jobs, events) in found.items():
        yield ProducedCheck(name, jobs, tuple(dict.fromkeys(events)))


class _Names:
    """Gathers the names of the checks of one workflow in the runs of one event."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.left = _MOST

    def of(
        self, workflow: Workflow, contexts: Contexts, callers: tuple[Job, ...]
    ) -> Iterator[tuple[CheckName, tuple[Job, ...]]]:
        """Yield each name with its job, behind the jobs that called its workflow."""
        for job in workflow.jobs.values():
            jobs = (*callers, job)
            for leg in legs(job, contexts):
                self.left -= 1
                if self.left < 0:
                    yield unknown(), jobs
                    return
                if job.call is None:
                    yield leg.name, jobs
                    continue
                called = self.repository.local_workflow(job.call.uses)
                declared = called.triggers.get("workflow_call") if called is not None else None
                if called is None or declared is None:
                    yield unknown(*leg.name.parts, " / "), jobs
                elif len(jobs) < DEEPEST and all(called.path != each.workflow.path for each in jobs):
                    inner = {**contexts, "inputs": inputs(declared, job.call.with_, leg.contexts)}
                    for name, chain in self.of(called, inner, jobs):
                        yield name.inside(leg.name), chain
