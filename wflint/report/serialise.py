"""sarif-om's objects as plain data.

sarif-om only has classes; what is written here is what the standard wants of them: no value that equals the schema's
default, but for `level` and `kind`, which a reader would else take from the rule; and the names of the final schema.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

_ALWAYS = {"level", "kind"}
_RENAMED = {("Suppression", "state"): "status"}
"""sarif-om was made from a draft of the schema; this is all that changed among what we write."""


class _Field(NamedTuple):
    name: str
    key: str
    default: Any


def plain(value: Any) -> Any:
    """Return a sarif-om object, or plain data with such objects in it, as plain data.

    Raises TypeError for any other object and for an attribute that sarif-om's class does not have: sarif-om itself
    would take both in silence.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    fields = _fields(value.__class__)
    held = vars(value)
    if len(held) != len(fields):
        raise TypeError(f"{type(value).__name__} was given an attribute that it does not have")
    found = {}
    for name, key, default in fields:
        item = held[name]
        if item is not None and (item != default or key in _ALWAYS):
            found[key] = plain(item)
    return found


@cache
def _fields(cls: type[Any]) -> tuple[_Field, ...]:
    import attr

    if not attr.has(cls):
        raise TypeError(f"{cls.__name__} is no SARIF object")
    return tuple(
        _Field(
            field.name,
            _RENAMED.get((cls.__name__, field.name), field.metadata["schema_property_name"]),
            field.default.factory() if isinstance(field.default, attr.Factory) else field.default,  # type: ignore[arg-type]
        )
        for field in attr.fields(cls)
    )
