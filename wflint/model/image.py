"""A container image and how it is named: `[registry/]path[:tag][@digest]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wflint.lazy import lazy
from wflint.model.view import View, entries
from wflint.source.node import Place, Scalar

if TYPE_CHECKING:
    from wflint.model.action import Action
    from wflint.model.job import Job
    from wflint.model.step import UsesStep


class ImageName(NamedTuple):
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

    @lazy
    def text(self) -> str:
        """The reference without `docker://`."""
        return self.node.text.strip().removeprefix("docker://")

    @property
    def has_expression(self) -> bool:
        """Whether a part of it is known only when it runs."""
        return "${{" in self.text

    @lazy
    def reference(self) -> ImageName:
        """Its parts. An expression counts as text, so look at `has_expression` first."""
        return ImageName.parse(self.text)

    @lazy
    def alternatives(self) -> list[str] | None:
        """Every reference that can be meant, in order: `${{ matrix.… }}` by its values; None if a part is unknown."""
        if not self.has_expression:
            return [self.text]
        matrix = self.job.matrix if self.job is not None else None
        combinations = matrix.combinations if matrix is not None else None
        if combinations is None:
            return None
        parts = _parts(self.text)
        if parts is None:
            return None
        found: dict[str, None] = {}
        for combination in combinations:
            text = ""
            for part in parts:
                if isinstance(part, str):
                    text += part
                    continue
                value = combination.get(part[0])
                for key in part[1:]:
                    value = next((node for name, node in entries(value).items() if name.lower() == key), None)
                if value is not None and not isinstance(value, Scalar):
                    return None
                text += value.string or "" if value is not None else ""
            if "${{" in text:
                return None
            found[text.strip().removeprefix("docker://")] = None
        return list(found)

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


def _parts(text: str) -> list[str | tuple[str, ...]] | None:
    """Return the literal parts of a text and, between them, the paths below `matrix` that its expressions read."""
    from wflint.expression.error import ExpressionError
    from wflint.expression.find import find
    from wflint.expression.tree import path

    parts: list[str | tuple[str, ...]] = []
    end = 0
    for embedded in find(text):
        try:
            route = path(embedded.parse())
        except ExpressionError:
            return None
        if route is None or len(route) < 2 or route[0] != "matrix" or "*" in route:
            return None
        parts += text[end : embedded.span.start], route[1:]
        end = embedded.span.end
    return [*parts, text[end:]]
