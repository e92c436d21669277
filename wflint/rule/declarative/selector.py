"""What a rule selects: the nodes that are there, and those that are absent though their place is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wflint.rule.declarative import matcher
from wflint.rule.declarative.found import Found
from wflint.rule.declarative.path import Indexes, Names, Path, Top
from wflint.source.node import Node, Sequence

_KEY = "selected"


class Selector:
    """A compiled path.

    The names and indexes that end it are its tail: what stands before them is found or not, and where it is found
    the tail is either there or absent. `$.jobs.*.timeout-minutes` is there or absent in every job.
    """

    def __init__(self, path: Path) -> None:
        # What stands before the last `$` leads nowhere.
        path = path[max((place + 1 for place, segment in enumerate(path) if isinstance(segment, Top)), default=0) :]
        cut = len(path)
        while cut and _single(path[cut - 1]) is not None:
            cut -= 1
        self.tail = tuple(step for segment in path[cut:] if (step := _single(segment)) is not None)
        self.first = path[0].names[0] if path and isinstance(path[0], Names) and len(path[0].names) == 1 else None
        """The key that a path begins with, if it begins with one: without it the path finds nothing."""
        self._steps = matcher.compiled(path)
        self._head = self._steps[:cut]
        self._keys = [repr(path[: end + 1]) for end in range(len(path))]

    @property
    def may_be_absent(self) -> bool:
        """Whether the path ends with a name, so that what it speaks of can be absent."""
        return bool(self.tail) and isinstance(self.tail[-1], str)

    def find(self, root: Node) -> list[Node]:
        """Return the nodes that are there. One that several ways lead to may come more than once."""
        return self._found(root, self._steps)

    def absent(self, root: Node) -> Iterator[Found]:
        """Yield where the tail is absent."""
        for node in self._found(root, self._head):
            for depth, step in enumerate(self.tail):
                below = node.get(step) if isinstance(step, str) else _item(node, step)
                if below is None:
                    yield Found(node, self.tail[depth:])
                    break
                node = below

    def _found(self, root: Node, steps: tuple[matcher.Step, ...]) -> list[Node]:
        """Return what steps find; what they find in a whole document is kept for the rules that follow."""
        if root.parent is not None or not steps:
            return matcher.find(steps, root, root)
        kept = root.document.derived.get(_KEY)
        if not isinstance(kept, dict) or kept[""] is not root:
            kept = root.document.derived[_KEY] = {"": root}
        return self._kept(kept, root, len(steps))

    def _kept(self, kept: dict[str, Any], root: Node, end: int) -> list[Node]:
        if not end:
            return [root]
        nodes: list[Node] | None = kept.get(self._keys[end - 1])
        if nodes is None:
            nodes = kept[self._keys[end - 1]] = self._steps[end - 1](self._kept(kept, root, end - 1), root)
        return nodes


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
