"""Steps that act on pull requests and branches by themselves: merge, approve, open, push; and with which token.

https://docs.github.com/actions/how-tos/security-for-github-actions/security-guides/automatic-token-authentication
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from wflint.analysis.checkout import NAME as CHECKOUT
from wflint.model.step import RunStep, Step, UsesStep
from wflint.source.node import Node, Place, Scalar

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.facts.automerge import Role
    from wflint.model.job import Job
    from wflint.shell import Command

Token = Literal["github", "other", "unknown"]
"""`github`: the job's own, `GITHUB_TOKEN`. `other`: a personal one, an app's, a key."""

_VARIABLES = ("GH_TOKEN", "GITHUB_TOKEN")
_NO_BRANCH = ("--tags", "--delete", "-d", "--mirror", "--all")
_ROLES: dict[str, Role] = {
    "merge": "merge",
    "merge_admin": "merge",
    "merge_auto": "merge",
    "approve": "approve",
    "open_pr": "open_pr",
    "push": "push",
    "force_push": "push",
}


class Act(NamedTuple):
    """Something that a step does by itself."""

    step: Step
    role: Role
    what: str
    """The action or the command, for a message."""
    place: Place
    token: Token
    native: bool = False
    """Whether a merge is left to GitHub, which waits for what the branch requires."""
    admin: bool = False
    """Whether a merge asks to go past what the branch requires."""
    branch: str | None = None
    """The branch that a push goes to, where the step says it; HEAD's otherwise."""
    base: str | None = None
    """The branch that an opened pull request is for, where the step says it."""

    @property
    def job(self) -> Job | None:
        """The job; None in a composite action."""
        return self.step.job


def acts(repository: Repository, *roles: Role) -> Iterator[Act]:
    """Yield what the steps of the workflows do by themselves."""
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            yield from of_job(job, *roles)


def of_job(job: Job, *roles: Role) -> Iterator[Act]:
    """Yield what the steps of a job do by themselves."""
    for step in job.steps:
        found = _action(step) if isinstance(step, UsesStep) else _commands(step) if isinstance(step, RunStep) else ()
        yield from (act for act in found if act.role in roles)


def _action(step: UsesStep) -> Iterator[Act]:
    from wflint.facts import automerge

    name = step.uses.name
    if name is None:
        return
    known = (
        automerge.merge_action(name)
        or automerge.approve_action(name)
        or automerge.open_pr_action(name)
        or automerge.push_action(name)
    )
    if known is not None:
        if known.what is not None or _is_off(step, known.on, known.off):
            return
        native = known.native is True or (isinstance(known.native, str) and _is_true(step, known.native))
        branch = step.input(known.branch) if known.branch else None
        target = branch.text if branch is not None else None
        into = step.input(known.base) if known.base else None
        base = into.text if into is not None else None
        by_git = known.role == "push" and known.token is None
        token = _git_token(step) if by_git else _token(step, known.token)
        yield Act(step, known.role, name, step.uses.place, token, native, branch=target, base=base)
    for script in step.scripts:
        if script.dialect == "javascript":
            for role in ("merge", "approve", "open_pr"):
                for call in automerge.script_calls(role):
                    if call not in script.text or (role == "approve" and "APPROVE" not in script.text):
                        continue
                    start = script.text.index(call)
                    place = script.place_of(start, start + len(call))
                    yield Act(step, role, call, place, _token(step, "github-token"), "AutoMerge" in call)


def _is_off(step: UsesStep, on: dict[str, str], off: dict[str, str]) -> bool:
    def given(name: str) -> str | None:
        node = step.input(name)
        return node.text.strip().lower() if node is not None else None

    return any(given(name) != value for name, value in on.items()) or any(
        given(name) == value for name, value in off.items()
    )


def _is_true(step: UsesStep, name: str) -> bool:
    node = step.input(name)
    return node is not None and node.text.strip().lower() == "true"


