"""A container image and how it is named: `[registry/]path[:tag][@digest]`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wflint.model.view import View
from wflint.source.node import Place, Scalar

if TYPE_CHECKING:
    from wflint.model.action import Action
    from wflint.model.job import Job
    from wflint.model.step import UsesStep


@dataclass(frozen=True, slots=True)
class ImageName:
    """A parsed image reference."""

    registry: str | None
    """Such as `ghcr.io`; None for Docker Hub's short form."""
    name: str
    """The path without registry, tag and digest, such as `library/node` or `node`."""
    tag: str | None
    digest: str | None
    """Such as `sha256:…`."""

    @classmethod
    def parse(cls, text: str) -> ImageName:
        """Return the parts of a reference; a first part with a dot or a port, or `localhost`, is a registry."""
        rest, _, digest = text.partition("@")
        head, slash, tail = rest.partition("/")
        host = bool(slash) and ("." in head or ":" in head or head == "localhost")
        registry, path = (head, tail) if host else (None, rest)
        cut = path.rfind(":")
        if cut > path.rfind("/"):
            return cls(registry, path[:cut], path[cut + 1 :] or None, digest or None)
        return cls(registry, path, None, digest or None)


class Image(View):
    """A use of an image: a job's container, a service, a `docker://` step, a Docker action."""

    node: Scalar

    def __init__(
        self, node: Scalar, *, job: Job | None = None, step: UsesStep | None = None, action: Action | None = None
    ) -> None:
        super().__init__(node)
        self.job = job
        self.step = step
        self.action = action

    def __str__(self) -> str:
        return self.text

    @property
    def place(self) -> Place:
        """The value, exactly."""
        return self.node.place

    @cached_property
    def text(self) -> str:
        """The reference without `docker://`."""
        return self.node.text.strip().removeprefix("docker://")

    @property
    def has_expression(self) -> bool:
        """Whether a part of it is known only when it runs."""
        return "${{" in self.text

    @cached_property
    def reference(self) -> ImageName:
        """Its parts. An expression counts as text, so look at `has_expression` first."""
        return ImageName.parse(self.text)

    @property
    def registry(self) -> str | None:
        return self.reference.registry

    @property
    def name(self) -> str:
        return self.reference.name

    @property
    def tag(self) -> str | None:
        return self.reference.tag

    @property
    def digest(self) -> str | None:
        return self.reference.digest
