"""Version tags, read leniently, and ranges of them.

A range is `(introduced, fixed, last affected)` without a `v`; `fixed` itself is not in it, `last affected` is.
"""

from __future__ import annotations

import re
from functools import lru_cache, total_ordering
from typing import NamedTuple

_TAG = re.compile(
    r"(?:releases?/)?v?(?P<parts>\d{1,9}(?:\.\d{1,9}){0,3})(?P<any>(?:\.[x*]){0,3})(?P<pre>[-.]?(?:rc|alpha|beta|pre|dev)\b.*)?",
    re.IGNORECASE,
)
_NEWEST = 10**9


@total_ordering
class Version(NamedTuple):
    """A version's numbers and whether it is final. A floating tag holds a number above all others at its end."""

    numbers: tuple[int, int, int, int]
    final: bool = True

    def __lt__(self, other: object) -> bool:
        return tuple(self) < tuple(other) if isinstance(other, Version) else NotImplemented

    @property
    def floating(self) -> bool:
        """Whether it stands for the newest of its line, as `v4` and `v4.1` do."""
        return self.numbers[-1] == _NEWEST and self.numbers[2] == _NEWEST

    def agrees(self, other: Version) -> bool:
        """Tell whether both can mean one release: what floats in one may be anything in the other."""
        pairs = zip(self.numbers, other.numbers, strict=True)
        return all(mine == theirs or _NEWEST in (mine, theirs) for mine, theirs in pairs)

    @property
    def major(self) -> int:
        return self.numbers[0]


class Range(NamedTuple):
    """A stretch of versions: from `introduced`, before `fixed`, up to and with `last`."""

    introduced: str
    fixed: str | None
    last: str | None

    @property
    def everything(self) -> bool:
        """Whether no version is outside of it."""
        return self.introduced == "0" and self.fixed is None and self.last is None

    def holds(self, version: Version) -> bool:
        """Tell whether a version lies in the range."""
        return (
            _bound(self.introduced) <= version
            and (self.fixed is None or version < _bound(self.fixed))
            and (self.last is None or version <= _bound(self.last))
        )


@lru_cache(maxsize=4096)
def parse(ref: str) -> Version | None:
    """Return the version that a ref names; None for a branch, a commit or any other name.

    `v4`, `4.x` and `v4.1` float: they count as the newest of their line. `v4.1.2`, `4.1.2` and `release/v1.13.0` are
    exact, `v4.0.0-rc.1` comes before `v4.0.0`.
    """
    match = _TAG.fullmatch(ref.strip())
    if match is None or (len(ref) == 40 and ref.isdecimal()):
        return None
    numbers = [int(part) for part in match["parts"].split(".")]
    exact = len(numbers) >= 3 and not match["any"]
    filled = [*numbers, *[0 if exact or match["pre"] else _NEWEST] * 3][:4]
    return Version((filled[0], filled[1], filled[2], filled[3]), match["pre"] is None)


def _bound(text: str) -> Version:
    numbers = [int(part) for part in text.split(".")]
    filled = [*numbers, 0, 0, 0][:4]
    return Version((filled[0], filled[1], filled[2], filled[3]))
