"""What a rule speaks of: a node, or what is missing below one."""

from __future__ import annotations

from typing import NamedTuple

from wflint.source.node import Node


class Found(NamedTuple):
    """A node; where something is missing, the last one on the way to it."""

    node: Node
    missing: tuple[str | int, ...] = ()
    """The keys and indexes that lead on from the node to what is not there."""
