"""A repository: its documents, read together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from wflint.lazy import lazy
from wflint.model.action import Action
from wflint.model.codeowners import LOCATIONS, Codeowners
from wflint.model.dependabot import Dependabot
from wflint.model.index import targets
from wflint.model.precommit import PreCommit
from wflint.model.target import RepositoryTarget
from wflint.model.uses import Uses
from wflint.model.workflow import Workflow
from wflint.settings.targets import ProtectedRef
from wflint.source.document import Document
from wflint.source.node import Place
from wflint.source.source import Kind, Source
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.analysis.checks.produced import Checks
    from wflint.analysis.checks.required import RequiredContext
    from wflint.settings.effective import EffectivePolicy
    from wflint.settings.model import RepositorySettings


class Repository(RepositoryTarget):
    """All that was read of a repository. `files` names every file in it, whether or not it was read."""

    def __init__(self, documents: Iterable[Document], files: Sequence[str] = (), complete: bool = True) -> None:
        self.documents = list(documents)
        self.files = files
        self.complete = complete
        """Whether everything that wflint reads of a repository was there to read."""

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [repository] if isinstance(repository, cls) else []

    @property
    def place(self) -> Place:
        """The start of the first document: a repository has no better place."""
        if self.documents:
            return self.documents[0].place
        return Place(Document(Source("", "file", "")), Span(0, 0))

    def find(self, name: str) -> Document | None:
        """Return the document with a path."""
        return self._by_name.get(name)

    @lazy
    def _by_name(self) -> dict[str, Document]:
        return {document.name: document for document in self.documents}

    @lazy
    def _files(self) -> frozenset[str]:
        return frozenset((*self.files, *self._by_name))

    def has(self, name: str) -> bool:
        """Tell whether a file exists, whether or not it was read."""
        return name in self._files

    def of_kind(self, kind: Kind) -> list[Document]:
        """Return the documents of a kind."""
        return [document for document in self.documents if document.kind == kind]

    @lazy
    def workflows(self) -> list[Workflow]:
        return [view for document in self.of_kind("workflow") for view in targets(document, Workflow)]

    @lazy
    def actions(self) -> list[Action]:
        return [view for document in self.of_kind("action") for view in targets(document, Action)]

    @lazy
    def uses(self) -> list[Uses]:
        """Every reference to an action or a reusable workflow in its workflows and actions."""
        documents = (*self.of_kind("workflow"), *self.of_kind("action"))
        return [view for document in documents for view in targets(document, Uses)]

    @lazy
    def dependabot(self) -> Dependabot | None:
        """Dependabot's configuration."""
        found = (view for document in self.of_kind("dependabot") for view in targets(document, Dependabot))
        return next(found, None)

    @lazy
    def precommit(self) -> PreCommit | None:
        """pre-commit's configuration."""
        found = (view for document in self.of_kind("pre-commit") for view in targets(document, PreCommit))
        return next(found, None)

    @lazy
    def codeowners(self) -> Codeowners | None:
        """The CODEOWNERS that counts: in `.github`, else at the root, else in `docs`."""
        found = (self.find(name) for name in LOCATIONS)
        return next((view for document in found if document for view in targets(document, Codeowners)), None)

    @lazy
    def settings(self) -> list[RepositorySettings]:
        """The settings told of: those of this repository first, then of others that its files name."""
        documents = self.of_kind("settings")
        if not documents:
            return []
        from wflint.settings.gather import gather_each

        return gather_each(documents)

    @lazy
    def protected_refs(self) -> list[ProtectedRef]:
        """The default branch and the refs that policies name, of every repository whose settings are told."""
        return [ref for told in self.settings for ref in ProtectedRef.of(told, self)]

    @lazy
    def checks(self) -> Checks:
        """The checks that its workflows report."""
        from wflint.analysis.checks.produced import Checks

        return Checks(self)

    @lazy
    def default_policy(self) -> EffectivePolicy | None:
        """What holds for the default branch, which is taken to be the one that was read; None where no file tells."""
        from wflint.analysis.guards import default_policy

        return default_policy(self)

    @lazy
    def required_checks(self) -> list[RequiredContext]:
        """The checks that its settings require, the surest first; none where it has no workflows."""
        from wflint.analysis.checks.required import required_checks

        return required_checks(self)

    def local_action(self, uses: Uses) -> Action | None:
        """Return the action that a local reference names; None for others and where no file was read."""
        if uses.kind not in ("local", "self") or uses.path is None:
            return None
        folder = _clean(uses.path)
        return self._actions_by_folder.get(folder) if folder is not None else None

    @lazy
    def _actions_by_folder(self) -> dict[str, Action]:
        return {action.folder: action for action in reversed(self.actions)}

    def local_workflow(self, uses: Uses) -> Workflow | None:
        """Return the workflow that a local reference names; None for others and where no file was read."""
        if uses.kind not in ("local", "self") or uses.path is None:
            return None
        path = _clean(uses.path)
        return self._workflows_by_path.get(path) if path is not None else None

    @lazy
    def _workflows_by_path(self) -> dict[str, Workflow]:
        return {workflow.path: workflow for workflow in self.workflows}


def _clean(path: str) -> str | None:
    """Return a path without `.` and `..`; None when it leads out of the repository."""
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
