"""What a stranger can start: the runs with a repository's privileges that someone without write access sets off.

A stranger is anybody with an account: who opens a pull request from a fork, comments, opens an issue. A condition that
is false for all of a stranger's runs guards what stands behind it; what cannot be told guards nothing.

https://docs.github.com/actions/reference/security/securely-using-pull_request_target
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from wflint.expression.evaluate import Truth, truth
from wflint.expression.tree import Call, Comparison, Literal, Logical, Not, Tree, path, walk
from wflint.expression.value import UNKNOWN, Open
from wflint.lazy import lazy

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.model.step import Step
    from wflint.model.workflow import Workflow

FOREIGN = "\1"
"""Stands in the values of a scene for text that the stranger chose and that names the stranger's commit or fork."""

_PULL_REQUESTS = ("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment")
_OF_PULL_REQUEST = ("opened", "synchronize", "reopened", "edited", "closed", "ready_for_review", "converted_to_draft")
_OWN_TYPES = {
    "pull_request": _OF_PULL_REQUEST,
    "pull_request_target": _OF_PULL_REQUEST,
    "pull_request_review": ("submitted", "edited"),
    "issues": ("opened", "edited", "closed", "reopened"),
    "discussion": ("created", "edited", "closed", "reopened", "deleted"),
}
"""The activity types that need no more than an account; other events: all of theirs."""

_OWN = frozenset({"github.repository", "github.event.repository.full_name"})
_OWNER = frozenset({"github.repository_owner", "github.event.repository.owner.login"})
_HEADS = ("github.event.pull_request.head", "github.event.workflow_run.head_repository")
_STATUS = frozenset({"always", "failure", "cancelled"})
_ACTORS = frozenset({("github", "actor"), ("github", "triggering_actor"), ("github", "event", "sender", "login")})
_ABSENT = (
    "assignee",
    "comment",
    "discussion",
    "issue",
    "label",
    "pull_request",
    "requested_reviewer",
    "review",
    "workflow_run",
)
_STRANGE = ("NONE", "CONTRIBUTOR")
"""Associations of people without write access: a contributor is who had a commit merged once."""


class Scene:
    """A stranger's run of a workflow: its event, its activity type, and what its contexts then hold."""

    def __init__(self, workflow: Workflow, event: str, action: str | None, contexts: Mapping[str, Any]) -> None:
        self.workflow = workflow
        self.event = event
        self.action = action
        self.contexts = contexts

    @lazy
    def skipped(self) -> set[str]:
        """The ids of the jobs that cannot run: by their condition, or because they wait for one that is skipped."""
        jobs = self.workflow.jobs.values()
        found = {job.id: job for job in jobs if holds(job.condition, self) is False}
        queue = list(found.values())
        for job in queue:
            for waiting in job.dependents:
                if waiting.id not in found and not _ignores_needs(waiting.condition):
                    found[waiting.id] = waiting
                    queue.append(waiting)
        return set(found)


def scenes(workflow: Workflow, *, privileged: bool = True, labelled: bool = False) -> list[Scene]:
    """Return the runs that a stranger can start; all of them, or those that have secrets and a token that writes.

    `labelled`: somebody has put a label on the pull request before.

    https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
    """
    cache: Any = workflow.document.derived.setdefault("privilege", {})
    key = (privileged, labelled)
    if key not in cache:
        cache[key] = list(_scenes(workflow, privileged, labelled))
    found: list[Scene] = cache[key]
    return found


def _scenes(workflow: Workflow, privileged: bool, labelled: bool) -> Iterator[Scene]:
    from wflint.facts import events

    for name, trigger in workflow.triggers.items():
        known = events.event(name)
        if known is None or not known.fired_by_outsiders or (privileged and not known.privileged_for_outsiders):
            continue
        fired = dict.fromkeys([node.text for node in trigger.types] or known.default_types)
        own = [action for action in fired if action in _OWN_TYPES.get(name, known.types or ())]
        for action in own if known.types else [None]:
            for association in _STRANGE:
                yield Scene(workflow, name, action, _contexts(name, action, association, labelled))


def _contexts(event: str, action: str | None, association: str, labelled: bool) -> dict[str, Any]:
    labels: Any = UNKNOWN if labelled else []
    stranger = Open(login=FOREIGN, type="User")
    fork = Open(full_name=FOREIGN, fork=True, owner=stranger, private=False)
    payload = Open(action=action, sender=stranger)
    for name in _ABSENT:
        payload[name] = None
    if event in _PULL_REQUESTS:
        head = Open(sha=FOREIGN, ref=FOREIGN, label=FOREIGN, repo=fork, user=stranger)
        payload["pull_request"] = Open(
            head=head,
            user=stranger,
            author_association=association,
            labels=labels,
            merged=False,
            number=FOREIGN,
            merge_commit_sha=FOREIGN,
        )
        payload["number"] = FOREIGN
    if event == "workflow_run":
        payload["workflow_run"] = Open(
            event="pull_request",
            head_repository=fork,
            head_sha=FOREIGN,
            head_branch=FOREIGN,
            head_commit=Open(id=FOREIGN),
            actor=stranger,
            triggering_actor=stranger,
        )
    if event in ("issue_comment", "issues", "pull_request_comment"):
        payload["issue"] = Open(number=FOREIGN, labels=labels, user=stranger, author_association=association)
    if event.endswith("_comment"):
        payload["comment"] = Open(author_association=association, user=stranger)
    if event in ("discussion", "discussion_comment"):
        payload["discussion"] = Open(author_association=association, user=stranger)
    if event == "pull_request_review":
        payload["review"] = Open(author_association=association, user=stranger)
    github = Open(event_name=event, event=payload, actor=FOREIGN, triggering_actor=FOREIGN)
    if event in ("pull_request", "pull_request_target"):
        github["head_ref"] = FOREIGN
    return {"github": github}


