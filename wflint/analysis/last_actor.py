"""Conditions that trust whoever acted last on a pull request, although a stranger may have written it.

A bot can be made to act on a stranger's pull request: it is then the actor of a run of the stranger's code.
https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from wflint.analysis import privilege
from wflint.analysis.privilege import Scene
from wflint.expression.evaluate import truth
from wflint.expression.tree import Access, Call, Comparison, Index, Literal, Path, Property, Tree, path, walk
from wflint.expression.value import UNKNOWN, Open

if TYPE_CHECKING:
    from wflint.model.expression import Expression

_EVENTS = ("pull_request_target", "workflow_run")
"""Events whose actor need not be who wrote the code: others are fired by the writer of what they are about."""


class Trust(NamedTuple):
    """A place where a condition trusts the last actor."""

    access: Access
    route: Path
    scene: Scene
    """A stranger's run that gets through."""
    known: bool
    """Whether the bot is one that works in many repositories, so that strangers know how to have it act."""


def trusted_by(condition: Expression | None, among: list[Scene]) -> list[Trust]:
    """Return the accesses of the last actor that let strangers' runs through a condition, each with such a run.

    Those are asked whether a bot acted, and the condition would not hold for anybody else. A condition that also asks
    who opened the pull request, or which repository it comes from, lets no stranger through.
    """
    tree = condition.tree if condition is not None else None
    if condition is None or tree is None:
        return []
    asked = _asked(tree)
    for scene in among if asked else ():
        if scene.event in _EVENTS and _passes(condition, scene) and truth(tree, _by_person(scene)) is False:
            return [Trust(access, route, scene, known) for access, route, known in asked]
    return []


def _asked(tree: Tree) -> list[tuple[Access, Path, bool]]:
    """Return the accesses of the last actor that are compared with a bot, and whether with a well-known one."""
    found: list[tuple[Access, Path, bool]] = []
    for node in walk(tree):
        if isinstance(node, Comparison) and node.operator == "==":
            sides = [node.left, node.right]
        elif isinstance(node, Call) and node.function in ("contains", "startswith", "endswith"):
            sides = [node.arguments[0], node.arguments[-1]] if node.arguments else []
        else:
            continue
        for side, other in zip(sides, reversed(sides), strict=True):
            route = path(side)
            if isinstance(side, Property | Index) and route is not None:
                known = _bot(route, other)
                if known is not None:
                    found.append((side, route, known))
    return found


def _bot(route: Path, other: Tree) -> bool | None:
    """Tell whether the last actor is compared with a well-known bot, by its login or number; None if with no bot."""
    from wflint.facts import automerge

    texts = {str(node.value).lower().removesuffix(".0") for node in walk(other) if isinstance(node, Literal)}
    if ".".join(route) in automerge.spoofable_contexts():
        bots = automerge.bots()
        if any(text == "[bot]" or text in bots.values() or any(login in text for login in bots) for text in texts):
            return True
        return False if any("[bot]" in text for text in texts) else None
    return True if route == ("github", "event", "sender", "type") and texts == {"bot"} else None


def _passes(condition: Expression, scene: Scene) -> bool:
    """Tell whether a stranger's run passes, whoever acted last."""
    github = Open(scene.contexts["github"])
    event = Open(github["event"])
    for context, names in ((github, ("actor", "actor_id", "triggering_actor")), (event, ("sender",))):
        for name in names:
            context[name] = UNKNOWN
    github["event"] = event
    unsaid = Scene(scene.workflow, scene.event, scene.action, {**scene.contexts, "github": github})
    return privilege.holds(condition, unsaid) is not False


def _by_person(scene: Scene) -> Mapping[str, Any]:
    """Return a run's contexts in which a person acted last."""
    github = Open(scene.contexts["github"])
    github["actor_id"] = "0"
    github["event"] = Open({**github["event"], "sender": Open(login=privilege.FOREIGN, id=0, type="User")})
    return {**scene.contexts, "github": github}
