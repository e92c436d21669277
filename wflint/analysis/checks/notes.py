"""What to say of a check in a few words: when it is not reported, or says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.analysis.checks.produced import ProducedCheck

if TYPE_CHECKING:
    from wflint.model.trigger import Trigger

_FILTERS = {
    "paths": "path-filtered",
    "paths-ignore": "path-filtered",
    "branches": "branch-filtered",
    "branches-ignore": "branch-filtered",
    "types": "type-filtered",
}


def notes(check: ProducedCheck, event: str) -> list[str]:
    """Return what holds of a check in the runs of an event.

    `conditional`: an `if` may skip it. `skippable`: it is skipped when a job fails that it needs. `path-filtered`,
    `branch-filtered`, `tag-filtered`, `type-filtered`: its workflow does not always run. `matrix`: one of several.
    `unknown`: some of its name is told only by the run, or by another repository.
    """
    found = [_FILTERS[name] for name in _FILTERS if _has(check.workflow.triggers.get(event), name)]
    if _has(check.workflow.triggers.get(event), "tags"):
        found.append("tag-filtered")
    if check.conditions:
        found.append("conditional")
    if check.is_skippable:
        found.append("skippable")
    if check.is_leg:
        found.append("matrix")
    if check.name.exact is None:
        found.append("unknown")
    return list(dict.fromkeys(found))


def _has(trigger: Trigger | None, name: str) -> bool:
    return trigger is not None and trigger.has(name)
