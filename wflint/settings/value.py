"""A setting: a value, whether it was said, and where.

What a file does not say is not the same as what is off: the format may have a default for it, or may be unable to
tell. Every leaf of the settings model is a `Setting`, so that a rule cannot mistake the one for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from wflint.source.node import Place

T_co = TypeVar("T_co", covariant=True)

State = Literal["set", "default", "unknown"]
"""`set`: written. `default`: not written, and the format says what that means. `unknown`: this input cannot tell."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T_co]):
    """A value with its state and place.

    `value` is None when the state is unknown, and for a rule or list that is known to be off. `place` is that of the
    value; for a default that of what it is missing from. It is there whenever the state is not unknown.
    `via` are further places that had a part in it: other policies that ask for the same.
    """

    value: T_co | None = None
    state: State = "unknown"
    place: Place | None = None
    via: tuple[Place, ...] = ()

    @property
    def known(self) -> bool:
        """Whether a rule may judge it."""
        return self.state != "unknown"

    @property
    def is_set(self) -> bool:
        """Whether it is written out."""
        return self.state == "set"

    @property
    def is_on(self) -> bool:
        """Known, and true, a number above zero, a text or list that is not empty, a rule that is there."""
        return self.known and bool(self.value)

    @property
    def is_off(self) -> bool:
        """Known, and not on. Neither this nor `is_on` holds for what is unknown."""
        return self.known and not self.value

    @property
    def places(self) -> tuple[Place, ...]:
        """All places that had a part in the value, the decisive one first."""
        return (self.place, *self.via) if self.place is not None else self.via

    def known_to_be(self, *values: object) -> bool:
        """Tell whether it is known and one of the values."""
        return self.known and self.value in values

    def known_below(self, number: int) -> bool:
        """Tell whether it is a known number below another; an unknown one is not."""
        return isinstance(self.value, int) and self.value < number


UNKNOWN: Setting[Any] = Setting()
"""A setting of which nothing is known."""

Texts = Setting[tuple[Setting[str], ...]]
"""A list of texts, each with its own place."""


def texts(setting: Texts) -> tuple[str, ...]:
    """Return the plain texts of a list; empty when it is off or unknown."""
    return tuple(each.value for each in setting.value or () if each.value is not None)
