"""Gates: jobs that stand before a merge, and the jobs that they wait for.

A job that its `if`, or a needed job, skips reports success.
https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wflint.analysis.checks.filters import covers_pushes
from wflint.analysis.checks.pull_request import (
    CONSTANT,
    LABELS,
    asks_for_fork,
    chosen_by_author,
    draft_hole,
    holds,
    pull_request_context,
    reads,
    runs_on_pull_request,
)
from wflint.expression.tree import Call, Literal, walk
from wflint.expression.value import Open
from wflint.model.step import RunStep, Step, UsesStep

if TYPE_CHECKING:
    from wflint.analysis.checks.name import CheckName
    from wflint.analysis.checks.produced import ProducedCheck
    from wflint.analysis.checks.required import RequiredContext
    from wflint.analysis.repository import Repository
    from wflint.model.expression import Expression
    from wflint.model.job import Job

_HEAD_ACTIONS = ("opened", "synchronize", "reopened")
"""The activities after which the head of a pull request waits for its checks."""
_MOST_NEEDS, _MOST_DEPENDENTS = 256, 32
"""How many jobs before and behind one are looked at, and how many checks of one."""
_READY = "add `ready_for_review` to `types`"
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
    return _after(job, "failure") is False


def asks_for_status(condition: Expression | None) -> bool:
    """Tell whether a condition has a status function, without which `success()` goes before it."""
    tree = condition.tree if condition is not None else None
    return tree is not None and any(isinstance(node, Call) and node.function in _STATUS for node in walk(tree))


def unguarded_needs(job: Job, names: frozenset[str], repository: Repository) -> list[Job]:
    """Return the jobs before a job whose failure no required check shows; `names` are those of the required checks."""
    return [
        needed
        for needed in job.transitive_needs[:_MOST_NEEDS]
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
    checks = [check for check in repository.checks.of(job) if check.on_pull_request][:_MOST_NEEDS]
    return bool(checks) and all(_is_among(check.name, names) for check in checks)


def _is_among(name: CheckName, names: frozenset[str]) -> bool:
    return name.exact in names if name.exact is not None else any(name.matches(each) for each in names)


def _is_watched(needed: Job, besides: Job, names: frozenset[str], repository: Repository) -> bool:
    """Tell whether another required job runs after a job's failure and looks at how it went."""
    for other in needed.transitive_dependents[:_MOST_DEPENDENTS]:
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


def overlooked(job: Job) -> list[Job]:
    """Return the jobs of `needs` of which nothing in a job reads how they went, while it reads that of others by name.

    What a job that it looks at needs in turn is not overlooked: when that fails, the one is skipped.
    """
    routes = [route for each in job.all_expressions for _, route in each.reads if route[0] == "needs"]
    if not routes or job.call is not None or any(len(route) == 1 or route[1] == "*" for route in routes):
        return []
    if any(_may_look(step) for step in job.steps):
        return []
    read = [needed for needed in job.needed if any(route[1] == needed.id.lower() for route in routes)]
    seen = {id(each) for needed in read for each in (needed, *needed.transitive_needs[:_MOST_NEEDS])}
    return [needed for needed in job.needed if id(needed) not in seen]


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
    if holds(condition, pull_request_context()) is not None or reads(condition, *CONSTANT):
        return False
    if all(holds(condition, pull_request_context(action=action)) for action in _HEAD_ACTIONS):
        return False
    calls = {"always": True, "success": True, "failure": False, "cancelled": False}
    succeeded: Mapping[str, Any] = Open()
    job = condition.job
    if job is not None:
        succeeded = {needed.text.lower(): {"result": "success", "outputs": Open()} for needed in job.needs}
    return holds(condition, {**pull_request_context(), "needs": succeeded}, calls) is None


class Skip(NamedTuple):
    """A condition that skips a required job for pull requests of some kind."""

    condition: Expression
    who: str
    is_grave: bool
    """Whether the author of a pull request decides."""
    remedy: str


