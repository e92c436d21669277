"""The loader: a table is one JSON file beside this package, read when it is first asked for.

Every file is `{"as_of": date, "source": [names], "data": …}`. `as_of` is the day of the newest source, `source` says
where its facts can be checked. A name that a table does not list is *unknown*, never wrong. Action names, their
inputs and labels are lower-case; the accessors lower what they are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "data"


class Table(NamedTuple):
    """One file: its date (`YYYY-MM-DD`), the names of its sources, and its rows as parsed JSON."""

    as_of: str
    source: tuple[str, ...]
    data: dict[str, Any]


@cache
def table(topic: str) -> Table:
    """Return a table, loaded once; callers do not change it. Raises FileNotFoundError for an unknown topic."""
    import json

    content = json.loads((_FOLDER / f"{topic}.json").read_bytes())
    return Table(content["as_of"], tuple(content["source"]), content["data"])


def topics() -> list[str]:
    """Return the names of all tables."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def strings(value: Any) -> tuple[str, ...]:
    """Return a row's list of texts; empty when the row has none."""
    return tuple(value or ())


def choices(value: Mapping[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    """Return a row's map of names to lists of texts; empty when the row has none."""
    return {name: tuple(texts) for name, texts in (value or {}).items()}


def names(action: str) -> Iterator[str]:
    """Yield the keys under which an action may be listed: its own, its folders', its repository's; lower-case.

    `Owner/Repo/path/to` gives `owner/repo/path/to`, `owner/repo/path`, `owner/repo`.
    """
    name = action.lower()
    while name.count("/") >= 1 and not name.endswith("/"):
        yield name
        name = name.rpartition("/")[0]
