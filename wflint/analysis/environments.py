"""The names that a job's environment may have, as far as the files tell.

https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wflint.expression.error import ExpressionError
from wflint.expression.find import find
from wflint.expression.tree import Literal, Logical, Tree, path
from wflint.model.view import items, scalar

if TYPE_CHECKING:
    from wflint.model.job import Job

_DEEPEST = 10


def environment_names(job: Job, callers: Sequence[Job] = ()) -> tuple[str, ...]:
    """Return the names that a job's environment may have; empty when it has none, or nothing is known of it.

    `callers` call the job's workflow, the outermost first: an input is what the caller gives for it.
    """
    node = job.environment.name if job.environment is not None else None
    return tuple(dict.fromkeys(_names(node.text, job, tuple(callers)))) if node is not None else ()


def _names(text: str, job: Job, callers: tuple[Job, ...]) -> Iterator[str]:
    stripped = text.strip()
    if "${{" not in stripped:
        yield stripped
        return
    embedded = next(find(stripped))
    if embedded.span != (0, len(stripped)):
        return
    try:
        tree = embedded.parse()
    except ExpressionError:
        return
    for result in _results(tree):
        if isinstance(result, Literal) and isinstance(result.value, str) and result.value:
            yield result.value
        elif (route := path(result)) is not None:
            yield from _read(route, job, callers)


def _results(tree: Tree) -> Iterator[Tree]:
    """Yield what an expression may come to: both ends of `a && b || c`."""
    if not isinstance(tree, Logical):
        yield tree
    elif tree.operator == "||":
        for operand in tree.operands:
            yield from _results(operand)
    else:
        yield from _results(tree.operands[-1])


def _read(route: tuple[str, ...], job: Job, callers: tuple[Job, ...]) -> Iterator[str]:
    if len(route) == 2 and route[0] == "matrix" and job.matrix is not None:
        values = job.matrix.values_of(route[1]) or []
        yield from (node.text for value in values if (node := scalar(value)) is not None and "${{" not in node.text)
        return
    name = route[-1] if route[0] == "inputs" or route[:3] == ("github", "event", "inputs") else None
    if name is None:
        return
    if callers and callers[-1].call is not None:
        given = {key.lower(): node for key, node in callers[-1].call.with_.items()}.get(name)
        if (node := scalar(given)) is not None:
            if len(callers) <= _DEEPEST:
                yield from _names(node.text, callers[-1], callers[:-1])
            return
    for trigger in job.workflow.triggers.values():
        declared = next((each for key, each in trigger.inputs.items() if key.lower() == name), None)
        if declared is not None:
            default = scalar(declared.default)
            yield from (option.text for option in declared.options)
            yield from (item.text for node in items(declared.default) if (item := scalar(node)) is not None)
            if default is not None:
                yield default.text
