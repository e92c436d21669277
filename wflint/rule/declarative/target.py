"""What a declarative rule can be about, and what `$` is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wflint.facts.schema import Kind as SchemaKind
from wflint.model.action import Action
from wflint.model.dependabot import Dependabot
from wflint.model.job import Job
from wflint.model.precommit import PreCommit
from wflint.model.step import Step
from wflint.model.workflow import Workflow
from wflint.rule.declarative.located import error, mapping, text, unknown
from wflint.source.document import Document
from wflint.source.node import Node, Scalar, Sequence
from wflint.source.source import Kind


class Target(NamedTuple):
    """A kind of target."""

    type: type[Any]
    """The view that the engine hands to the check."""
    schema: SchemaKind | None = None
    """The schema that says which paths can find something; None where anything may stand."""
    route: str = "(root)"
    """Where in that schema `$` is."""
    kind: Kind | None = None
    """The only kind of document that is meant, where the view does not say it."""
    files: tuple[str, ...] = ()
    """Globs of the only files that are meant."""

    def roots(self, target: Any) -> list[Node]:
        """Return what `$` is in a view; the documents of a file's stream have one each."""
        if not isinstance(target, Document):
            return [target.node]
        return target.roots if self.kind in (None, target.kind) else []


TARGETS: Mapping[str, Target] = {
    "workflow": Target(Workflow, "workflow"),
    "action": Target(Action, "action"),
    "job": Target(Job, "workflow", "jobs.*"),
    "step": Target(Step, "workflow", "jobs.*.steps[]"),
    "dependabot": Target(Dependabot, "dependabot"),
    "pre-commit": Target(PreCommit, "pre_commit"),
    "settings": Target(Document, kind="settings"),
}
"""The targets that have a name. `step` is one of a job or of a composite action."""


def read(node: Node) -> Target:
    """Return what a rule's `target` says. Raises RuleError."""
    if isinstance(node, Scalar) and node.text == "file":
        raise error(node, "`file` wants a glob", 'write `target: {file: "deploy/**/*.yaml"}`')
    if isinstance(node, Scalar):
        if node.text not in TARGETS:
            raise unknown(node, node.text, "target", [*TARGETS, "file"])
        return TARGETS[node.text]
    given = mapping(node, "a target", ("file",))
    globs = given.get("file")
    items = globs.nodes if isinstance(globs, Sequence) else [globs] if globs is not None else []
    if not items:
        raise error(node, "`file` wants a glob, or a list of them")
    return Target(Document, files=tuple(text(item, "a glob") for item in items))
