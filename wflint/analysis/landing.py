"""Where what a step does by itself lands: on a protected branch, on a pull request that changes data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wflint.analysis.automation import of_job
from wflint.analysis.checkout import NAME as CHECKOUT
from wflint.analysis.checks.pull_request import holds, pull_request_context
from wflint.expression.tree import Literal, walk
from wflint.expression.value import Open
from wflint.model.step import Step, UsesStep
from wflint.source.node import Scalar

if TYPE_CHECKING:
    from wflint.analysis.automation import Act
    from wflint.model.job import Job

_HEAD_PUSHERS = frozenset({"stefanzweifel/git-auto-commit-action", "endbug/add-and-commit", "ad-m/github-push-action"})
"""Actions that push to the branch that is checked out unless told otherwise."""
_SWITCHES = ("git checkout", "git switch", "git clone", "git worktree")
_OF_DEFAULT = ("schedule", "workflow_dispatch", "repository_dispatch", "push")


def pushes_to(act: Act, branches: frozenset[str]) -> bool:
    """Tell whether a push certainly goes to one of some branches, the default one by all of its names."""
    job = act.job
    if act.branch is not None:
        return act.branch in branches
    if job is None or (isinstance(act.step, UsesStep) and act.what not in _HEAD_PUSHERS):
        return False
    triggers = job.workflow.triggers
    if not triggers or any(event not in _OF_DEFAULT for event in triggers):
        return False
    push = triggers.get("push")
    if push is not None and {each.text for each in push.branches} - branches:
        return False
    if push is not None and not push.has("branches"):
        return False
    return job.condition is None and not _leaves_branch(act.step)


def _leaves_branch(step: Step) -> bool:
    """Tell whether another branch may have been checked out before a step."""
    for before in [*step.previous, step]:
        if isinstance(before, UsesStep) and before.uses.name == CHECKOUT and before.input("ref") is not None:
            return True
        if any(
            word in script.text for script in before.scripts for word in ("git checkout", "git switch", "git clone")
        ):
            return True
    return False


def may_merge_data(act: Act, paths: Sequence[str]) -> bool:
    """Tell whether a merge may meet a pull request that changes files of some globs, and looks at none of them."""
    job = act.job
    if job is None or _looks_at_files(job) or _is_for_bots(act):
        return False
    events = [trigger for event, trigger in job.workflow.triggers.items() if event.startswith("pull_request")]
    samples = [_sample(path) for path in paths]
    if events:
        return any(trigger.runs_for_paths([sample]) for trigger in events for sample in samples)
    if any(
        event in job.workflow.triggers
        for event in ("workflow_run", "check_suite", "check_run", "status", "issue_comment")
    ):
        return True
    if not any(True for _ in of_job(job, "open_pr")):
        return False
    # What it opens itself holds data if the job speaks of the folder.
    stems = [path.partition("*")[0] for path in paths]
    texts = [leaf.text for leaf in job.node.walk() if isinstance(leaf, Scalar)]
    return any(stem and stem in text for stem in stems for text in texts)


_AFTER_CHECKS = ("workflow_run", "check_suite", "check_run", "status", "issue_comment")
"""Events on which workflows merge any pull request, whatever it changes."""


def _sample(glob: str) -> str:
    return glob.replace("**/", "").replace("**", "x").replace("*", "x").replace("?", "x")


_FILES = ("--name-only", "files", "changed", "git diff", "listfiles", "paths-filter")


def _looks_at_files(job: Job) -> bool:
    """Tell whether a job, or one that it waits for, asks which files a pull request changes."""
    for each in (job, *job.transitive_needs):
        for step in each.steps:
            if any(word in script.text.lower() for script in step.scripts for word in _FILES):
                return True
            name = step.uses.name if isinstance(step, UsesStep) else None
            if name is not None and any(word in name for word in ("filter", "changed", "changes", "files")):
                return True
    return False


_DEPENDENCY_BOTS = frozenset({"dependabot[bot]", "renovate[bot]", "pre-commit-ci[bot]", "dependabot-preview[bot]"})
"""Bots whose pull requests change what a repository depends on, and nothing else."""


def _is_for_bots(act: Act) -> bool:
    """Tell whether a merge is for the pull requests of such bots alone."""
    conditions = [each for each in (act.step.condition, act.job.condition if act.job else None) if each is not None]
    for condition in conditions:
        tree = condition.tree
        named = {
            node.value
            for node in (walk(tree) if tree is not None else ())
            if isinstance(node, Literal) and isinstance(node.value, str) and node.value.endswith("[bot]")
        }
        contexts = pull_request_context(user=Open(login="\1", type="User"))
        contexts["github"].update(actor="\1", triggering_actor="\1")
        if named and named <= _DEPENDENCY_BOTS and holds(condition, contexts) is False:
            return True
    return False
