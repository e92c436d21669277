"""A job's container and its services.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainer
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import TYPE_CHECKING

from wflint.lazy import lazy
from wflint.model.image import Image
from wflint.model.view import View, entries, scalar, scalars
from wflint.source.node import Node, Place, Scalar

if TYPE_CHECKING:
    from wflint.model.job import Job


class Container(View):
    """A container: `container: node:22`, or a mapping with an image and more."""

    def __init__(self, node: Node, job: Job, service: str | None = None, key: Scalar | None = None) -> None:
        super().__init__(node)
        self.job = job
        self.service = service
        """The service's name; None for the job's own container."""
        self._key = key

    @property
    def place(self) -> Place:
        """The key: `container`, or the service's name."""
        return Place(self.document, self._key.span, self.node) if self._key is not None else self.node.head

    @lazy
    def image(self) -> Image | None:
        node = scalar(self.node) or scalar(self.node.get("image"))
        return Image(node, job=self.job) if node is not None and node.text.strip() else None

    @property
    def credentials(self) -> Node | None:
        return self.node.get("credentials")

    @property
    def username(self) -> Scalar | None:
        return scalar(self.node.at("credentials", "username"))

    @property
    def password(self) -> Scalar | None:
        return scalar(self.node.at("credentials", "password"))

    @property
    def env(self) -> Dict[str, Node]:
        return entries(self.node.get("env"))

    @property
    def options(self) -> Scalar | None:
        return scalar(self.node.get("options"))

    @property
    def ports(self) -> list[Scalar]:
        return scalars(self.node.get("ports"))

    @property
    def volumes(self) -> list[Scalar]:
        return scalars(self.node.get("volumes"))
