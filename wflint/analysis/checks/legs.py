"""The jobs that a job of a workflow becomes when it runs: one, or one for each combination of its matrix.

https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from wflint.analysis.checks.name import CheckName, Hole, made
from wflint.expression.error import ExpressionError
from wflint.expression.evaluate import evaluate, parts, render
from wflint.expression.find import single
from wflint.expression.value import UNKNOWN, Answer, Open, to_text
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Scalar, Sequence

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.trigger import Trigger

Contexts = Mapping[str, Any]


class Leg(NamedTuple):
    """One of the jobs: its name, and what its contexts hold."""

    name: CheckName
    contexts: Contexts


def legs(job: Job, contexts: Contexts) -> list[Leg]:
    """Return the jobs that a job becomes; one with a pattern for a name where an expression decides how many.

    `contexts` holds what is known of `github` and `inputs`.
    """
    matrix = job.matrix
    if matrix is None:
        inner = {**contexts, "matrix": None, "strategy": Open()}
        return [Leg(_name(job, inner, ()), inner)]
    combinations = matrix.combinations
    if combinations is None:
        inner = {**contexts, "matrix": UNKNOWN, "strategy": Open()}
        return [Leg(_name(job, inner, (Hole.ANY,)), inner)]
    found = []
    for index, combination in enumerate(combinations):
        named = {key: value(node, contexts) for key, node in combination.values.items()}
        added = {key: value(node, contexts) for key, node in combination.added.items()}
        strategy = Open({"job-index": index, "job-total": len(combinations)})
        inner = {**contexts, "matrix": named | added, "strategy": strategy}
        found.append(Leg(_name(job, inner, tuple(_leaves(list(named.values())))), inner))
    return found


def _name(job: Job, contexts: Contexts, segments: tuple[str | Hole, ...]) -> CheckName:
    """Return a job's name: one with an expression stands for itself, any other gets the values of the matrix."""
    node = job.name_node
    written = to_text(node.value) if node is not None else ""
    if "${{" in written:
        pieces = parts(written, contexts)
        found = CheckName.of(*(Hole.ANY if piece is UNKNOWN else str(piece) for piece in pieces))
        if found.parts:
            return found
        written = ""
    return made(written or job.id, segments)


def inputs(declared: Trigger, given: Mapping[str, Node], contexts: Contexts) -> dict[str, Answer]:
    """Return the `inputs` of a called workflow: what its caller gives, else the default, else its type's empty value.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_callinputsinput_idtype
    """
    lower = {name.lower(): node for name, node in given.items()}
    empty: dict[str | None, Answer] = {"boolean": False, "number": 0, "string": ""}
    found: dict[str, Answer] = {}
    for name, parameter in declared.inputs.items():
        node = lower.get(name.lower(), parameter.node.get("default"))
        kind = parameter.node.get("type")
        found[name] = value(node, contexts) if node is not None else empty.get(kind.string if kind else None, "")
    return found


def value(node: Node, contexts: Contexts) -> Answer:
    """Return what a value of a workflow is when its expressions are evaluated; parts of it may be UNKNOWN."""
    if isinstance(node, MappingNode):
        return {key: value(inner, contexts) for key, inner in node.items()}
    if isinstance(node, Sequence):
        return [value(inner, contexts) for inner in node.nodes]
    if not isinstance(node, Scalar):
        return UNKNOWN
    if "${{" not in node.text:
        return node.value
    whole = single(node.text.strip())
    if whole is None:
        return render(node.text, contexts)
    try:
        return evaluate(whole.parse(), contexts)
    except ExpressionError:
        return UNKNOWN


def _leaves(given: Answer) -> Iterator[str | Hole]:
    """Yield the scalars of a value, depth first."""
    if given is UNKNOWN:
        yield Hole.ANY
    elif isinstance(given, Mapping):
        for inner in given.values():
            yield from _leaves(inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _leaves(inner)
    else:
        yield to_text(given)
