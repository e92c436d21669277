"""What runs when a job has failed.

https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wflint.analysis.checks.pull_request import holds
from wflint.analysis.gates import asks_for_status

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.model.step import Step

_FAILED = {"always": True, "success": False, "failure": True, "cancelled": False}


def runs_on_failure(condition: Expression | None) -> bool:
    """Tell whether a step or a job may run after a failure: its `if` asks for the status, and may be true."""
    return asks_for_status(condition) and holds(condition, {}, _FAILED) is not False


def steps_on_failure(job: Job) -> Iterator[Step]:
    """Yield what runs when a job has failed: its own later steps, and the steps of jobs that then run."""
    for step in job.steps:
        if runs_on_failure(step.condition):
            yield step
    for other in jobs_on_failure(job):
        for step in other.steps:
            yield step


def jobs_on_failure(job: Job) -> Iterator[Job]:
    """Yield the jobs that run when a job has failed, because they ask for its status."""
    for other in job.transitive_dependents:
        if other is not job and runs_on_failure(other.condition):
            yield other
