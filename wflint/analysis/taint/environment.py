"""The variables of a step that hold foreign text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from collections.abc import Mapping as Dict

from wflint.analysis.taint.taint import Taint


class Written:
    """The variables of a job or action: its own, and those that steps write to GITHUB_ENV, each from its step on."""

    __slots__ = ("_by_name", "_spelled")

    def __init__(self) -> None:
        self._by_name: dict[str, list[tuple[int, Taint]]] = {}
        self._spelled: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def add(self, name: str, taint: Taint, position: int) -> None:
        """Note what a variable holds in the steps behind a position, unless it holds worse; positions never fall."""
        found = self._by_name.setdefault(name, [])
        self._spelled.setdefault(name.lower(), name)
        if not found or taint.danger < found[-1][1].danger:
            found.append((position, taint))

    def get(self, name: str, until: int) -> Taint | None:
        """Return what a variable holds before the step at a position writes."""
        found = self._by_name.get(name, ())
        at = bisect_left(found, until, key=lambda each: each[0])
        return found[at - 1][1] if at else None

    def spelled(self, name: str) -> str:
        """Return a name in lower case as it is written."""
        return self._spelled.get(name, name)


class Environment:
    """The variables of one step, or of a job for what it says outside of its steps."""

    __slots__ = ("_own", "_set", "_spelled", "_until", "_written")

    def __init__(
        self, written: Written, until: int, names: Collection[str] = (), own: Dict[str, Taint] | None = None
    ) -> None:
        self._written = written
        self._until = until
        self._set = frozenset(names)
        self._own = own or {}
        self._spelled = {name.lower(): name for name in names}

    def __bool__(self) -> bool:
        """Tell whether any variable may hold something."""
        return bool(self._own) or bool(self._written)

    def get(self, name: str) -> Taint | None:
        """Return what a variable holds; None where it holds nothing foreign."""
        return self._own.get(name) if name in self._set else self._written.get(name, self._until)

    def find(self, name: str) -> Taint | None:
        """Return what `env.<name>`, in lower case, holds: contexts know no case."""
        return self.get(self._spelled[name] if name in self._spelled else self._written.spelled(name))
