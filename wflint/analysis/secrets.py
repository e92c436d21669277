"""Which secrets expressions read, and which of them are in their values.

Sources: https://docs.github.com/actions/concepts/security/secrets and
https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wflint.expression.error import ExpressionError
from wflint.expression.find import find
from wflint.expression.tree import Access, Call, Index, Logical, Name, Path, Property, Star, Tree, contexts, path
from wflint.model.expression import Expression
from wflint.source.node import Place, Scalar

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.model.workflow import Workflow

TOKEN = "GITHUB_TOKEN"
STORE = "*"
_KEEPING = frozenset({"format", "join", "tojson"})
"""Functions whose result has their arguments' text in it, in a form that the runner masks."""


class Secret(NamedTuple):
    """A secret that a value holds."""

    name: str
    """In upper case; `GITHUB_TOKEN` for `github.token` too, `*` for all of them or one that only the run can tell;
    `steps.ID.outputs.NAME` for a token that an action made."""
    place: Place
    """Where it is read, or where it was handed on."""
    transformed: bool = False
    """Whether it is a part or a changed form, which the runner does not know and so does not mask."""


Known: TypeAlias = Callable[[Path], Secret | None]
"""Says what a path that is no secret itself holds, such as `env.TOKEN`."""


def name_of(path: Path) -> str | None:
    """Return the name of the secret that a path in lower case reads; None when it reads none."""
    if path[0] == "secrets":
        return STORE if len(path) == 1 or path[1] == "*" else path[1].upper()
    return TOKEN if path[:2] == ("github", "token") else None


def mentions(expression: Expression) -> list[Secret]:
    """Return every secret that an expression reads, whatever it does with it."""
    return [
        Secret(name, expression.place_of(access.span))
        for access, route in expression.reads
        if (name := name_of(route)) is not None
    ]


def carried(expression: Expression, known: Known | None = None) -> list[Secret]:
    """Return the secrets whose text is in an expression's value: those of a comparison or a condition are not.

    `known` says what other paths hold, such as `env.TOKEN`.
    """
    found = []
    for access, route, transformed in _results(expression.tree):
        name = name_of(route)
        if name is not None:
            found.append(Secret(name, expression.place_of(access.span), transformed))
        elif known is not None and (secret := known(route)) is not None:
            found.append(secret._replace(transformed=transformed or secret.transformed))
    return found


def passed(workflow: Workflow) -> frozenset[str]:
    """Return the names, in upper case, of the secrets that a workflow's callers pass; empty unless only calls start it.

    Another event gives the same name the repository's secret.
    """
    call = workflow.triggers.get("workflow_call") if workflow.is_only_reusable else None
    return frozenset(name.upper() for name in call.secrets) if call is not None else frozenset()


def used(repository: Repository) -> set[str] | None:
    """Return the names, in upper case, of all secrets that a repository's files read.

    None where nobody can tell: one is chosen when it runs, or another repository's workflow inherits them.
    """
    found: set[str] = set()
    for workflow in repository.workflows:
        found.update(secret.name for each in workflow.all_expressions for secret in mentions(each))
        for job in workflow.jobs.values():
            if job.call is not None and job.call.inherits_secrets and repository.local_workflow(job.call.uses) is None:
                return None
    for action in repository.actions:
        found.update(secret.name for each in action.all_expressions for secret in mentions(each))
    for document in repository.of_kind("dependabot"):
        for node in document.root.walk() if document.root is not None else ():
            if isinstance(node, Scalar) and "${{" in node.text:
                found.update(_names(node.text))
    return None if STORE in found else found


def _names(text: str) -> Iterator[str]:
    for embedded in find(text):
        try:
            tree = embedded.parse()
        except ExpressionError:
            continue
        yield from (name for _, route in contexts(tree) if (name := name_of(route)) is not None)


def _results(tree: Tree | None) -> Iterator[tuple[Access, Path, bool]]:
    """Yield each access that may be a part of the result, and whether it is changed before it is."""
    stack: list[tuple[Tree, bool]] = [] if tree is None else [(tree, False)]
    while stack:
        node, transformed = stack.pop()
        if isinstance(node, Name | Property | Index | Star):
            route = path(node)
            if route is not None:
                yield node, route, transformed
            elif not isinstance(node, Name):
                stack.append((node.base, True))
        elif isinstance(node, Call):
            stack += reversed([(each, transformed or node.function == "fromjson") for each in _kept(node)])
        elif isinstance(node, Logical):
            # What stands before `&&` is the result only when it is empty.
            operands = node.operands if node.operator == "||" else node.operands[-1:]
            stack += reversed([(each, transformed) for each in operands])


def _kept(call: Call) -> tuple[Tree, ...]:
    if call.function in _KEEPING or call.function == "fromjson":
        return call.arguments
    if call.function == "case":
        return (*call.arguments[1:-1:2], *call.arguments[-1:])
    return ()
