"""What a rule selects: the nodes that are there, and those that are absent though their place is."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.rule.declarative import matcher
from wflint.rule.declarative.found import Found
from wflint.rule.declarative.path import Indexes, Names, Path, Top
from wflint.rule.declarative.target import Kept
from wflint.source.node import Node, Sequence


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
        self._steps = matcher.compiled(path)
        self._cut = cut
        self._keys = [str(path[: end + 1]) for end in range(len(path))]
        self.key = self._keys[-1] if self._keys else ""
        """Under which what it finds is kept for the rules that follow."""
        self._rooted = "Top(" in repr(path)

    @property
    def may_be_absent(self) -> bool:
        """Whether the path ends with a name, so that what it speaks of can be absent."""
        return bool(self.tail) and isinstance(self.tail[-1], str)

    def find(self, roots: list[Node], kept: Kept | None = None) -> list[Node]:
        """Return the nodes that are there. One that several ways lead to may come more than once.

        `kept` holds what was found before in the same document.
        """
        return self._find(roots, len(self._steps), {} if kept is None else kept)

    def absent(self, roots: list[Node], kept: Kept | None = None) -> Iterator[Found]:
        """Yield where the tail is absent."""
        for node in self._find(roots, self._cut, {} if kept is None else kept):
            for depth, step in enumerate(self.tail):
                below = node.get(step) if isinstance(step, str) else _item(node, step)
                if below is None:
                    yield Found(node, self.tail[depth:])
                    break
                node = below

    def _find(self, roots: list[Node], end: int, kept: Kept) -> list[Node]:
        if not end or not roots:
            return roots
        nodes = kept.get(self._keys[end - 1])
        if nodes is None:
            if self._rooted:
                # Inside a filter `$` is one root, so that each is looked at on its own.
                nodes = [node for root in roots for node in matcher.find(self._steps[:end], root, root)]
            else:
                nodes = self._steps[end - 1](self._find(roots, end - 1, kept), roots[0])
            kept[self._keys[end - 1]] = nodes
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
