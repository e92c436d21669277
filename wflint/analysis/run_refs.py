"""From which branches and tags a job can run: by the events of its workflow, and by the conditions before it.

https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from wflint.analysis.checks.pull_request import holds, pull_request_context
from wflint.analysis.condition import push_to
from wflint.analysis.gates import asks_for_status
from wflint.expression.tree import Literal, walk
from wflint.expression.value import Open

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.model.trigger import Trigger

BRANCH = "some-branch"
TAG = "v0.0.0-some-tag"
_MOST = 1000
"""How many patterns of a filter are looked at: each is held against each."""
_REF = re.compile(r"[\w./-]{1,200}")
_ANY_REF = ("push", "workflow_dispatch", "create")
_ON_DEFAULT_USUAL = "main"


class RunRef(NamedTuple):
    """A run that an event may start from a branch or a tag."""

    trigger: Trigger
    ref: str | None
    """Such as `refs/heads/main`; None for a pull request's own ref."""
    what: str
    """For a message: `a push to develop`."""
    contexts: dict[str, Any]


def other_runs(
    triggers: Iterable[Trigger], branches: Sequence[str], tags: Sequence[str], mentioned: Iterable[str] = ()
) -> Iterator[RunRef]:
    """Yield runs from elsewhere than some branches and tags, given as globs; one for each way there is.

    Events that always run from the default branch are from nowhere else. `mentioned` are texts of conditions, which may
    let in what no filter names. Raises ValueError when there are more than can be looked at.
    """
    refs = [text for text in dict.fromkeys(mentioned) if _REF.fullmatch(text)]
    heads = [text.removeprefix("refs/heads/") for text in refs if not text.startswith("refs/tags/")]
    git_tags = [text.removeprefix("refs/tags/") for text in refs if text.startswith("refs/tags/")]
    for trigger in triggers:
        event = trigger.event
        if event in ("pull_request", "pull_request_target"):
            yield RunRef(trigger, None, "a pull request", pull_request_context(event))
        elif event == "workflow_run":
            yield from _workflow_runs(trigger, branches, heads)
        elif event in _ANY_REF:
            yield from _branch_runs(trigger, branches, heads)
            yield from _tag_runs(trigger, tags, git_tags)
        elif event == "release" and not _all_match([TAG], tags):
            yield RunRef(trigger, f"refs/tags/{TAG}", "a release of any tag", _on_tag("release", TAG))
        elif event == "merge_group":
            yield RunRef(trigger, None, "a merge queue", {"github": Open(event_name=event, ref_type="branch")})


def _branch_runs(trigger: Trigger, allowed: Sequence[str], mentioned: list[str]) -> Iterator[RunRef]:
    for name, shown in _samples(trigger, "branches", mentioned).items():
        if not _all_match([name], allowed) and (trigger.event != "push" or trigger.runs_for_branch(name)):
            github = {**push_to(name), "event_name": trigger.event}
            words = {"push": f"a push to {shown}", "create": f"the creation of {shown}"}
            what = words.get(trigger.event, f"a manual run from {shown}")
            yield RunRef(trigger, f"refs/heads/{name}", what, {"github": Open(**github)})


def _tag_runs(trigger: Trigger, allowed: Sequence[str], mentioned: list[str]) -> Iterator[RunRef]:
    for name, shown in _samples(trigger, "tags", mentioned).items():
        if not _all_match([name], allowed) and (trigger.event != "push" or trigger.runs_for_tag(name)):
            words = {"push": f"a push of {shown}", "create": f"the creation of {shown}"}
            what = words.get(trigger.event, f"a manual run from {shown}")
            yield RunRef(trigger, f"refs/tags/{name}", what, _on_tag(trigger.event, name))


def _workflow_runs(trigger: Trigger, allowed: Sequence[str], mentioned: list[str]) -> Iterator[RunRef]:
    main = next((each for each in allowed if not set(each) & set("*?[")), _ON_DEFAULT_USUAL)
    for name, shown in _samples(trigger, "branches", mentioned).items():
        if _all_match([name], allowed):
            continue
        if (trigger.has("branches") or trigger.has("branches-ignore")) and not trigger.runs_for_branch(name):
            continue
        run = Open(head_branch=name, conclusion="success", event="push")
        github = {**push_to(main), "event_name": "workflow_run", "event": Open(workflow_run=run)}
        yield RunRef(
            trigger, f"refs/heads/{main}", f"a run of another workflow for {shown}", {"github": Open(**github)}
        )


def _on_tag(event: str, tag: str) -> dict[str, Any]:
    github = Open(event_name=event, ref=f"refs/tags/{tag}", ref_name=tag, ref_type="tag", head_ref="", base_ref="")
    return {"github": github}


def reaches(jobs: Sequence[Job], run: RunRef, conditions: Iterable[Expression | None] = ()) -> bool | None:
    """Tell whether a job runs in such a run; None where its conditions do not tell.

    `jobs` ends with the job and begins with those that call its workflow; `conditions` are further ones before what
    is asked about, such as that of a step. What a job needs is skipped first, and the job with it.
    """
    found: bool | None = True
    for condition in (*conditions_of(jobs), *conditions):
        answer = holds(condition, run.contexts, {"success": True, "failure": False, "cancelled": False})
        if answer is False:
            return False
        found = answer if answer is None else found
    return found


def _line(job: Job) -> list[Job]:
    return [job] if asks_for_status(job.condition) else [job, *job.transitive_needs]


def _samples(trigger: Trigger, name: str, mentioned: list[str]) -> dict[str, str]:
    """Return a branch or tag for each pattern of a filter, and for each that is mentioned, with words for it."""
    patterns = [pattern.text for pattern in trigger.filter(name) if not pattern.text.startswith("!")]
    if len(patterns) + len(mentioned) > _MOST:
        raise ValueError(f"there are more than {_MOST} {name} in `{trigger.event}` or in a condition")
    found = {sample(each): f"`{each}`" if sample(each) == each else f"what matches `{each}`" for each in patterns}
    if not patterns:
        found |= {BRANCH: "any branch"} if name == "branches" else {TAG: "any tag"}
    return found | {each: f"`{each}`" for each in mentioned if each not in found}


def texts_of(conditions: Iterable[Expression | None]) -> Iterator[str]:
    """Yield the texts with which conditions compare something: names of branches and events among them."""
    for condition in conditions:
        for node in walk(condition.tree) if condition is not None and condition.tree is not None else ():
            if isinstance(node, Literal) and isinstance(node.value, str):
                yield node.value


def conditions_of(jobs: Iterable[Job]) -> list[Expression | None]:
    """Return the conditions of jobs, and of those with which they are skipped."""
    return [job.condition for each in jobs for job in _line(each)]


def sample(pattern: str) -> str:
    """Return a text that a filter pattern, or another glob, lets in; itself where it is a plain name."""
    text = re.sub(r"\[([^\]])[^\]]*\]", r"\1", pattern)
    text = text.replace("**", "x").replace("*", "x")
    return re.sub(r"[?+]", "", text)


def _all_match(names: Iterable[str], globs: Iterable[str]) -> bool:
    patterns = list(globs)
    return all(any(fnmatchcase(name, glob) for glob in patterns) for name in names)
