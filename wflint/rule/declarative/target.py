"""What a declarative rule can be about, and what `$` is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias, cast

from wflint.facts.schema import Kind as SchemaKind
from wflint.model.action import Action
from wflint.model.dependabot import Dependabot
from wflint.model.index import targets
from wflint.model.job import Job
from wflint.model.precommit import PreCommit
from wflint.model.step import Step
from wflint.model.view import View
from wflint.rule.declarative.located import error, mapping, text, unknown
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.node import Node, Scalar, Sequence
from wflint.source.source import TEXTS, Kind

_KEY = "tree"

Part: TypeAlias = type[View] | None
Kept: TypeAlias = dict[str, list[Node]]
"""What paths found in a document, by the path."""
Seen: TypeAlias = tuple[list[Node], Kept]


class Target(NamedTuple):
    """A kind of target.

    The engine hands over whole files, so that what a path finds in all jobs or steps of one is found at once.
    """

    type: type[Any] = Document
    """What the engine hands to the check: a document, or the view of one."""
    kind: Kind | None = None
    """The only kind of document that is meant; None where the type or the name of the file says it."""
    part: Part = None
    """The view that `$` is; None for the whole document."""
    schema: SchemaKind | None = None
    """The schema that says which paths can find something; None where anything may stand."""
    route: str = "(root)"
    """Where in that schema `$` is."""
    files: tuple[str, ...] = ()
    """Globs of the only files that are meant."""

    key: str = "declarative file"
    """What tells its roots in a document from those of other targets."""

    def seen(self, document: Document) -> Seen:
        """Return all that `$` is in a document, and what paths have found from there; made once for all rules."""
        found = document.derived.get(self.key)
        if found is None:
            found = document.derived[self.key] = self.roots(document), {}
        return cast("Seen", found)

    def roots(self, document: Document) -> list[Node]:
        """Return all that `$` is in a document; each document of a stream has a root."""
        if self.kind is not None and document.kind != self.kind:
            return []
        if self.part is None:
            return _tree(document).roots if document.kind in TEXTS else document.roots
        return [view.node for view in targets(document, self.part)]


def _tree(document: Document) -> Document:
    """Return a text of which wflint reads no tree, such as Renovate's configuration, read as YAML or JSON.

    Raises ValueError when it is neither: a rule asked for the file, and nobody else says that it could not be judged.
    """
    read = document.derived.get(_KEY)
    if not isinstance(read, Document):
        read = document.derived[_KEY] = yaml.parse(document.source._replace(kind="file"))
    if read.problems:
        raise ValueError(f"{document.name} is neither YAML nor JSON: {read.problems[0].message}")
    return read


_NAMED = {
    "workflow": Target(kind="workflow", schema="workflow"),
    "action": Target(Action, schema="action"),
    "job": Target(kind="workflow", part=Job, schema="workflow", route="jobs.*"),
    "step": Target(part=Step, schema="workflow", route="jobs.*.steps[]"),
    "dependabot": Target(Dependabot, schema="dependabot"),
    "pre-commit": Target(PreCommit, schema="pre_commit"),
    "settings": Target(kind="settings"),
}
TARGETS: Mapping[str, Target] = {name: target._replace(key=f"declarative {name}") for name, target in _NAMED.items()}
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
    return Target(files=tuple(text(item, "a glob") for item in items))
