"""What is known of a pull request's run before it runs, and which conditions hold in it.

https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wflint.expression.evaluate import Truth, truth
from wflint.expression.tree import Comparison, Literal, Logical, Not, Path, Tree, path
from wflint.expression.value import UNKNOWN, Open

if TYPE_CHECKING:
    from wflint.analysis.checks.produced import ProducedCheck
    from wflint.model.expression import Expression

_REPOSITORY = (
    ("github", "repository"),
    ("github", "repository_owner"),
    ("github", "repository_id"),
    ("github", "repository_owner_id"),
    ("github", "server_url"),
    ("github", "api_url"),
)
_PAYLOAD = ("github", "event", "repository")
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
CONSTANT: tuple[Path, ...] = (("vars",), ("github", "base_ref"), ("github", "event", "pull_request", "base"))
"""What is the same for all pull requests into one branch."""
_HEAD_REPOSITORY: Path = ("github", "event", "pull_request", "head", "repo")


def pull_request_context(event: str = "pull_request", action: str | None = None, **more: Any) -> dict[str, Any]:
    """Return what is sure of the contexts in the run of a pull request; `more` are properties of it."""
    payload = Open(
        pull_request=Open(merged=False, **more), head_commit=None, inputs=None, schedule=None, release=None, issue=None
    )
    if action is not None:
        payload["action"] = action
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


def runs_in_queue(check: ProducedCheck) -> bool | None:
    """Tell whether a check's job, and those that call it, run for a merge queue; None where that is not settled."""
    contexts = {"github": Open(event_name="merge_group", event=Open(pull_request=None), head_ref="", base_ref="")}
    return _all(holds(condition, contexts) for condition in check.conditions)
