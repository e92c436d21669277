"""An action's metadata file.

https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
"""

from __future__ import annotations

from typing import Literal

from wflint.lazy import lazy
from wflint.model.expression import Expression, collect
from wflint.model.image import Image
from wflint.model.script import Script
from wflint.model.step import Step, by_id, numbered, steps_of
from wflint.model.trigger import Parameter, parameters
from wflint.model.view import View, entries, scalar, text
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence

ActionKind = Literal["composite", "node", "docker"]


class Action(View):
    """An `action.yml`."""

    role: Literal["action"] = "action"
    """Which of the four that an expression can belong to."""

    def __repr__(self) -> str:
        return f"<Action {self.path}>"

    @property
    def place(self) -> Place:
        """The key `name`, else the first key."""
        if isinstance(self.node, Mapping) and "name" in self.node.keys:
            return Place(self.document, self.node.keys["name"].span, self.node)
        return self.node.head

    @property
    def path(self) -> str:
        """The file, from the repository's root."""
        return self.document.name

    @property
    def folder(self) -> str:
        """The folder it stands in, "" for the root: what `uses: ./folder` names."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str | None:
        return text(self.node.get("name"))

    @property
    def name_node(self) -> Scalar | None:
        return scalar(self.node.get("name"))

    @property
    def description(self) -> Scalar | None:
        return scalar(self.node.get("description"))

    @lazy
    def inputs(self) -> dict[str, Parameter]:
        """The inputs by name as written; GitHub compares them without case."""
        return parameters(self.node.get("inputs"))

    @lazy
    def outputs(self) -> dict[str, Parameter]:
        return parameters(self.node.get("outputs"))

    @property
    def runs(self) -> Node | None:
        return self.node.get("runs")

    @property
    def using(self) -> Scalar | None:
        """What runs it, such as `composite` or `node24`."""
        return scalar(self.node.at("runs", "using"))

    @property
    def kind(self) -> ActionKind | None:
        """The kind that `using` says; None when it says nothing known."""
        using = (text(self.using) or "").lower()
        if using == "composite":
            return "composite"
        if using == "docker":
            return "docker"
        return "node" if using.startswith("node") else None

    @lazy
    def steps(self) -> list[Step]:
        """The steps of a composite action."""
        return numbered(steps_of(self.node.at("runs", "steps"), action=self))

    def step(self, id: str) -> Step | None:
        """Return the step with an id, without regard to case."""
        return self._by_id.get(id.lower())

    @lazy
    def _by_id(self) -> dict[str, Step]:
        return by_id(self.steps)

    @property
    def main(self) -> Scalar | None:
        return scalar(self.node.at("runs", "main"))

    @property
    def pre(self) -> Scalar | None:
        return scalar(self.node.at("runs", "pre"))

    @property
    def post(self) -> Scalar | None:
        return scalar(self.node.at("runs", "post"))

    @lazy
    def image(self) -> Image | None:
        """The image that a Docker action takes from a registry; None when it builds a Dockerfile."""
        node = scalar(self.node.at("runs", "image"))
        return Image(node, action=self) if node is not None and node.text.startswith("docker://") else None

    @property
    def dockerfile(self) -> Scalar | None:
        """The Dockerfile that a Docker action builds."""
        node = scalar(self.node.at("runs", "image"))
        return node if node is not None and not node.text.startswith("docker://") else None

    @lazy
    def scripts(self) -> list[Script]:
        """Every program of its steps."""
        return [script for step in self.steps for script in step.scripts]

    @lazy
    def expressions(self) -> list[Expression]:
        """The action's own expressions, in order, without those of its steps."""
        found: list[Expression] = []
        for name, node in entries(self.node).items():
            if name != "runs" or not isinstance(node, Mapping):
                collect(found, node, name, self)
                continue
            for key, value in node.items():
                if key != "steps" or not isinstance(value, Sequence):
                    collect(found, value, f"runs.{key}", self)
        return found

    @lazy
    def all_expressions(self) -> list[Expression]:
        """Every expression of the file."""
        return [*self.expressions, *(expression for step in self.steps for expression in step.expressions)]
