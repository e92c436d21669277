"""The name of a check run, as far as it can be told without a run.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idname
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

LIMIT: Final = 100
"""The longest name that GitHub makes of a job's name and its matrix; a longer one ends in dots."""


class Hole(Enum):
    """A part of a name that only a run can tell."""

    ANY = "*"
    """Any text."""
    SUFFIX = " (*)"
    """What a matrix appends: nothing, or values in parentheses."""


Part: TypeAlias = str | Hole


class CheckName(NamedTuple):
    """A name, or a pattern of names where some of it is not known."""

    parts: tuple[Part, ...]
    """No two texts stand side by side, and none is empty."""

    @classmethod
    def of(cls, *parts: Part) -> CheckName:
        """Return the name that parts make."""
        joined: list[Part] = []
        for part in parts:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif part != "":
                joined.append(part)
        return cls(tuple(joined))

    @property
    def exact(self) -> str | None:
        """The name, when all of it is known."""
        if not self.parts:
            return ""
        return self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], str) else None

    @property
    def says_something(self) -> bool:
        """Whether at least a word of it is known, so that a match is more than chance."""
        return any(isinstance(part, str) and re.search(r"\w", part) for part in self.parts)

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else part.value for part in self.parts)

    def matches(self, context: str) -> bool:
        """Tell whether a check of this name may be called so. Case counts."""
        if self.exact is not None:
            return self.exact == context
        first, last = self.parts[0], self.parts[-1]
        if isinstance(first, str) and not context.startswith(first):
            return False
        if isinstance(last, str) and not context.endswith(last):
            return False
        return _pattern(self.parts).fullmatch(context) is not None

    def inside(self, callers: CheckName) -> CheckName:
        """Return the name of a job of a reusable workflow, as it is called by jobs of a name."""
        return CheckName.of(*callers.parts, " / ", *self.parts)


def unknown(*before: Part) -> CheckName:
    """Return a name of which only the beginning is known."""
    return CheckName.of(*before, Hole.ANY)


def made(base: str, segments: Iterable[str | Hole] = ()) -> CheckName:
    """Return the name made of a job's name and the values of its matrix, empty ones left out."""
    found = [segment for segment in segments if segment != ""]
    if Hole.ANY in found:
        return CheckName.of(base, Hole.SUFFIX)
    words = [segment for segment in found if isinstance(segment, str)]
    text = f"{base} ({', '.join(words)})" if words else base
    return CheckName.of(text if len(text) <= LIMIT else f"{text[: LIMIT - 3]}...")


@lru_cache(maxsize=8192)
def _pattern(parts: tuple[Part, ...]) -> Any:
    import re2

    holes = {Hole.ANY: ".*", Hole.SUFFIX: r"(?: \(.*\))?"}
    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    try:
        return re2.compile("".join(re.escape(one) if isinstance(one, str) else holes[one] for one in parts), options)
    except re2.error:
        # A name too long for the engine is a name of no check.
        return re.compile(r"(?!)")
