"""Dependabot's configuration.

https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference
"""

from __future__ import annotations

from collections.abc import Mapping as Dict

from wflint.lazy import lazy
from wflint.model.view import View, entries, items, scalar, scalars, text
from wflint.source.node import Mapping, Node, Scalar


class DependabotUpdate(View):
    """One entry of `updates`."""

    node: Mapping

    @property
    def ecosystem(self) -> str | None:
        return text(self.node.get("package-ecosystem"))

    @property
    def directories(self) -> list[Scalar]:
        """`directories`, or the one `directory`."""
        return scalars(self.node.get("directories")) or scalars(self.node.get("directory"))

    @property
    def interval(self) -> Scalar | None:
        """How often it looks, such as `weekly`."""
        return scalar(self.node.at("schedule", "interval"))

    @property
    def cooldown(self) -> Node | None:
        return self.node.get("cooldown")

    @property
    def cooldown_days(self) -> Scalar | None:
        """`cooldown.default-days`."""
        return scalar(self.node.at("cooldown", "default-days"))

    @property
    def groups(self) -> Dict[str, Node]:
        return entries(self.node.get("groups"))

    @property
    def ignore(self) -> list[Node]:
        return items(self.node.get("ignore"))

    @property
    def allow(self) -> list[Node]:
        return items(self.node.get("allow"))

    @property
    def registries(self) -> list[Scalar]:
        """The registries it may use, by name, or `*`."""
        return scalars(self.node.get("registries"))

    @property
    def pull_request_limit(self) -> Scalar | None:
        return scalar(self.node.get("open-pull-requests-limit"))

    @property
    def target_branch(self) -> Scalar | None:
        return scalar(self.node.get("target-branch"))

    @property
    def external_code_execution(self) -> Scalar | None:
        """`insecure-external-code-execution`."""
        return scalar(self.node.get("insecure-external-code-execution"))


class Dependabot(View):
    """`.github/dependabot.yml`."""

    @property
    def version(self) -> Scalar | None:
        return scalar(self.node.get("version"))

    @lazy
    def updates(self) -> list[DependabotUpdate]:
        return [DependabotUpdate(node) for node in items(self.node.get("updates")) if isinstance(node, Mapping)]

    @property
    def registries(self) -> Dict[str, Node]:
        return entries(self.node.get("registries"))
