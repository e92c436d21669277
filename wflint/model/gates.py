"""Gates: jobs that stand before a merge, and the jobs that they wait for.

A job that its `if`, or a needed job, skips reports success.
https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wflint.expression.tree import Call, Literal, walk
from wflint.expression.value import Open
from wflint.model.checks.pull_request import holds, pull_request_context
from wflint.model.step import RunStep, Step, UsesStep

if TYPE_CHECKING:
    from wflint.model.checks.required import RequiredContext
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.model.repository import Repository

_STATUS = frozenset({"always", "failure", "cancelled", "success"})


def skipped_with_needs(job: Job) -> bool:
    """Tell whether a job is certainly skipped when one that it needs fails.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
    """
    if not job.needs:
        return False
    condition = job.condition
    if condition is None:
        return True
    if condition.tree is None:
        return False
    if not asks_for_status(condition):
        return True
    failed = {needed.text.lower(): {"result": "failure", "outputs": Open()} for needed in job.needs}
    calls = {"always": True, "success": False, "failure": True, "cancelled": False}
    return holds(condition, {**pull_request_context(), "needs": failed}, calls) is False


def asks_for_status(condition: Expression | None) -> bool:
    """Tell whether a condition has a status function, without which `success()` goes before it."""
    tree = condition.tree if condition is not None else None
    return tree is not None and any(isinstance(node, Call) and node.function in _STATUS for node in walk(tree))


def unguarded_needs(job: Job, names: frozenset[str], repository: Repository) -> list[Job]:
    """Return the jobs before a job whose failure no required check shows; `names` are those of the required checks."""
    return [
        needed
        for needed in job.transitive_needs
        if needed.id != job.id
        and not may_fail(needed)
        and not _is_required(needed, names, repository)
        and not _is_watched(needed, job, names, repository)
    ]


def may_fail(job: Job) -> bool:
    """Tell whether a job's failure is declared to be no failure: `continue-on-error`."""
    node = job.continue_on_error
    return node is not None and node.value is not False


def _is_required(job: Job, names: frozenset[str], repository: Repository) -> bool:
    checks = [check for check in repository.checks.of(job) if check.on_pull_request]
    return bool(checks) and all(any(check.name.matches(name) for name in names) for check in checks)


def _is_watched(needed: Job, besides: Job, names: frozenset[str], repository: Repository) -> bool:
    """Tell whether another required job runs after a job's failure and looks at how it went."""
    for other in needed.transitive_dependents:
        gate = other.id != besides.id and needed in other.needed and _is_required(other, names, repository)
        if gate and not skipped_with_needs(other) and looks_at_needs(other):
            return True
    return False


_LISTINGS = ("/jobs", "listjobs", "gh run", "/check-runs", "gh pr checks")


def looks_at_needs(job: Job) -> bool:
    """Tell whether something in a job may look at how the jobs went that it needs: an expression, or the API."""
    if any(route[0] == "needs" for each in job.all_expressions for _, route in each.reads):
        return True
    if job.call is not None:
        return True
    return any(_may_look(step) for step in job.steps)


def _may_look(step: Step) -> bool:
    if any(listing in script.text.lower() for script in step.scripts for listing in _LISTINGS):
        return True
    # What an action of somebody else does is not known.
    return isinstance(step, UsesStep) and not (step.uses.name or "").startswith("actions/")


def sees_only_failure(job: Job) -> bool:
    """Tell whether a gate looks for the word `failure` among the results alone, so that a cancelled job passes it."""
    words: set[str] = set()
    for expression in job.all_expressions:
        if any(route[0] == "needs" for _, route in expression.reads):
            if expression.tree is None or any(
                isinstance(n, Call) and n.function == "tojson" for n in walk(expression.tree)
            ):
                return False
            texts = [n.value for n in walk(expression.tree) if isinstance(n, Literal) and isinstance(n.value, str)]
            if not texts:
                return False
            words.update(texts)
    scripts = " ".join(step.run.text for step in job.steps if isinstance(step, RunStep))
    others = ("cancelled", "success", "skipped")
    return "failure" in words and not words.intersection(others) and not any(word in scripts for word in others)


def may_be_skipped(job: Job) -> Expression | None:
    """Return the condition, of the job or of one it needs, by which it may be skipped for a pull request."""
    own = job.condition
    if own is not None and _may_skip(own):
        return own
    if asks_for_status(own):
        return None
    return next((each.condition for each in job.transitive_needs if each.condition and _may_skip(each.condition)), None)


def _may_skip(condition: Expression) -> bool:
    """Tell whether a condition may be false for a pull request although all that the job needs went well."""
    if holds(condition, pull_request_context()) is not None:
        return False
    calls = {"always": True, "success": True, "failure": False, "cancelled": False}
    succeeded: Mapping[str, Any] = Open()
    job = condition.job
    if job is not None:
        succeeded = {needed.text.lower(): {"result": "success", "outputs": Open()} for needed in job.needs}
    return holds(condition, {**pull_request_context(), "needs": succeeded}, calls) is None


def names_of(required: Iterable[RequiredContext]) -> frozenset[str]:
    """Return the names of required checks that are enforced."""
    return frozenset(one.context for one in required if one.is_enforced)
