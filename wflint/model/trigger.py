"""An event that starts a workflow.

https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wflint.lazy import lazy
from wflint.model.globs import admits
from wflint.model.view import View, entries, flag, items, scalar, scalars, text
from wflint.source.node import Mapping, Node, Place, Scalar

if TYPE_CHECKING:
    from wflint.model.workflow import Workflow


class Parameter(View):
    """An input, a secret or an output that a workflow or an action declares."""

    def __init__(self, name: str, node: Node, key: Scalar | None = None) -> None:
        super().__init__(node)
        self.name = name
        self._key = key

    @property
    def place(self) -> Place:
        """Its name."""
        return Place(self.document, self._key.span, self.node) if self._key is not None else self.node.head

    @property
    def description(self) -> Scalar | None:
        return scalar(self.node.get("description"))

    @property
    def required(self) -> bool | None:
        """Whether it must be given; None when what is written is no boolean."""
        return flag(self.node.get("required"), False)

    @property
    def default(self) -> Node | None:
        return self.node.get("default")

    @property
    def type(self) -> str | None:
        """The declared type, such as `string` or `choice`; None when none is declared."""
        return text(self.node.get("type"))

    @property
    def options(self) -> list[Scalar]:
        return scalars(self.node.get("options"))

    @property
    def value(self) -> Scalar | None:
        """What an output gives."""
        return scalar(self.node.get("value"))

    @property
    def deprecation(self) -> Scalar | None:
        return scalar(self.node.get("deprecationMessage"))


def parameters(node: Node | None) -> dict[str, Parameter]:
    """Return what a mapping declares, by name as written."""
    if not isinstance(node, Mapping):
        return {}
    return {name: Parameter(name, value, node.keys.get(name)) for name, value in node.items()}


class Schedule(View):
    """One entry of `on.schedule`."""

    def __init__(self, node: Node, workflow: Workflow) -> None:
        super().__init__(node)
        self.workflow = workflow

    @property
    def cron(self) -> Scalar | None:
        return scalar(self.node.get("cron"))

    @property
    def timezone(self) -> Scalar | None:
        return scalar(self.node.get("timezone"))


class Trigger(View):
    """One event of `on`. Where it has no settings, `node` is its name or null."""

    def __init__(self, event: str, node: Node, workflow: Workflow, key: Scalar | None = None) -> None:
        super().__init__(node)
        self.event = event
        """Such as `pull_request`."""
        self.workflow = workflow
        self._key = key

    @property
    def place(self) -> Place:
        """The event's name."""
        return Place(self.document, self._key.span, self.node) if self._key is not None else self.node.place

    def has(self, filter: str) -> bool:
        """Tell whether a filter, such as `paths-ignore`, is written."""
        return filter in entries(self.node)

    def filter(self, name: str) -> list[Scalar]:
        """Return a filter's patterns in order; empty when it is absent."""
        return scalars(self.node.get(name))

    @property
    def types(self) -> list[Scalar]:
        """The activity types; empty when the event's defaults hold."""
        return self.filter("types")

    @property
    def branches(self) -> list[Scalar]:
        return self.filter("branches")

    @property
    def branches_ignore(self) -> list[Scalar]:
        return self.filter("branches-ignore")

    @property
    def tags(self) -> list[Scalar]:
        return self.filter("tags")

    @property
    def tags_ignore(self) -> list[Scalar]:
        return self.filter("tags-ignore")

    @property
    def paths(self) -> list[Scalar]:
        return self.filter("paths")

    @property
    def paths_ignore(self) -> list[Scalar]:
        return self.filter("paths-ignore")

    @property
    def workflows(self) -> list[Scalar]:
        """The names of the workflows that a `workflow_run` waits for."""
        return self.filter("workflows")

    def runs_for_branch(self, branch: str) -> bool:
        """Tell whether the filters let a branch in: what is pushed, or what a pull request is to be merged into.

        A push that is filtered by tags alone runs for no branch.
        """
        if not self.has("branches") and not self.has("branches-ignore"):
            return not (self.has("tags") or self.has("tags-ignore"))
        return _passes(self.branches if self.has("branches") else None, self.branches_ignore, branch)

    def runs_for_tag(self, tag: str) -> bool:
        """Tell whether the filters of a push let a tag in. One that is filtered by branches alone runs for no tag."""
        if not self.has("tags") and not self.has("tags-ignore"):
            return not (self.has("branches") or self.has("branches-ignore"))
        return _passes(self.tags if self.has("tags") else None, self.tags_ignore, tag)

    def runs_for_paths(self, paths: Iterable[str]) -> bool:
        """Tell whether the path filters let a change of some files in: one file that passes is enough."""
        if not self.has("paths") and not self.has("paths-ignore"):
            return True
        return any(_passes(self.paths if self.has("paths") else None, self.paths_ignore, path) for path in paths)

    @lazy
    def schedules(self) -> list[Schedule]:
        """The entries of `schedule`."""
        return [Schedule(node, self.workflow) for node in items(self.node)]

    @lazy
    def inputs(self) -> dict[str, Parameter]:
        """The inputs of `workflow_dispatch` and `workflow_call`."""
        return parameters(self.node.get("inputs"))

    @lazy
    def secrets(self) -> dict[str, Parameter]:
        return parameters(self.node.get("secrets"))

    @lazy
    def outputs(self) -> dict[str, Parameter]:
        return parameters(self.node.get("outputs"))


def _passes(only: list[Scalar] | None, ignored: list[Scalar], text: str) -> bool:
    if only is not None:
        return admits((pattern.text for pattern in only), text)
    return not admits((pattern.text for pattern in ignored), text)


def triggers(node: Node | None, workflow: Workflow) -> dict[str, Trigger]:
    """Return the events of `on`, which is a name, a list of names, or a mapping."""
    if isinstance(node, Mapping):
        return {event: Trigger(event, value, workflow, node.keys.get(event)) for event, value in node.items()}
    return {name.text: Trigger(name.text, name, workflow) for name in scalars(node)}
