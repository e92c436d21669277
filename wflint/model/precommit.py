"""pre-commit's configuration: https://pre-commit.com/#adding-pre-commit-plugins-to-your-project."""

from __future__ import annotations

from wflint.lazy import lazy
from wflint.model.view import View, items, scalar, scalars, text
from wflint.source.node import Mapping, Node, Scalar


class PreCommitHook(View):
    """A hook of a repository."""

    node: Mapping

    @property
    def id(self) -> str | None:
        return text(self.node.get("id"))

    @property
    def entry(self) -> Scalar | None:
        """The command, for local hooks."""
        return scalar(self.node.get("entry"))

    @property
    def additional_dependencies(self) -> list[Scalar]:
        return scalars(self.node.get("additional_dependencies"))


class PreCommitRepo(View):
    """One entry of `repos`."""

    node: Mapping

    @property
    def repo(self) -> Scalar | None:
        """The repository's address, or `local` or `meta`."""
        return scalar(self.node.get("repo"))

    @property
    def is_remote(self) -> bool:
        """Whether its hooks are fetched from somewhere."""
        return self.repo is not None and self.repo.text not in ("local", "meta")

    @property
    def rev(self) -> Scalar | None:
        """The tag, branch or commit that is fetched."""
        return scalar(self.node.get("rev"))

    @lazy
    def hooks(self) -> list[PreCommitHook]:
        return [PreCommitHook(node) for node in items(self.node.get("hooks")) if isinstance(node, Mapping)]


class PreCommit(View):
    """`.pre-commit-config.yaml`."""

    @lazy
    def repos(self) -> list[PreCommitRepo]:
        return [PreCommitRepo(node) for node in items(self.node.get("repos")) if isinstance(node, Mapping)]

    @property
    def ci(self) -> Node | None:
        """The settings of pre-commit.ci."""
        return self.node.get("ci")
