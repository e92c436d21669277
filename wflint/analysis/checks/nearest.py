"""What was meant by the name of a required check that no job reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wflint.analysis.checks.produced import ProducedCheck
    from wflint.analysis.checks.required import RequiredContext
    from wflint.model.job import Job


_MOST = 1000
"""How many checks are looked through for what was meant."""


class Near(NamedTuple):
    """What somebody may have meant by a name that no job reports."""

    job: Job
    names: tuple[str, ...]
    """What the job reports."""
    why: str


def nearest(required: RequiredContext) -> Near | None:
    """Return what a required check that no job reports was probably meant to be."""
    context, checks = required.context, required.repository.checks.all[:_MOST]
    last = context.rpartition(" / ")[2]
    bare = context.partition(" (")[0]
    tests: list[tuple[str, Callable[[ProducedCheck], bool]]] = [
        ("its job has a matrix", lambda one: one.is_leg and context in (one.job.id, one.job.name)),
        ("its job has a name", lambda one: context == one.job.id and one.job.name is not None),
        ("its matrix has other values", lambda one: one.is_leg and str(one.name).startswith(f"{bare} (")),
        ("names are told apart by case", lambda one: str(one.name).lower() == context.lower()),
        ("a workflow's name is no part of it", lambda one: last != context and str(one.name) == last),
        ("this is a workflow's name", lambda one: context in (one.workflow.name, _stem(one.workflow.path))),
        ("its job is called by another", lambda one: len(one.jobs) > 1 and context in (one.job.id, one.job.title)),
    ]
    for why, fits in tests:
        found = [one for one in checks if fits(one)]
        if found:
            return Near(found[0].job, tuple(dict.fromkeys(str(one.name) for one in found)), why)
    return None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
