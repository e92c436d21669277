"""Actions and commands that merge, approve, push, open pull requests and dispatch; bots; who a run's author is.

Sources: GitHub docs, Automating Dependabot with GitHub Actions; the actions' metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from wflint.facts import command as commands_of
from wflint.facts.table import strings, table

Role = Literal["approve", "dispatch", "merge", "open_pr", "push"]
CommandRole = Literal["approve", "force_push", "merge", "merge_admin", "merge_auto", "open_pr", "push"]


class Automation(NamedTuple):
    """What an action does to a repository. Input names are lower-case; None or empty: not known, or it has none.

    `token` is the input with the token (`env`: variables with it), `branch`, `base` and `target` the inputs with the
    branch, the base branch and the pull request. `native`: it uses GitHub's auto-merge; a text names the input that
    decides. `approves` and `force` (pushes by force) likewise. `limits` are inputs that narrow what is merged. `on` and
    `off`: input values that arm or disarm it. `unsafe`: input values that skip a verification. `what` is pushed, where
    it is more or other than a branch.
    """

    role: Role
    token: str | None
    env: tuple[str, ...]
    branch: str | None
    base: str | None
    target: str | None
    method: str | None
    native: bool | str
    approves: bool | str
    force: bool | str
    limits: tuple[str, ...]
    on: dict[str, str]
    off: dict[str, str]
    unsafe: dict[str, str]
    what: str | None


def merge_action(action: str) -> Automation | None:
    """Return how an action merges pull requests; None when it is not known to."""
    return _automation("merge", action)


def approve_action(action: str) -> Automation | None:
    """Return how an action approves pull requests; None when it is not known to."""
    return _automation("approve", action)


def push_action(action: str) -> Automation | None:
    """Return how an action pushes commits or tags; None when it is not known to."""
    return _automation("push", action)


def open_pr_action(action: str) -> Automation | None:
    """Return how an action opens pull requests; None when it is not known to."""
    return _automation("open_pr", action)


def dispatch_action(action: str) -> Automation | None:
    """Return how an action fires `workflow_dispatch` or `repository_dispatch`; None when it is not known to."""
    return _automation("dispatch", action)


def actions(role: Role) -> tuple[str, ...]:
    """Return all actions of a role."""
    return tuple(table("automerge").data[role])


def command(words: Sequence[str]) -> CommandRole | None:
    """Return what the words of a command line do: `gh pr merge --auto 3` → `merge_auto`; None for anything else."""
    entry = commands_of.find(_index().get(words[0].rpartition("/")[2], ()), words) if words else None
    roles: dict[str, CommandRole] = table("automerge").data["commands"]
    return roles[entry] if entry else None


def script_calls(role: Literal["approve", "merge", "open_pr", "push"]) -> tuple[str, ...]:
    """Return the calls by which a script of `actions/github-script` does it: `pulls.merge`, GraphQL mutations."""
    return tuple(table("automerge").data["script_calls"][role])


def bot_comments() -> tuple[str, ...]:
    """Return the comments that make Dependabot merge."""
    return tuple(table("automerge").data["bot_comments"])


def bots() -> dict[str, str]:
    """Return the logins of well-known bots and their account ids, as text."""
    return dict(table("automerge").data["bots"])


def spoofable_contexts() -> frozenset[str]:
    """Return the context paths that name the last actor, whom an outsider can choose: `github.actor`."""
    return frozenset(table("automerge").data["spoofable_contexts"])


def author_contexts() -> frozenset[str]:
    """Return the context paths that name a pull request's author, which stays."""
    return frozenset(table("automerge").data["author_contexts"])


def metadata_outputs(action: str) -> tuple[str, ...]:
    """Return the outputs by which an action tells about a bot's update (`dependabot/fetch-metadata`); else empty."""
    return strings(table("automerge").data["fetch_metadata"].get(action.lower(), {}).get("outputs"))


def unsafe_inputs(action: str) -> dict[str, str]:
    """Return the input values that skip an action's verification of the author: `{"skip-verification": "true"}`."""
    data = table("automerge").data
    rows = (data["fetch_metadata"].get(action.lower()), data["merge"].get(action.lower()))
    return next((_unsafe(row) for row in rows if row), {})


def _unsafe(row: dict[str, Any]) -> dict[str, str]:
    return dict(row.get("unsafe", {}))


def _automation(role: Role, action: str) -> Automation | None:
    row = table("automerge").data[role].get(action.lower())
    if row is None:
        return None
    return Automation(
        role=role,
        token=row.get("token"),
        env=strings(row.get("env")),
        branch=row.get("branch"),
        base=row.get("base"),
        target=row.get("target"),
        method=row.get("method"),
        native=row.get("native", False),
        approves=row.get("approves", role == "approve"),
        force=row.get("force", False),
        limits=strings(row.get("limits")),
        on=dict(row.get("on", {})),
        off=dict(row.get("off", {})),
        unsafe=_unsafe(row),
        what=row.get("what"),
    )


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return commands_of.by_program(table("automerge").data["commands"])
