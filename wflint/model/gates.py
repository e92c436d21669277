"""When jobs run for a pull request, and what a required check hides that was skipped.

A job that its `if`, or a needed job, skips reports success.
https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from wflint.expression.evaluate import Truth, truth
from wflint.expression.tree import Call, Comparison, Literal, Logical, Not, Path, Tree, path, walk
from wflint.expression.value import UNKNOWN, Open
from wflint.model.checks.produced import ON_PULL_REQUEST, ProducedCheck
from wflint.model.checks.required import RequiredContext
from wflint.model.step import RunStep, Step, UsesStep

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.model.repository import Repository
    from wflint.model.trigger import Trigger

_REPOSITORY = (
    ("github", "repository"),
    ("github", "repository_owner"),
    ("github", "repository_id"),
    ("github", "repository_owner_id"),
    ("github", "server_url"),
    ("github", "api_url"),
)
_PAYLOAD = ("github", "event", "repository")
_STATUS = frozenset({"always", "failure", "cancelled", "success"})
_CHOSEN: Mapping[Path, str] = {
    ("github", "head_ref"): "the branch's name",
    ("github", "event", "pull_request", "title"): "the title",
    ("github", "event", "pull_request", "body"): "the description",
    ("github", "event", "pull_request", "head", "ref"): "the branch's name",
    ("github", "event", "pull_request", "head", "label"): "the branch's name",
}
"""What the author of a pull request writes."""
DRAFT: Path = ("github", "event", "pull_request", "draft")
LABELS: Path = ("github", "event", "pull_request", "labels")
ACTORS: tuple[Path, ...] = (
    ("github", "actor"),
    ("github", "triggering_actor"),
    ("github", "event", "sender", "login"),
    ("github", "event", "pull_request", "user", "login"),
)
_HEAD_REPOSITORY: Path = ("github", "event", "pull_request", "head", "repo")


def pull_request_context(event: str = "pull_request", **more: Any) -> dict[str, Any]:
    """Return what is sure of the contexts in the run of a pull request; `more` are properties of it."""
    payload = Open(
        pull_request=Open(merged=False, **more), head_commit=None, inputs=None, schedule=None, release=None, issue=None
    )
    github = Open(event_name=event, event=payload, ref_type="branch")
    if event == "pull_request":
        github["ref"] = "refs/pull/1/merge"
        github["ref_name"] = "1/merge"
    return {"github": github, "inputs": None}


def holds(
    condition: Expression | None, contexts: Mapping[str, Any], calls: Mapping[str, Any] | None = None
) -> bool | None:
    """Tell whether a condition holds; None where only the run can tell. A repository is taken to be the one named."""
    if condition is None:
        return True
    found = _truth(condition.tree, contexts, calls or {}) if condition.tree is not None else UNKNOWN
    return None if found is UNKNOWN else found


def _truth(tree: Tree, contexts: Mapping[str, Any], calls: Mapping[str, Any]) -> Truth:
    if isinstance(tree, Logical):
        truths = [_truth(operand, contexts, calls) for operand in tree.operands]
        decisive = tree.operator == "||"
        if any(value is decisive for value in truths):
            return decisive
        return UNKNOWN if any(value is UNKNOWN for value in truths) else not decisive
    if isinstance(tree, Not):
        inner = _truth(tree.operand, contexts, calls)
        return UNKNOWN if inner is UNKNOWN else not inner
    if isinstance(tree, Comparison) and tree.operator in ("==", "!=") and _names_repository(tree):
        return tree.operator == "=="
    return truth(tree, contexts, calls=calls)


def _names_repository(tree: Comparison) -> bool:
    sides = (tree.left, tree.right)
    route = next((found for side in sides if (found := path(side)) is not None), None)
    literal = any(isinstance(side, Literal) for side in sides)
    return literal and route is not None and (route in _REPOSITORY or route[:3] == _PAYLOAD)


def runs_on_pull_request(check: ProducedCheck, **more: Any) -> bool | None:
    """Tell whether a check's job, and those that call it, run for pull requests; None where that is not settled.

    What it needs is not regarded. `more` are properties of the pull request.
    """
    answers = [
        _all(holds(condition, pull_request_context(trigger.event, **more)) for condition in check.conditions)
        for trigger in check.triggers()
    ]
    if any(answers):
        return True
    return None if None in answers else False


def _all(answers: Iterable[bool | None]) -> bool | None:
    found: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            found = None
    return found


def chosen_by_author(condition: Expression) -> str | None:
    """Return what of a condition the author of a pull request writes, in words; None when it is nothing."""
    return next((_CHOSEN[route] for _, route in condition.reads if route in _CHOSEN), None)


def reads(condition: Expression, *wanted: Path) -> bool:
    """Tell whether a condition reads one of some paths or what stands below it."""
    return any(route[: len(each)] == each for _, route in condition.reads for each in wanted)


def asks_for_fork(condition: Expression) -> bool:
    """Tell whether a condition asks which repository a pull request comes from."""
    return reads(condition, _HEAD_REPOSITORY)


def draft_hole(check: ProducedCheck) -> Expression | None:
    """Return a condition that skips the check for a draft whose workflow does not run again when it becomes ready."""
    triggers = check.triggers()
    if not triggers or any("ready_for_review" in (kind.text for kind in each.types) for each in triggers):
        return None
    for condition in check.conditions:
        if reads(condition, DRAFT) and all(
            holds(condition, pull_request_context(each.event, draft=True)) is False for each in triggers
        ):
            return condition
    return None


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


def headable(trigger: Trigger, guarded: frozenset[str]) -> bool:
    """Tell whether a push to the head of a pull request may start a workflow; `guarded` are protected branches."""
    if trigger.has("tags") and not trigger.has("branches") and not trigger.has("branches-ignore"):
        return False
    if not trigger.has("branches"):
        return True
    heads = [pattern.text for pattern in trigger.branches if not pattern.text.startswith("!")]
    return any(
        any(char in text for char in "*?+[") or text not in {"main", "master", "trunk", *guarded} for text in heads
    )


def names_of(required: Iterable[RequiredContext]) -> frozenset[str]:
    """Return the names of required checks that are enforced."""
    return frozenset(one.context for one in required if one.is_enforced)


def triggers_of(checks: Iterable[ProducedCheck]) -> Iterator[Trigger]:
    """Yield the triggers of pull requests by which checks are reported, each once."""
    seen: set[int] = set()
    for check in checks:
        for trigger in check.triggers(ON_PULL_REQUEST):
            if id(trigger) not in seen:
                seen.add(id(trigger))
                yield trigger
