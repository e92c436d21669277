"""The order in which boxes stand: in columns, so that each comes after those it needs, and links cross little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

Ids = Sequence[str]
Links = Sequence[tuple[str, str]]

_MOST_WAYPOINTS = 2000
_ROUNDS = 4


def columns(ids: Ids, links: Links) -> list[list[str]]:
    """Return the columns of nodes, those that need nothing first; `links` are (needed, dependent).

    What stands in a circle, or needs what does, comes last.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(ids, ()))
    for needed, dependent in links:
        sorter.add(dependent, needed)
    with suppress(CycleError):
        # It can be asked all the same for what no circle stands before.
        sorter.prepare()
    order = {id: index for index, id in enumerate(ids)}
    found: list[list[str]] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        if not ready:
            break
        found.append(sorted(ready, key=order.__getitem__))
        sorter.done(*ready)
    placed = {id for column in found for id in column}
    circular = [id for id in ids if id not in placed]
    return [*found, circular] if circular else found


def waypoints(found: list[list[str]], links: Links) -> tuple[list[list[str]], dict[tuple[str, str], list[str]]]:
    """Return the columns with a waypoint for each link that goes over one, and the waypoints by link.

    So the link finds a way between the boxes. Where that would be too many, there are none.
    """
    level = {id: number for number, column in enumerate(found) for id in column}
    if sum(max(level[b] - level[a] - 1, 0) for a, b in links) > _MOST_WAYPOINTS:
        return found, {}
    filled = [list(column) for column in found]
    ways: dict[tuple[str, str], list[str]] = {}
    for number, (a, b) in enumerate(links):
        for between in range(level[a] + 1, level[b]):
            point = f"p{number}.{between}"
            filled[between].append(point)
            ways.setdefault((a, b), []).append(point)
    return filled, ways


def uncrossed(found: list[list[str]], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the columns ordered so that linked nodes stand at like heights: by the mean height of their neighbours."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for a, b in links:
        before.setdefault(b, []).append(a)
        after.setdefault(a, []).append(b)
    ordered = [list(column) for column in found]
    for turn in range(_ROUNDS):
        forward = turn % 2 == 0
        neighbours = before if forward else after
        for number in range(1, len(ordered)) if forward else range(len(ordered) - 2, -1, -1):
            beside = ordered[number - 1 if forward else number + 1]
            height = {id: (index + 0.5) / len(beside) for index, id in enumerate(beside)}
            ordered[number] = _by_mean(ordered[number], neighbours, height)
    return ordered


def _by_mean(column: list[str], neighbours: Mapping[str, list[str]], height: Mapping[str, float]) -> list[str]:
    def mean(item: tuple[int, str]) -> float:
        index, id = item
        heights = [height[each] for each in neighbours.get(id, ()) if each in height]
        return sum(heights) / len(heights) if heights else (index + 0.5) / len(column)

    return [id for _, id in sorted(enumerate(column), key=mean)]