def _commands(step: RunStep) -> Iterator[Act]:
    from wflint.facts import automerge

    text = step.run.text
    if not any(word in text for word in ("gh ", "git ", "hub ")):
        return
    parsed = step.script.shell_script
    for command in parsed.commands if parsed is not None else ():
        if command.program not in ("gh", "git", "hub"):
            continue
        words = [command.program, *((word.text or "?") for word in command.arguments)]
        found = automerge.command(words)
        role = _ROLES.get(found or "")
        if role is None or "--dry-run" in words:
            continue
        place = step.script.place_of(*command.span)
        if role == "push":
            target = pushed(command)
            if target is not None:
                yield Act(step, role, "git push", place, _git_token(step), branch=target or None)
        else:
            what = " ".join(words[:3])
            native, admin = found == "merge_auto", found == "merge_admin"
            base = _after(words, "--base", "-B")
            yield Act(step, role, what, place, _env_token(step, command), native, admin, base=base)


def _after(words: Sequence[str], *options: str) -> str | None:
    """Return the value of an option."""
    for word, following in pairwise(words):
        if word in options:
            return following
    return next((word.partition("=")[2] for word in words for option in options if word.startswith(f"{option}=")), None)


def pushed(command: Command) -> str | None:
    """Return the branch that a `git push` goes to: empty for the one checked out, None where none is, or none is known.

    The remote may be unknown, such as an address with a token in it.
    """
    words = [word.text for word in command.arguments[1:]]
    if any(word in _NO_BRANCH for word in words):
        return None
    plain = [word for word in words if word is None or not word.startswith("-")]
    if len(plain) < 2:
        return ""
    target = plain[1]
    if target is None or len(plain) > 2 or plain[0] not in (None, "origin"):
        return None
    target = target.removeprefix("+").rpartition(":")[2] or target
    if target.startswith("refs/tags/") or (target.startswith("v") and target[1:2].isdigit()):
        return None
    return "" if target == "HEAD" else target.removeprefix("refs/heads/")


def kind_of(node: Node | None) -> Token:
    """Return which token a value is."""
    text = "".join(node.text.lower().split()) if isinstance(node, Scalar) else ""
    if text in ("${{github.token}}", "${{secrets.github_token}}"):
        return "github"
    return "other" if "secrets." in text and "github_token" not in text else "unknown"


def _token(step: UsesStep, name: str | None) -> Token:
    from wflint.facts import actions

    node = step.input(name) if name else None
    if node is not None:
        return kind_of(node)
    env = _env_token(step)
    if env != "unknown":
        return env
    known = actions.action(step.uses.name or "", step.uses.version or step.uses.ref or "")
    declared = known.inputs.get(name) if known is not None and known.inputs is not None and name else None
    if declared is not None and declared.default:
        return "github"
    return "github" if step.uses.name in _OWN_TOKEN else "unknown"


_OWN_TOKEN = frozenset({"peter-evans/create-pull-request", "actions/github-script", "hmarr/auto-approve-action"})
"""Actions whose token is the job's unless another is given."""


def _env_token(step: Step, command: Command | None = None) -> Token:
    if command is not None:
        for assignment in command.assignments:
            if assignment.name in _VARIABLES:
                return "unknown"
    job = step.job
    levels = [step.env, job.env, job.workflow.env] if job is not None else [step.env]
    for env in levels:
        for variable in _VARIABLES:
            if variable in env:
                return kind_of(env[variable])
    return "unknown"


def _git_token(step: Step) -> Token:
    """Return the token of the clone that a step pushes from: the one of the last checkout before it."""
    job = step.job
    script = step.run.text if isinstance(step, RunStep) else ""
    if job is None or "set-url" in script or "@github.com" in script or "http.extraheader" in script:
        return "unknown"
    if any("set-url" in other.text or "insteadof" in other.text.lower() for other in job.scripts):
        return "unknown"
    for before in reversed(step.previous):
        if isinstance(before, UsesStep) and before.uses.name == CHECKOUT:
            if before.input("ssh-key") is not None:
                return "other"
            if before.input("repository") is not None:
                return "unknown"
            token = before.input("token")
            persists = before.input("persist-credentials")
            if persists is not None and persists.text.strip().lower() == "false":
                return "unknown"
            return "github" if token is None else kind_of(token)
    return "unknown"
