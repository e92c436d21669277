"""What `github.event` can contain, by trigger. Source: GitHub docs, Webhook events and payloads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from wflint.facts.table import table


def kind(path: Sequence[str], events: Collection[str] | None = None) -> str | None:
    """Return the type of a value below `github.event`; None when no payload has it.

    `path` is lower-case, `"*"` is any item: `("issue", "number")`, `("commits", "*", "id")`. Types: string, uri, date,
    integer, number, boolean, enum, object, array, any.
    """
    return _kind(tuple(path), None if events is None else frozenset(events))


def fields(event: str, path: Sequence[str] = ()) -> frozenset[str] | None:
    """Return the names that an object of a trigger's payload may have.

    None when the payload is not known, is open (anything goes), or has no object there.
    """
    data = table("event-payloads").data
    if event not in data["events"]:
        return None
    node = _walk(data["events"][event], tuple(path), data["types"])
    return frozenset(node) if isinstance(node, dict) and "*" not in node else None


@lru_cache(maxsize=1024)
def _kind(path: tuple[str, ...], events: frozenset[str] | None) -> str | None:
    data = table("event-payloads").data
    for name, payload in data["events"].items():
        if events is None or name in events or "workflow_call" in events:
            found = _at(payload, path, data["types"])
            if found is not None:
                return found
    return None


def _at(node: Any, path: tuple[str, ...], types: dict[str, Any]) -> str | None:
    found = _walk(node, path, types)
    if isinstance(found, dict):
        return "object"
    if isinstance(found, list):
        return "array"
    return found if isinstance(found, str) else None


def _walk(node: Any, path: tuple[str, ...], types: dict[str, Any]) -> Any:
    node = _resolved(node, types)
    for step in path:
        if isinstance(node, list):
            node = _resolved(node[0], types) if node and (step == "*" or step.isdecimal()) else None
        elif isinstance(node, dict):
            if step in node:
                node = _resolved(node[step], types)
            elif "*" in node:
                node = _resolved(node["*"], types)
            else:
                return None
        else:
            return "any" if node == "any" else None
    return node


def _resolved(node: Any, types: dict[str, Any]) -> Any:
    for _ in range(8):
        if not (isinstance(node, str) and node.startswith("@")):
            break
        node = types.get(node[1:], node[1:])
    return node