def skips(required: RequiredContext, producers: Sequence[ProducedCheck]) -> Iterator[Skip]:
    """Yield the conditions that let a required check pass without a run.

    Of a matrix, and of a workflow that is called, nothing is reported when the job is skipped, which lets nothing pass.
    """
    seen = [one for one in producers if one.on_pull_request and len(one.jobs) == 1 and not one.is_leg]
    if len({one.job.place for one in seen}) != 1:
        return
    check = seen[0]
    condition = check.job.condition
    if condition is None or any("push" in one.events for one in producers if one.job is not check.job):
        return
    policy = required.repository.default_policy
    if policy is not None and policy.merge_queue.is_on and "merge_group" in check.events:
        # The queue runs it before the merge, whatever the pull request's run did.
        return
    runs = runs_on_pull_request(check)
    draft = draft_hole(check)
    run_always = "let the job run always and a step decide"
    if runs is False and not asks_for_status(condition):
        yield Skip(condition, "no pull request runs this job", True, "drop the condition or do not require the check")
    elif runs is not None:
        return
    elif draft is not None:
        yield Skip(draft, "opened as a draft it skips this job, and nothing runs it when ready", True, _READY)
    elif (chosen := chosen_by_author(condition)) is not None:
        yield Skip(condition, f"{chosen} of a pull request decides whether this job runs", True, run_always)
    elif reads(condition, LABELS):
        yield Skip(condition, "a label decides whether this job runs", False, run_always)
    elif _left_out_bot(condition) is not None and _merges_for_bots(required.repository):
        who = f"for `{_left_out_bot(condition)}`, whose pull requests a workflow merges, this job is skipped"
        yield Skip(condition, who, True, run_always)
    elif asks_for_fork(condition) and not covers_pushes(check, required.branches) and _leaves_forks_out(condition):
        yield Skip(condition, "for a fork's pull request this job is skipped", False, run_always)


def _left_out_bot(condition: Expression) -> str | None:
    """Return the bot for which a condition is false."""
    for node in walk(condition.tree) if condition.tree is not None else ():
        if isinstance(node, Literal) and isinstance(node.value, str) and node.value.endswith("[bot]"):
            contexts = pull_request_context(user=Open(login=node.value, type="Bot"))
            contexts["github"].update(actor=node.value, triggering_actor=node.value)
            if holds(condition, contexts) is False:
                return node.value
    return None


def _merges_for_bots(repository: Repository) -> bool:
    from wflint.analysis.automation import acts

    return any(True for _ in acts(repository, "merge"))


def _leaves_forks_out(condition: Expression) -> bool:
    contexts = pull_request_context(head=Open(repo=Open(fork=True, full_name="\1", owner=Open(login="\1"))))
    contexts["github"].update(repository="\2", repository_owner="\2")
    return holds(condition, contexts) is False


def deciding(required: RequiredContext, producers: Sequence[ProducedCheck], *, called: bool = False) -> list[Job]:
    """Return the jobs whose own result is a required check of pull requests: no matrix, no call.

    `called`: those of called workflows too. What such a check is when its job is skipped, GitHub does not say.
    """
    if not required.exact:
        return []
    found = [one.job for one in producers if one.on_pull_request and not one.is_leg and (called or len(one.jobs) == 1)]
    return list({job.place: job for job in found}.values())


def runs_after_failure(job: Job) -> bool:
    """Tell whether a job runs however the jobs went that it needs."""
    return bool(job.needs) and asks_for_status(job.condition) and _after(job, "failure") is True


def _after(job: Job, result: str) -> bool | None:
    needs = {needed.text.lower(): {"result": result, "outputs": Open()} for needed in job.needs}
    bad = result != "success"
    calls = {"always": True, "success": not bad, "failure": bad, "cancelled": False}
    return holds(job.condition, {**pull_request_context(), "needs": needs}, calls)


def unexpanded(check: ProducedCheck) -> tuple[Job, Expression] | None:
    """Return the job with a matrix or a call that may be skipped, so that a check is not reported; and by what."""
    for job in check.jobs:
        inner = job is check.job
        if (job.matrix is not None or not inner) and (condition := may_be_skipped(job)) is not None:
            return job, condition
    return None
