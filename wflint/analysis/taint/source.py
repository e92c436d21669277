"""Which contexts hold foreign text in a file: by its triggers and by the inputs that it declares.

Sources: https://docs.github.com/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
and https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wflint.expression.tree import Path
from wflint.facts import untrusted
from wflint.model.trigger import Parameter
from wflint.model.workflow import Workflow

if TYPE_CHECKING:
    from wflint.facts.untrusted import Author, Grade
    from wflint.model.action import Action

VARIABLES = {
    "GITHUB_BASE_REF": ("github", "base_ref"),
    "GITHUB_HEAD_REF": ("github", "head_ref"),
    "GITHUB_REF": ("github", "ref"),
    "GITHUB_REF_NAME": ("github", "ref_name"),
}
"""The variables of every run that hold a name which somebody chose.

https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables
"""

_GRADES = ("free", "ref", "structured")
_ONE_LINE = frozenset({"display_title", "email", "from", "label", "name", "page_name", "page_title", "title"})
"""The last names of paths whose values GitHub keeps on one line."""
_UNTYPED = frozenset({None, "string"})


class Source(NamedTuple):
    """Whose text a context holds."""

    grade: Grade
    by: Author
    events: frozenset[str] | None
    multiline: bool


class Sources:
    """The foreign contexts of one workflow or action."""

    def __init__(self, owner: Workflow | Action) -> None:
        self.events: frozenset[str] | None = None
        """The triggers; None for an action, which any may reach."""
        self._dispatched: dict[str, Parameter] = {}
        self._called: dict[str, Parameter] | None = None
        self._found: dict[tuple[Path, bool], Source | None] = {}
        if isinstance(owner, Workflow):
            self.events = frozenset(owner.triggers)
            dispatch, call = owner.triggers.get("workflow_dispatch"), owner.triggers.get("workflow_call")
            self._dispatched = _lower(dispatch.inputs) if dispatch is not None else {}
            self._called = _lower(call.inputs) if call is not None else {}

    def find(self, route: Path, whole: bool) -> Source | None:
        """Return whose text a path in lower case holds, with what is inside it if it is shown whole; None for nobody's.

        A context that none of the triggers brings is empty.
        """
        key = route, whole
        if key not in self._found:
            self._found[key] = self._find(route, whole)
        return self._found[key]

    def _find(self, route: Path, whole: bool) -> Source | None:
        if route[0] == "inputs":
            return self._input(route[1] if len(route) > 1 else "*")
        if route[:3] == ("github", "event", "inputs"):
            return self._dispatch_input(route[3] if len(route) > 3 else "*")
        if route[0] != "github":
            return None
        rows = [untrusted.origin(route, self.events)]
        if whole:
            rows.append(untrusted.below(route, self.events))
        found = [row for row in rows if row is not None and row.grade in _GRADES]
        if not found:
            return None
        row = min(found, key=lambda each: _GRADES.index(each.grade))
        return Source(row.grade, row.by, self._occurs(row.events), _multiline(row))

    def _occurs(self, events: frozenset[str]) -> frozenset[str] | None:
        if self.events is None:
            return None
        return self.events if "*" in events else self.events & (events | {"workflow_call"})

    def _input(self, name: str) -> Source | None:
        if self._called is None:
            return Source("free", "caller", None, multiline=True)
        dispatched = self._dispatch_input(name)
        if dispatched is not None or not _is_open(self._called, name, _UNTYPED):
            return dispatched
        return Source("free", "caller", frozenset({"workflow_call"}), multiline=True)

    def _dispatch_input(self, name: str) -> Source | None:
        if self.events is None:
            return Source("free", "writer", None, multiline=True)
        if not _is_open(self._dispatched, name, _UNTYPED):
            return None
        return Source("free", "writer", frozenset({"workflow_dispatch"}), multiline=True)


def _lower(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    return {name.lower(): parameter for name, parameter in parameters.items()}


def _is_open(declared: dict[str, Parameter], name: str, types: frozenset[str | None]) -> bool:
    """Tell whether an input takes any text: GitHub checks the others against their type."""
    if name == "*":
        return any(parameter.type in types for parameter in declared.values())
    return name in declared and declared[name].type in types


def _multiline(row: untrusted.Origin) -> bool:
    return row.grade == "free" and row.path.rpartition(".")[2] not in _ONE_LINE
