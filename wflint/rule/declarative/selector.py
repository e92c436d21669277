"""What a rule selects: the nodes that are there, and those that are absent though their place is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wflint.rule.declarative import matcher
from wflint.rule.declarative.path import Indexes, Names, Path
from wflint.source.node import Node, Sequence


class Found(NamedTuple):
    """A selected node; or, when something is missing, the last node on the way to it."""

    node: Node
    missing: tuple[str | int, ...] = ()
    """The keys and indexes that lead on from the node to what is not there."""


class Selector:
    """A compiled path.

    The names and indexes that end it are its tail: what stands before them is found or not, and where it is found
    the tail is either there or absent. `$.jobs.*.timeout-minutes` finds something for every job.
    """

    def __init__(self, path: Path) -> None:
        cut = len(path)
        while cut and _single(path[cut - 1]) is not None:
            cut -= 1
        self._head = matcher.compiled(path[:cut])
        self.tail = tuple(step for segment in path[cut:] if (step := _single(segment)) is not None)

    def find(self, root: Node) -> Iterator[Node]:
        """Yield the nodes that are there. One that several ways lead to may come more than once."""
        return (found.node for found in self.trace(root) if not found.missing)

    def trace(self, root: Node) -> Iterator[Found]:
        """Yield the nodes that are there, and the absent ones."""
        nodes = matcher.find(self._head, root)
        tail = self.tail
        if not tail:
            yield from map(Found, nodes)
            return
        for node in nodes:
            for depth, step in enumerate(tail):
                below = node.get(step) if isinstance(step, str) else _item(node, step)
                if below is None:
                    yield Found(node, tail[depth:])
                    break
                node = below
            else:
                yield Found(node)

    @property
    def may_be_absent(self) -> bool:
        """Whether the path ends with a name, so that what it speaks of can be absent."""
        return bool(self.tail) and isinstance(self.tail[-1], str)


def _single(segment: object) -> str | int | None:
    match segment:
        case Names((name,)):
            return name
        case Indexes((index,)):
            return index
    return None


def _item(node: Node, index: int) -> Node | None:
    if not isinstance(node, Sequence) or not -len(node.nodes) <= index < len(node.nodes):
        return None
    return node.nodes[index]
