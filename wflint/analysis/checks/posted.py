"""The names of checks and statuses that scripts and actions post through GitHub's API.

https://docs.github.com/rest/commits/statuses and https://docs.github.com/rest/checks/runs
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wflint.model.step import Step, UsesStep
from wflint.source.node import Scalar

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository

_CALLS = ("/statuses", "createcommitstatus", "checks.create", "check-runs", "checks.update", "create_status")
_ACTIONS = ("status", "check", "report")
"""Words in the names of actions that post statuses."""


def posts(repository: Repository, context: str) -> bool:
    """Tell whether a step that posts statuses or checks has a name in its text."""
    return any(context in text for text in repository.checks.posting)


def posting(repository: Repository) -> Iterator[str]:
    """Yield the texts of the jobs and actions that post statuses or checks."""
    for workflow in repository.workflows:
        for job in workflow.jobs.values():
            # The name may stand in another step, or in the job's `env`, and reach the call through a variable.
            if any(_posts(step) for step in job.steps):
                nodes = [step.node for step in job.steps] + [node for node in (job.node.get("env"),) if node]
                yield from (leaf.text for node in nodes for leaf in node.walk() if isinstance(leaf, Scalar))
    for action in repository.actions:
        if any(_posts(step) for step in action.steps):
            yield from (leaf.text for leaf in action.node.walk() if isinstance(leaf, Scalar))


def _posts(step: Step) -> bool:
    if any(call in script.text.lower() for script in step.scripts for call in _CALLS):
        return True
    name = step.uses.name if isinstance(step, UsesStep) else None
    return name is not None and not name.startswith("actions/") and any(word in name for word in _ACTIONS)
