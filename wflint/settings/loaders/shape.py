"""Judging a request's shape: keys that GitHub does not know, keys that it wants, values that it refuses.

Only for what is sent to GitHub. Answers may hold more than is documented.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Dict
from difflib import get_close_matches
from typing import Any

from wflint.facts.settings import Field
from wflint.settings.loaders.read import Notes, is_null
from wflint.source.node import Mapping, Node, Scalar, Sequence

_COMMENTS = ("_", "$", "//", "#", "comment")


def judge(
    node: Node, fields: Dict[str, Field], call: str | None, notes: Notes, *, also: Collection[str] = (), what: str
) -> None:
    """Note what is odd in a request; `also` are further keys of its top level, `what` names it in messages."""
    rows = {path: _row(field, call) for path, field in fields.items() if call is None or call in field.calls}
    below: dict[str, set[str]] = {}
    for path in rows:
        parent, name = (path[:-2], "[]") if path.endswith("[]") else _split(path)
        below.setdefault(parent, set()).add(name)
    stack = [(node, "")]
    while stack:
        one, path = stack.pop()
        inside = below.get(path, set())
        known = inside - {"[]"}
        if isinstance(one, Mapping) and known:
            accepted = known | set(also) if not path else known
            unknown_keys(one, accepted, notes, f"`{path}`" if path else what)
            for name in sorted(known - set(one.entries)):
                if rows[_join(path, name)].get("required"):
                    notes.add(
                        one.head,
                        f"{what[:1].upper()}{what[1:]} lacks `{_join(path, name)}`; GitHub refuses it so.",
                        "missing-key",
                    )
            stack.extend((value, _join(path, name)) for name, value in reversed(list(one.items())) if name in known)
        elif isinstance(one, Sequence) and "[]" in inside:
            stack.extend((item, f"{path}[]") for item in reversed(one.nodes))
        elif isinstance(one, Scalar) and path in rows and not is_null(one):
            _value(one, path, rows[path], notes)


def unknown_keys(node: Node | None, known: Collection[str], notes: Notes, what: str) -> None:
    """Note the keys of a mapping that are not known, with the nearest that is. Comments in disguise are let pass."""
    if not isinstance(node, Mapping):
        return
    for name, value in node.items():
        if name in known or name.lower().startswith(_COMMENTS):
            continue
        near = get_close_matches(name, list(known), n=1, cutoff=0.6)
        hint = f"Did you mean `{near[0]}`?" if near else None
        key = value.key_node or node.keys[name]
        notes.add(key, f"`{name}` is no key of {what} and has no effect.", "unknown-key", hint)


def _row(field: Field, call: str | None) -> dict[str, Any]:
    changed = field.changed.get(call or "")
    if changed is None:
        return field.facts
    # What differs by call says anew whether the field is required; its range stays.
    return {name: value for name, value in field.facts.items() if name != "required"} | changed


def _split(path: str) -> tuple[str, str]:
    parent, _, name = path.rpartition(".")
    return parent, name


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _value(node: Scalar, path: str, row: dict[str, Any], notes: Notes) -> None:
    values = row.get("values")
    name = path.rpartition(".")[2]
    if values and node.text not in values:
        near = get_close_matches(node.text, values, n=1, cutoff=0.6)
        hint = f"Did you mean `{near[0]}`?" if near else None
        notes.add(node, f"`{name}` must be one of {', '.join(values)}.", "unknown-value", hint)
    number = node.value
    if isinstance(number, int | float) and not isinstance(number, bool):
        low, high = row.get("min"), row.get("max")
        if (low is not None and number < low) or (high is not None and number > high):
            notes.add(node, f"`{name}` must be from {low} to {high}.", "unknown-value")