def reaching(owner: Job | Step, among: list[Scene]) -> list[Scene]:
    """Return the runs in which a job or a step may run: not stopped by its conditions or those of what it waits for."""
    from wflint.model.step import Step

    job = owner.job if isinstance(owner, Step) else owner
    if job is None:
        return among
    found = [scene for scene in among if job.id not in scene.skipped]
    if isinstance(owner, Step):
        found = [scene for scene in found if holds(owner.condition, scene) is not False]
    return found


def _ignores_needs(condition: Expression | None) -> bool:
    tree = condition.tree if condition is not None else None
    return tree is not None and any(isinstance(node, Call) and node.function in _STATUS for node in walk(tree))


def holds(condition: Expression | None, scene: Scene) -> Truth:
    """Tell whether a condition holds in a stranger's run; no condition always does."""
    if condition is None:
        return True
    return _truth(condition.tree, scene.contexts) if condition.tree is not None else UNKNOWN


def _truth(tree: Tree, contexts: Mapping[str, Any]) -> Truth:
    if isinstance(tree, Logical):
        truths = [_truth(operand, contexts) for operand in tree.operands]
        decisive = tree.operator == "||"
        if any(value is decisive for value in truths):
            return decisive
        return UNKNOWN if any(value is UNKNOWN for value in truths) else not decisive
    if isinstance(tree, Not):
        inner = _truth(tree.operand, contexts)
        return UNKNOWN if inner is UNKNOWN else not inner
    if isinstance(tree, Comparison) and tree.operator in ("==", "!="):
        if _is_bot_check(tree):
            return UNKNOWN
        if _compares_repositories(tree):
            return tree.operator == "!="
    return truth(tree, contexts)


def _compares_repositories(tree: Comparison) -> bool:
    """Tell whether a comparison asks if a fork is the repository itself: for a stranger's it never is."""
    sides = {".".join(path(side) or ()) for side in (tree.left, tree.right)}
    base = ("github.event.pull_request.base.repo.full_name", "github.event.pull_request.base.repo.id")
    mine = sides & (_OWN | _OWNER | set(base) | {"github.repository_id", "github.event.repository.id"})
    theirs = {side for side in sides if side.startswith(_HEADS)}
    return bool(mine and theirs)


def _is_bot_check(tree: Comparison) -> bool:
    """Tell whether a comparison asks if the actor is a bot: a stranger can make a bot the last actor."""
    sides = (tree.left, tree.right)
    bot = any(isinstance(side, Literal) and isinstance(side.value, str) and "[bot]" in side.value for side in sides)
    return bot and any(path(side) in _ACTORS for side in sides)


def compares_repositories(condition: Expression | None) -> bool:
    """Tell whether a condition asks somewhere if the head's repository is this one, or a fork."""
    tree = condition.tree if condition is not None else None
    if condition is None or tree is None:
        return False
    forks = {(*head.split("."), "repo", "fork") for head in _HEADS} | {(*_HEADS[1].split("."), "fork")}
    return any(route in forks for _, route in condition.reads) or any(
        isinstance(node, Comparison) and _compares_repositories(node) for node in walk(tree)
    )


def gated(job: Job) -> bool:
    """Tell whether something that cannot be judged from here may keep strangers out.

    An environment may ask for a review; a step, or one of the jobs just before, may look up whether the person has
    write access, and a condition may hang on what it found.
    """
    before = {each.id: each for needed in job.needed for each in (needed, *needed.needed)}
    return job.environment is not None or _asks(job) or any(_asks(each) for each in before.values())


_QUESTIONS = (
    "getcollaboratorpermissionlevel",
    "checkmembershipforuser",
    "getmembershipforuser",
    "/collaborators/",
    "/memberships/",
    "author_association",
)
_ASKING = ("permission", "membership", "authoriz", "team-member", "org-member", "is-member", "trusted")


def _asks(job: Job) -> bool:
    from wflint.model.step import UsesStep

    for step in job.steps:
        if any(question in script.text.lower() for script in step.scripts for question in _QUESTIONS):
            return True
        if isinstance(step, UsesStep) and any(word in step.uses.text.lower() for word in _ASKING):
            return True
    return False


def writes(job: Job) -> bool | None:
    """Tell whether the job's token can write anything; None where the repository's setting decides."""
    granted = job.effective_permissions
    if granted is None:
        return None
    return granted.shorthand == "write-all" or bool(granted.writes)


def reads_secrets(job: Job) -> bool:
    """Tell whether a job gets secrets besides its token."""
    if job.call is not None and (job.call.inherits_secrets or job.call.secrets):
        return True
    own: list[Job | Step] = [job, *job.steps]
    reads = (route for owner in own for expression in owner.expressions for _, route in expression.reads)
    if any(route[0] == "secrets" and route[1:] != ("github_token",) for route in reads):
        return True
    return any(
        route[0] == "secrets" and route[1:] != ("github_token",)
        for expression in job.workflow.expressions
        if expression.key.startswith("env")
        for _, route in expression.reads
    )
