"""What the readers of a script's parts know of each other."""

from __future__ import annotations

from typing import NamedTuple

from wflint.shell.command import Alternative, Command, Pipeline, Place, Redirect
from wflint.shell.options import Options
from wflint.shell.word import Substitution
from wflint.shell.words import Depth


class Frame(NamedTuple):
    """What stands around a statement."""

    inside: tuple[Place, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    """All within which the statement stands, so that each knows its commands."""
    alternative: Alternative | None = None
    negated: bool = False
    in_and_list: bool = False
    captured_by: Substitution | None = None
    is_value: bool = False
    pipeline: Pipeline | None = None
    stage: int = 0
    is_last: bool = False

    def within(self, place: Place) -> Frame:
        return self._replace(inside=(*self.inside, place))


class Shared:
    """What is collected, in a script and in the scripts nested in it."""

    __slots__ = ("commands", "depth", "has_error", "options", "pipelines")

    def __init__(self, options: Options) -> None:
        self.commands: list[Command] = []
        self.pipelines: list[Pipeline] = []
        self.options = options
        self.has_error = False
        self.depth = Depth()
