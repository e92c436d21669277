"""Jobs where they run: in the workflow that an event starts, behind those that call theirs; and which waits for which.

https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations
https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.checks.produced import DEEPEST
from wflint.analysis.condition import holds
from wflint.analysis.gates import asks_for_status
from wflint.expression.value import Open

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job
    from wflint.model.trigger import Trigger
    from wflint.model.workflow import Workflow

_MOST = 4096
"""How many jobs a repository may have: calls of calls multiply."""
_FEW = 5
"""How many branches of a trigger are tried."""
_NOT_BY_ITSELF = frozenset({"workflow_run", "workflow_call", "workflow_dispatch", "repository_dispatch"})
"""Events by which people, or other workflows, start a run."""


class PlacedJob(NamedTuple):
    """A job, behind those that call its workflow, the outermost first."""

    jobs: tuple[Job, ...]

    @property
    def job(self) -> Job:
        return self.jobs[-1]

    @property
    def callers(self) -> tuple[Job, ...]:
        return self.jobs[:-1]

    @property
    def workflow(self) -> Workflow:
        """The workflow that an event starts."""
        return self.jobs[0].workflow


def placed_jobs(repository: Repository) -> list[PlacedJob]:
    """Return every job of the workflows that events start, and of the local workflows that they call.

    Raises ValueError when there are too many to tell how they stand to each other: leaving some out would hide them.
    """
    found: list[PlacedJob] = []
    queue: list[tuple[Job, ...]] = [
        (job,) for workflow in repository.workflows if not workflow.is_only_reusable for job in workflow.jobs.values()
    ]
    for jobs in queue:
        found.append(PlacedJob(jobs))
        if len(queue) > _MOST:
            raise ValueError(f"there are more than {_MOST} jobs, called ones among them")
        call = jobs[-1].call
        called = repository.local_workflow(call.uses) if call is not None and len(jobs) < DEEPEST else None
        if called is None or any(called.path == each.workflow.path for each in jobs):
            continue
        queue += [(*jobs, job) for job in called.jobs.values()]
    return found


def meeting(earlier: PlacedJob, later: PlacedJob) -> int | None:
    """Return the depth at which two jobs of one run part; None when one calls the other, or they run apart."""
    if earlier.workflow is not later.workflow:
        return None
    for index, (one, other) in enumerate(zip(earlier.jobs, later.jobs, strict=False)):
        if one is not other:
            return index
    return None


def waits_for(later: PlacedJob, earlier: PlacedJob) -> bool:
    """Tell whether a job of the same run starts only when another has ended: by `needs`, its own or its callers'."""
    at = meeting(earlier, later)
    return at is not None and earlier.jobs[at] in later.jobs[at].transitive_needs


def followed(workflow: Workflow, repository: Repository) -> list[Workflow]:
    """Return the workflows after which `workflow_run` starts a workflow, directly or not."""
    found: list[Workflow] = []
    queue = [workflow]
    for each in queue:
        trigger = each.triggers.get("workflow_run")
        names = {name.text for name in trigger.workflows} if trigger is not None else set()
        for other in repository.workflows:
            if other.title in names and other not in found and other is not workflow:
                found.append(other)
                queue.append(other)
    return found


def other_starts(placed: PlacedJob) -> Iterator[Trigger]:
    """Yield the events besides `workflow_run` that start a job by themselves, as far as its conditions tell."""
    for event, trigger in placed.workflow.triggers.items():
        if event not in _NOT_BY_ITSELF and all(
            holds(job.condition, event_name=event) is not False for each in placed.jobs for job in _line(each)
        ):
            yield trigger


def runs_after_failed_run(placed: PlacedJob) -> bool:
    """Tell whether a job is sure to run after some run that failed: nothing on its way looks at the conclusion."""
    trigger = placed.workflow.triggers.get("workflow_run")
    named = [node.text for node in trigger.branches] if trigger is not None else []
    for branch in dict.fromkeys((*named[:_FEW], "main", "master")):
        event = Open(workflow_run=Open(conclusion="failure", event="push", head_branch=branch))
        if all(
            holds(job.condition, event_name="workflow_run", event=event) is True
            for each in placed.jobs
            for job in _line(each)
        ):
            return True
    return False


def _line(job: Job) -> list[Job]:
    """Return a job and those with which it is skipped."""
    return [job] if asks_for_status(job.condition) else [job, *job.transitive_needs]
