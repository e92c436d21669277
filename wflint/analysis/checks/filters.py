"""Which pull requests the filters of a workflow keep from getting its checks.

https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.checks.produced import ON_PULL_REQUEST, ProducedCheck

if TYPE_CHECKING:
    from wflint.model.trigger import Trigger
    from wflint.model.workflow import Workflow
    from wflint.source.node import Node


class FilterHole(NamedTuple):
    """Pull requests for which a check is not reported."""

    filter: Node
    left_out: str
    remedy: str


_ALWAYS = "run the workflow for all of them, and skip jobs or steps by `if`"


def filter_hole(producers: Sequence[ProducedCheck], branches: frozenset[str]) -> FilterHole | None:
    """Return what keeps a check from being reported for some pull requests into branches; None where all get it."""
    triggers = list(triggers_of(producers))
    holes = [_hole(trigger, branches) for trigger in triggers]
    if not holes or any(hole is None for hole in holes):
        return None
    ways = {
        name for trigger in triggers for name in ("paths", "paths-ignore", "types", "branches") if trigger.has(name)
    }
    negated = any(pattern.text.startswith("!") for trigger in triggers for pattern in trigger.paths)
    # A twin may report it for what the first one leaves out.
    twins = len(triggers) > 1 and (negated or len(ways) > 1)
    return None if twins else holes[0]


def _hole(trigger: Trigger, branches: frozenset[str]) -> FilterHole | None:
    for name in ("branches", "branches-ignore"):
        node = trigger.node.get(name)
        if node is not None and branches and not any(trigger.runs_for_branch(branch) for branch in branches):
            which = ", ".join(f"`{branch}`" for branch in sorted(branches))
            return FilterHole(node, f"pull requests into {which}", f"let `{name}` of its workflow admit it")
    if trigger.types:
        missing = [kind for kind in ("opened", "synchronize") if kind not in {node.text for node in trigger.types}]
        node = trigger.node.get("types")
        if missing and node is not None:
            when = "a pull request that is opened" if missing[0] == "opened" else "commits that are pushed later"
            return FilterHole(node, when, f"add `{'`, `'.join(missing)}` to `types`")
    ignored = trigger.node.get("paths-ignore")
    if trigger.paths_ignore and ignored is not None:
        return FilterHole(ignored, "pull requests that change ignored files alone", _ALWAYS)
    wanted = trigger.node.get("paths")
    if trigger.paths and wanted is not None and not _admits_all(trigger):
        return FilterHole(wanted, "pull requests that change other files", _ALWAYS)
    return None


def _admits_all(trigger: Trigger) -> bool:
    """Tell whether `paths` lets every file in."""
    negated = any(pattern.text.startswith("!") for pattern in trigger.paths)
    return not negated and all(trigger.runs_for_paths([sample]) for sample in ("\1", "\1/\1", ".\1"))


def covers_pushes(check: ProducedCheck, branches: frozenset[str]) -> bool:
    """Tell whether every push reports a check as well, so that branches of the repository have it."""
    return any(
        headable(trigger, branches) and not trigger.has("paths") and not trigger.has("paths-ignore")
        for trigger in check.triggers(("push",))
    )


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


def triggers_of(checks: Iterable[ProducedCheck]) -> Iterator[Trigger]:
    """Yield the triggers of pull requests by which checks are reported, each once."""
    seen: set[int] = set()
    for check in checks:
        for trigger in check.triggers(ON_PULL_REQUEST):
            if id(trigger) not in seen:
                seen.add(id(trigger))
                yield trigger


def may_count(check: ProducedCheck) -> bool:
    """Tell whether it is not settled if an event's checks count for a pull request, as of `pull_request_review`."""
    from wflint.facts import events

    return any(known.counts_for_pull_request is None for name in check.events if (known := events.event(name)))


def narrows(check: ProducedCheck) -> bool:
    """Tell whether filters keep a check from some pull requests."""
    return any(
        trigger.has(name) for trigger in check.triggers() for name in ("paths", "paths-ignore", "types", "branches")
    )


def rivals(checks: Sequence[ProducedCheck], branches: frozenset[str]) -> list[ProducedCheck]:
    """Return the checks of different jobs that a pull request into one of some branches may get under one name."""
    found: dict[object, ProducedCheck] = {}
    for check in checks:
        triggers = check.triggers()
        if any(not branches or any(trigger.runs_for_branch(name) for name in branches) for trigger in triggers):
            found.setdefault((check.workflow.path, tuple(job.id for job in check.jobs)), check)
    return list(found.values())


def may_run_on_head(workflow: Workflow, branches: frozenset[str]) -> bool:
    """Tell whether a workflow may run for the commit at a pull request's head, by itself or by hand."""
    by_hand = ("pull_request", "pull_request_target", "workflow_dispatch", "workflow_call", "deployment", "merge_group")
    triggers = workflow.triggers
    return any(event in triggers for event in by_hand) or any(
        headable(trigger, branches) for event, trigger in triggers.items() if event == "push"
    )
