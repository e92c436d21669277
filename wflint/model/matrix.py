"""A job's matrix, and the jobs that GitHub makes of it.

https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from wflint.lazy import lazy
from wflint.model.view import View, entries, items
from wflint.source.node import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from wflint.model.job import Job

LIMIT = 256
"""The most jobs that GitHub makes of a matrix."""
_MOST_COMPARISONS = 100_000


class _Unknown(Exception):  # noqa: N818 - it ends a search and is no error
    """A comparison hangs on an expression."""


@dataclass(slots=True)
class Combination:
    """The values of one job of the matrix."""

    values: dict[str, Node]
    """What names the job: the axes' values in the file's order; for an entry of `include` that matched no
    combination, the entry's, those of axes first."""
    added: dict[str, Node] = field(default_factory=dict)
    """What `include` added to a combination. It does not show in the job's name."""

    def get(self, key: str) -> Node | None:
        """Return the value of `matrix.<key>`, without regard to case."""
        for values in (self.values, self.added):
            for name, node in values.items():
                if name.lower() == key.lower():
                    return node
        return None


class Matrix(View):
    """`strategy.matrix`."""

    def __init__(self, node: Node, job: Job) -> None:
        super().__init__(node)
        self.job = job

    @lazy
    def axes(self) -> dict[str, Node]:
        """The value of each axis, as written: a list, or an expression that makes one."""
        return {name: node for name, node in entries(self.node).items() if name not in ("include", "exclude")}

    @lazy
    def include(self) -> list[Node]:
        return items(self.node.get("include"))

    @lazy
    def exclude(self) -> list[Node]:
        return items(self.node.get("exclude"))

    @property
    def is_dynamic(self) -> bool:
        """Whether an expression decides how many jobs there are."""
        lists = [*self.axes.values(), self.node.get("include"), self.node.get("exclude")]
        return _is_expression(self.node) or any(_is_expression(node) for node in lists)

    @lazy
    def size(self) -> int | None:
        """How many combinations the axes make before `exclude` and `include`; None when it is dynamic."""
        if self.is_dynamic:
            return None
        return math.prod(len(items(node)) for node in self.axes.values()) if self.axes else 0

    @lazy
    def combinations(self) -> list[Combination] | None:
        """The jobs, in GitHub's order. None when an expression decides, or when the axes alone exceed 256.

        `exclude` goes first: an entry takes away each combination that has all its values. Then `include`: an entry
        is added to each combination whose axes it does not contradict, and makes a job of its own if there is none.
        """
        size = self.size
        entries_ = [node for node in (*self.include, *self.exclude) if isinstance(node, Mapping)]
        if size is None or size > LIMIT or size * sum(node.size for node in entries_) > _MOST_COMPARISONS:
            return None
        try:
            return self._expand()
        except _Unknown:
            return None

    def _expand(self) -> list[Combination]:
        excluded = [dict(node.items()) for node in self.exclude if isinstance(node, Mapping) and node.entries]
        found = [Combination(values) for values in self._product() if not any(_fits(e, values) for e in excluded)]
        crossed = list(found)
        axes = {name.lower() for name in self.axes}
        for entry in self.include:
            given = dict(entries(entry))
            wanted = {name: node for name, node in given.items() if name.lower() in axes}
            extra = {name: node for name, node in given.items() if name.lower() not in axes}
            if not given:
                continue
            fitting = [combination for combination in crossed if _fits(wanted, combination.values)]
            for combination in fitting:
                combination.added.update(extra)
            if not fitting:
                found.append(Combination(wanted | extra))
        return found

    def _product(self) -> Iterator[dict[str, Node]]:
        if self.axes:
            for values in product(*(items(node) for node in self.axes.values())):
                yield dict(zip(self.axes, values, strict=True))

    def values_of(self, key: str) -> list[Node] | None:
        """Return every value that `matrix.<key>` can have, those of `include` among them; None when it is dynamic.

        `exclude` is not regarded. A value may itself be an expression.
        """
        found: list[Node] = []
        include = self.node.get("include")
        if _is_expression(self.node) or _is_expression(include):
            return None
        for name, node in self.axes.items():
            if name.lower() == key.lower():
                if _is_expression(node):
                    return None
                found.extend(items(node))
        for entry in items(include):
            found.extend(node for name, node in entries(entry).items() if name.lower() == key.lower())
        return found


def _is_expression(node: Node | None) -> bool:
    return isinstance(node, Scalar) and "${{" in node.text


def _fits(wanted: dict[str, Node], values: dict[str, Node]) -> bool:
    lower = {name.lower(): node for name, node in values.items()}
    return all(_same(node, lower.get(name.lower())) for name, node in wanted.items())


def _same(wanted: Node, value: Node | None) -> bool:
    """Tell whether a value has all that an entry asks of it: each scalar below it, compared as `==` does."""
    if isinstance(wanted, Mapping):
        return all(_same(node, value.get(name) if value else None) for name, node in wanted.items())
    if isinstance(wanted, Sequence):
        return all(_same(node, value.at(index) if value else None) for index, node in enumerate(wanted))
    if _is_expression(wanted) or _is_expression(value):
        raise _Unknown
    if value is None or isinstance(value, Scalar):
        return _equal(wanted.plain(), value.plain() if value is not None else None)
    return False


def _equal(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if type(left) is type(right):
        return left == right
    return _number(left) == _number(right)


def _number(value: object) -> float:
    """Return a value as the expression language turns it into a number; NaN when it is none."""
    if value is None:
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    text = str(value).strip()
    try:
        return float(text) if text else 0.0
    except ValueError:
        return math.nan
