"""Whether a path can ever find anything in a file as GitHub defines it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from wflint.errors import nearest
from wflint.facts import schema
from wflint.rule.declarative.path import (
    All,
    Below,
    Compare,
    Every,
    Exists,
    Filtered,
    Having,
    Indexes,
    Names,
    Path,
    Range,
    Segment,
    Some,
    Test,
    Top,
)

ROOT = "(root)"


class Dead(NamedTuple):
    """Why a path finds nothing, and what may have been meant."""

    message: str
    hint: str | None


def dead(path: Path, kind: schema.Kind, start: str = ROOT) -> Dead | None:
    """Return why a path can never find anything from a route in a file of a kind; None when it can."""
    result = _Walk(kind, start).path({start}, path)
    return result if isinstance(result, Dead) else None


class _Walk:
    """Follows a path over routes. None stands for anything at all, where the schema leaves open what may stand."""

    def __init__(self, kind: schema.Kind, start: str) -> None:
        self.kind: schema.Kind = kind
        self.start = start

    def path(self, routes: set[str] | None, path: Path) -> set[str] | Dead | None:
        for segment in path:
            if routes is None and not isinstance(segment, Top):
                return None
            following = self.segment(routes or set(), segment)
            if isinstance(following, Dead):
                return following
            routes = following
        return routes

    def segment(self, routes: set[str], segment: Segment) -> set[str] | Dead | None:
        match segment:
            case Top():
                return {self.start}
            case Names(names):
                return self.names(routes, names)
            case Every():
                return self.some(routes, self.children(routes, keys=True, items=True), "nothing stands below")
            case Indexes() | Range():
                return self.some(routes, self.children(routes, keys=False, items=True), "there are no items in")
            case Below(inner):
                below = self.below(routes)
                return None if below is None else self.path(below, inner)
            case Having(path, negated):
                found = self.path(routes, path)
                return found if isinstance(found, Dead) and not negated else routes
            case Filtered(test):
                children = self.children(routes, keys=True, items=True)
                if not children:
                    return self.some(routes, children, "nothing stands below")
                return self.test(children, test) or children

    def names(self, routes: set[str], names: tuple[str, ...]) -> set[str] | Dead | None:
        found: set[str] = set()
        for route in routes:
            stem = "" if route == ROOT else f"{route}."
            named = {stem + name for name in names} & _known(self.kind)
            if not named and self.free(route):
                if f"{stem}*" not in _known(self.kind):
                    return None
                named = {f"{stem}*"}
            found |= named
        if found:
            return found
        keys = sorted({key for route in routes for key in self.keys(route)})
        name = names[0]
        where = _where(routes)
        if not keys:
            return Dead(f"`{name}` finds nothing: there are no keys in {where}", None)
        hint = nearest(name, keys) or f"keys: {', '.join(keys)}"
        return Dead(f"`{name}` finds nothing: there is no such key in {where}", hint)

    def some(self, routes: set[str], found: set[str] | None, why: str) -> set[str] | Dead | None:
        return Dead(f"this finds nothing: {why} {_where(routes)}", None) if found == set() else found

    def children(self, routes: Iterable[str], *, keys: bool, items: bool) -> set[str] | None:
        found: set[str] = set()
        for route in routes:
            below = _children(self.kind).get(route, frozenset())
            kept = {each for each in below if (items if each.endswith("[]") else keys)}
            if not kept and self.is_open(route):
                return None
            found |= kept
        return found

    def below(self, routes: set[str]) -> set[str] | None:
        found = set(routes)
        waiting = list(routes)
        while waiting:
            route = waiting.pop()
            if self.is_open(route):
                return None
            for child in _children(self.kind).get(route, frozenset()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def test(self, routes: set[str] | None, test: Test) -> Dead | None:
        """Return why a test is never true of nodes at the routes."""
        match test:
            case All(tests):
                return next((why for each in tests if (why := self.test(routes, each))), None)
            case Some(tests):
                whys = [self.test(routes, each) for each in tests]
                return whys[0] if all(whys) else None
            case Exists(path, negated):
                found = self.path(routes, path)
                return found if isinstance(found, Dead) and not negated else None
            case Compare():
                found = self.path(routes, test.path)
                return found if isinstance(found, Dead) and test.operator != "!=" else None

    def keys(self, route: str) -> frozenset[str]:
        stem = "" if route == ROOT else f"{route}."
        children = _children(self.kind).get(route, frozenset())
        return frozenset(each.removeprefix(stem) for each in children if not each.endswith("[]")) - {"*"}

    def free(self, route: str) -> bool:
        """Tell whether a mapping at a route takes any key."""
        row = schema.row(route, self.kind)
        return row is None or row.free_keys or self.is_open(route)

    def is_open(self, route: str) -> bool:
        """Tell whether the schema says nothing of what stands below a route."""
        row = schema.row(route, self.kind)
        if row is None or "any" in row.kinds:
            return True
        return bool(row.kinds & {"mapping", "sequence"}) and not _children(self.kind).get(route)


@lru_cache(maxsize=8)
def _known(kind: schema.Kind) -> frozenset[str]:
    return frozenset(schema.routes(kind))


@lru_cache(maxsize=8)
def _children(kind: schema.Kind) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for route in schema.routes(kind):
        if route != ROOT:
            found.setdefault(_parent(route), set()).add(route)
    return {route: frozenset(below) for route, below in found.items()}


def _parent(route: str) -> str:
    if route.endswith("[]"):
        return route[:-2] or ROOT
    return route.rpartition(".")[0] or ROOT


def _where(routes: set[str]) -> str:
    names = sorted(routes)
    return "the file's root" if names == [ROOT] else " or ".join(f"`{name}`" for name in names[:3])
