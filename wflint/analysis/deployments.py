"""What deploys where: the environments that jobs name, and what the settings hold against a deployment.

https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wflint.analysis.environments import environment_names
from wflint.analysis.privilege import reads_secrets

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.job import Job
    from wflint.model.parts import Environment
    from wflint.model.trigger import Trigger
    from wflint.model.workflow import Workflow
    from wflint.settings.policy import RefPattern
    from wflint.settings.sections import EnvironmentSettings

PREVIEWS = ("preview", "review", "test", "dev", "staging", "ci", "qa", "sandbox", "pr")
"""Words in the names of environments that people mean to leave open."""
_WORDS_BETWEEN = re.compile(r"[^a-z]+")
_ON_DEFAULT = ("schedule", "issue_comment", "workflow_run", "issues", "repository_dispatch", "discussion", "watch")


def deployments(repository: Repository) -> Iterator[tuple[Environment, str]]:
    """Yield the environments that jobs name, with each name that it may be."""
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            if job.environment is not None:
                for name in environment_names(job):
                    yield job.environment, name


def is_powerful(job: Job) -> bool:
    """Tell whether a job has secrets, can prove who it is to a cloud, or can publish."""
    granted = job.effective_permissions
    scopes = ("id-token", "packages", "contents")
    return reads_secrets(job) or (granted is not None and any(granted.level(scope) == "write" for scope in scopes))


def is_open(environment: EnvironmentSettings) -> bool:
    """Tell whether nothing holds back a deployment to an environment: no review, no wait, no choice of refs."""
    held = (environment.reviewers, environment.wait_minutes, environment.custom_gates)
    return environment.reviewers.is_off and environment.refs.value == "all" and not any(each.is_on for each in held)


def is_preview(name: str) -> bool:
    """Tell whether an environment is named as those that people leave open on purpose."""
    return any(word in _WORDS_BETWEEN.split(name.lower()) for word in PREVIEWS)


def refs_of(workflow: Workflow, names: frozenset[str]) -> tuple[str, ...]:
    """Return the refs for which a workflow is started; empty where they cannot all be listed."""
    found: list[str] = []
    for trigger in workflow.triggers.values():
        refs = _refs(trigger, names)
        if refs is None:
            return ()
        found += refs
    return tuple(dict.fromkeys(found))


def _refs(trigger: Trigger, branches: frozenset[str]) -> tuple[str, ...] | None:
    """Return refs for which an event starts a workflow; None where they cannot be listed.

    `branches` are the names that the default branch may have.
    https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
    """
    if trigger.event == "pull_request":
        return ("refs/pull/1/merge",)
    if trigger.event in _ON_DEFAULT:
        return tuple(f"refs/heads/{name}" for name in branches) or None
    if trigger.event != "push" or trigger.has("branches-ignore") or trigger.has("tags-ignore"):
        return None
    patterns = [("refs/heads/", each.text) for each in trigger.branches]
    patterns += [("refs/tags/", each.text) for each in trigger.tags]
    if not patterns or any(set(text) & set("*?+[!") for _, text in patterns):
        return None
    return tuple(prefix + text for prefix, text in patterns)


def admits(environment: EnvironmentSettings, ref: str) -> bool | None:
    """Tell whether an environment may be deployed to from a ref; None where its settings do not tell.

    https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
    """
    from wflint.settings.patterns import fnmatch, short_ref

    if environment.refs.value == "all":
        return True
    if environment.refs.value != "selected" or environment.patterns.value is None:
        return None
    for pattern in environment.patterns.value:
        tag = pattern.ref.startswith("refs/tags/")
        same = ref.startswith("refs/tags/" if tag else "refs/heads/")
        if fnmatch(pattern.text, ref) or (same and fnmatch(pattern.text, short_ref(ref))):
            return True
    return False


def admits_pull_requests(pattern: RefPattern) -> bool:
    """Tell whether a pattern of an environment admits the ref of a pull request's run."""
    from wflint.settings.patterns import fnmatch

    return fnmatch(pattern.text, "refs/pull/1/merge")
