"""Stages of a delivery: which jobs are which, and whether one stands before another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from wflint.analysis import select
from wflint.analysis.checks.pull_request import holds
from wflint.analysis.gates import asks_for_status
from wflint.analysis.placed import (
    PlacedJob,
    followed,
    meeting,
    other_starts,
    placed_jobs,
    runs_after_failed_run,
    waits_for,
)
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job

_WORDS = ("before", "gates")


class Relation(NamedTuple):
    """What a policy states of two stages."""

    earlier: str
    later: str
    gates: bool
    """Whether the later one must not run when the earlier one failed."""

    @classmethod
    def parse(cls, text: str, known: Mapping[str, object]) -> Self:
        """Return what `a before b` or `a gates b` says. Raises ValueError where it says nothing of known stages."""
        words = text.split()
        if len(words) != 3 or words[1] not in _WORDS:
            raise ValueError(f"`{text}` is neither `a before b` nor `a gates b`")
        for name in (words[0], words[2]):
            if name not in known:
                raise ValueError(f"`{name}` in `{text}` is none of the stages: {', '.join(known)}")
        return cls(words[0], words[2], words[1] == "gates")


class Disorder(NamedTuple):
    """A job that does not stand where a relation wants it."""

    at: Job | Place
    message: str
    related: tuple[tuple[Job, str], ...] = ()


def by_stage(repository: Repository, stages: Mapping[str, select.JobSelector]) -> dict[str, list[PlacedJob]]:
    """Return the jobs of each stage."""
    jobs = placed_jobs(repository)
    return {
        name: [each for each in jobs if select.selects(selector, each.job, repository, each.callers)]
        for name, selector in stages.items()
    }


def problem(
    later: PlacedJob,
    relation: Relation,
    stages: Mapping[str, select.JobSelector],
    earlier: Sequence[PlacedJob],
    wait_for: Literal["every", "any"],
    repository: Repository,
) -> Disorder | None:
    """Return what is wrong with a job of the later stage; None where nothing is."""
    if any(each.job is later.job for each in earlier):
        return _steps(later.job, relation, stages, repository)
    before = followed(later.workflow, repository)
    here = [each for each in earlier if each.workflow is later.workflow]
    awaited = [each for each in here if waits_for(later, each)]
    if awaited:
        missing = [each for each in here if each not in awaited and not _is_caller(each, later, awaited)]
        if wait_for == "every" and missing:
            return _unawaited(later, missing[0], relation)
        return _runs_anyway(later, awaited, relation) if relation.gates else None
    if any(_is_caller(each, later, ()) for each in here):
        return None
    if not any(each.workflow is workflow for each in earlier for workflow in before):
        return _unawaited(later, next(iter(here or earlier)), relation)
    other = next(other_starts(later), None)
    if other is not None:
        return Disorder(
            later.jobs[0],
            f"`{later.jobs[0].id}` (stage `{relation.later}`) is started by `{other.event}` too, with no"
            f" `{relation.earlier}` before it; ask for `github.event_name == 'workflow_run'`",
        )
    if relation.gates and runs_after_failed_run(later):
        return Disorder(
            later.jobs[0],
            f"`{later.jobs[0].id}` (stage `{relation.later}`) runs although `{relation.earlier}` failed; add"
            " `if: github.event.workflow_run.conclusion == 'success'`",
        )
    return None


def _is_caller(one: PlacedJob, later: PlacedJob, awaited: Sequence[PlacedJob]) -> bool:
    """Tell whether a job calls the workflow of another that counts, or is called by it: they are not in an order."""
    return any(meeting(one, other) is None for other in (later, *awaited) if other.workflow is one.workflow)


def _unawaited(later: PlacedJob, missing: PlacedJob, relation: Relation) -> Disorder:
    at = meeting(missing, later)
    if at is None:
        start = later.jobs[0]
        return Disorder(
            start,
            f"`{start.id}` (stage `{relation.later}`) waits for no job of the stage `{relation.earlier}`; those are in"
            f" other workflows, such as `{missing.workflow.title}`: start after it by `workflow_run`, or call it",
            ((missing.job, f"this is the stage `{relation.earlier}`"),),
        )
    job, needed = later.jobs[at], missing.jobs[at]
    return Disorder(
        job,
        f"`{job.id}` (stage `{relation.later}`) does not wait for `{needed.id}` (stage `{relation.earlier}`); add"
        f" `{needed.id}` to its `needs`",
        ((missing.job, f"this is the stage `{relation.earlier}`"),),
    )


def _runs_anyway(later: PlacedJob, awaited: Sequence[PlacedJob], relation: Relation) -> Disorder | None:
    """Return what is wrong with a job that is sure to run when one failed that it waits for."""
    for earlier in awaited:
        at = meeting(earlier, later)
        if at is None:
            continue
        job, needed = later.jobs[at], earlier.jobs[at]
        results = {
            other.text.lower(): {"result": "failure" if other.text.lower() == needed.id.lower() else "success"}
            for other in job.needs
        }
        calls = {"always": True, "success": False, "failure": True, "cancelled": False}
        runs = asks_for_status(job.condition) and holds(job.condition, {"needs": results}, calls)
        if job.condition is not None and needed in job.needed and runs:
            return Disorder(
                job.condition.place,
                f"`{job.id}` (stage `{relation.later}`) runs although `{needed.id}` (stage `{relation.earlier}`)"
                f" failed; ask for `needs.{needed.id}.result == 'success'`",
            )
    return None


def _steps(
    job: Job, relation: Relation, stages: Mapping[str, select.JobSelector], repository: Repository
) -> Disorder | None:
    """Return what is wrong with the order of the steps of a job that is both; None where they do not show."""
    first = next(select.chosen(stages[relation.later], job, repository), None)
    before = [
        each.step.position for each in select.chosen(stages[relation.earlier], job, repository) if each.step is not None
    ]
    if first is None or first.step is None or not before or min(before) <= first.step.position:
        return None
    return Disorder(
        first.place,
        f"`{first.what}` (stage `{relation.later}`) runs before the step of the stage `{relation.earlier}`; move it"
        " behind that",
    )
