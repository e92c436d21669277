"""Whether a condition holds in a run of which something is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wflint.expression.evaluate import truth
from wflint.expression.value import UNKNOWN, Open

if TYPE_CHECKING:
    from wflint.model.expression import Expression


def holds(condition: Expression | None, **github: Any) -> bool | None:
    """Tell whether an `if`, or another expression, is true; None when that cannot be told. No condition always holds.

    `github` are properties of the context of that name, such as `event_name="push"`; every other one is unknown.
    """
    if condition is None:
        return True
    if condition.tree is None:
        return None
    found = truth(condition.tree, {"github": Open(**github)})
    return None if found is UNKNOWN else found


def push_to(branch: str) -> dict[str, Any]:
    """Return what the `github` context holds for a push to a branch."""
    return {
        "event_name": "push",
        "ref": f"refs/heads/{branch}",
        "ref_name": branch,
        "ref_type": "branch",
        "head_ref": "",
        "base_ref": "",
    }
