"""Where a job runs.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from wflint.lazy import lazy
from wflint.model.view import View, scalar, scalars, text
from wflint.source.node import Mapping, Node, Scalar

if TYPE_CHECKING:
    from wflint.model.job import Job

System = Literal["linux", "windows", "macos"]

_SYSTEM = re.compile(r"(?P<linux>ubuntu|linux)|(?P<windows>windows)|(?P<macos>macos)", re.IGNORECASE)
_AXIS = re.compile(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}")


class Runner(View):
    """`runs-on`: a label, labels, or a mapping with a group and labels."""

    def __init__(self, node: Node, job: Job) -> None:
        super().__init__(node)
        self.job = job

    @lazy
    def labels(self) -> list[Scalar]:
        """The labels as written; one may hold an expression."""
        return scalars(self.node.get("labels") if isinstance(self.node, Mapping) else self.node)

    @property
    def group(self) -> Scalar | None:
        return scalar(self.node.get("group"))

    @property
    def has_expression(self) -> bool:
        """Whether a label is known only when it runs."""
        return any("${{" in label.text for label in self.labels)

    @lazy
    def names(self) -> list[str] | None:
        """Every label that can be meant, `${{ matrix.os }}` replaced by the axis' values; None if one is unknown."""
        names: list[str] = []
        for label in self.labels:
            if "${{" not in label.text:
                names.append(label.text.strip())
                continue
            axis = _AXIS.fullmatch(label.text.strip())
            values = self.job.matrix.values_of(axis[1]) if axis and self.job.matrix else None
            if values is None:
                return None
            for value in values:
                for name in scalars(value):
                    if "${{" in name.text:
                        return None
                    names.append(name.text)
        return names

    @lazy
    def systems(self) -> frozenset[System]:
        """The operating systems that its labels name; empty when they do not say."""
        found: set[System] = set()
        for name in self.names or ():
            match = _SYSTEM.search(name)
            if match is None:
                continue
            found.add("linux" if match["linux"] else "windows" if match["windows"] else "macos")
        return frozenset(found)

    @property
    def self_hosted(self) -> bool:
        """Whether a label says `self-hosted`."""
        return any((text(label) or "").strip().lower() == "self-hosted" for label in self.labels)
