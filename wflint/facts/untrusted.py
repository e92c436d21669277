"""Which values of a run carry text that someone else wrote, who that is and what the text may hold.

A path is a context's path in lower case: `("github", "event", "issue", "title")`. An index, a filter and a name that
is not known are all `"*"`: `("github", "event", "commits", "*", "message")`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from wflint.facts.table import names, table

Grade = Literal["free", "ref", "structured", "fixed", "derived", "caller"]
"""`free` any text · `ref` no blanks, but shell characters · `structured` a narrow alphabet · `fixed` numbers, dates,
enumerations · `derived` as what it was made from (env, matrix, outputs) · `caller` as what the caller passes."""
Author = Literal["outsider", "writer", "app", "owner", "caller", "derived", "github"]
Path = tuple[str, ...]

_GRADES: tuple[Grade, ...] = ("free", "ref", "caller", "derived", "structured", "fixed")
_AUTHORS: tuple[Author, ...] = ("outsider", "app", "writer", "caller", "derived", "owner", "github")


class Origin(NamedTuple):
    """Where a value comes from. `events` holds `"*"` for every event; `core` marks the short list of dangerous ones."""

    path: str
    grade: Grade
    by: Author
    events: frozenset[str]
    core: bool = False

    @property
    def injectable(self) -> bool:
        """Whether the text can break out of a shell word or a script."""
        return self.grade in ("free", "ref")

    def occurs(self, events: Collection[str] | None) -> bool:
        """Tell whether the value exists in a run of one of the events; a called workflow has its caller's event."""
        return events is None or "*" in self.events or "workflow_call" in events or not self.events.isdisjoint(events)


def origin(path: Sequence[str], events: Collection[str] | None = None) -> Origin | None:
    """Return the most dangerous origin of a value; None when it is unknown or absent in all of `events`.

    `events` are the workflow's triggers; None asks for any event. Sources: GitHub docs, Secure use reference; Webhook
    events and payloads.
    """
    asked = tuple(path)
    found = _found(asked)
    if asked[:1] == ("inputs",) and len(asked) > 1 and events is not None and "workflow_dispatch" not in events:
        return (
            Origin("inputs.*", "caller", "caller", frozenset({"workflow_call"})) if "workflow_call" in events else None
        )
    if not found:
        return _by_payload(asked, events)
    return min((row for row in found if row.occurs(events)), key=_danger, default=None)


def grade(path: Sequence[str], events: Collection[str] | None = None) -> Grade | None:
    """Return what a value may hold, as `origin` does."""
    found = origin(path, events)
    return found.grade if found else None


def below(path: Sequence[str], events: Collection[str] | None = None) -> Origin | None:
    """Return the most dangerous origin of anything inside a value: what `toJSON(github.event)` would show."""
    asked = tuple(path)
    rows, wild = _rows()
    inside = (
        row
        for pattern, row in (*rows.items(), *wild)
        if len(pattern) > len(asked) and _matches(pattern[: len(asked)], asked) and row.occurs(events)
    )
    return min(inside, key=_danger, default=None)


def paths() -> Iterator[Origin]:
    """Yield every listed path."""
    rows, wild = _rows()
    yield from rows.values()
    yield from (row for _, row in wild)


def action_outputs(action: str) -> dict[str, Grade]:
    """Return which outputs of an action carry foreign text, `{}` when none is known.

    Names are lower-case globs; `(files)` are files it leaves and `(env) *` variables it sets.
    """
    for name in names(action):
        if name in (outputs := table("untrusted").data["action_outputs"]):
            return cast("dict[str, Grade]", dict(outputs[name]))
    return {}


def action_output(action: str, output: str) -> Grade | None:
    """Return what one output of an action may hold; None when nothing foreign is known."""
    found = [value for name, value in action_outputs(action).items() if fnmatchcase(output.lower(), name)]
    return min(found, key=_GRADES.index, default=None)


def second_hand() -> dict[str, str]:
    """Return the events that hand on an outsider's text although a writer or GitHub fires them: event → how."""
    return dict(table("untrusted").data["second_hand"])


def safe_functions() -> frozenset[str]:
    """Return the functions, lower-case, whose result holds none of their arguments' text."""
    return frozenset(name.lower() for name in table("untrusted").data["safe"]["functions"])


def safe_input_types() -> frozenset[str]:
    """Return the types of `workflow_dispatch` inputs that no one can fill with free text."""
    return frozenset(table("untrusted").data["safe"]["inputs_of_type"])


@lru_cache(maxsize=4096)
def _found(asked: Path) -> tuple[Origin, ...]:
    rows, wild = _rows()
    if "*" not in asked and asked in rows:
        return (rows[asked],)
    first = asked[:1]
    found = [row for pattern, row in wild if pattern[:1] == first and _matches(pattern, asked)]
    if "*" in asked:
        found += [row for pattern, row in rows.items() if _matches(pattern, asked)]
    return tuple(found)


@cache
def _rows() -> tuple[dict[Path, Origin], list[tuple[Path, Origin]]]:
    data = table("untrusted").data
    core = set(data["core"])
    exact: dict[Path, Origin] = {}
    wild: list[tuple[Path, Origin]] = []
    for text, (level, by, events) in data["paths"].items():
        row = Origin(text, level, by, frozenset(events), text in core)
        pattern = tuple(text.split("."))
        if "*" in pattern or "**" in pattern:
            wild.append((pattern, row))
        else:
            exact[pattern] = row
    return exact, wild


def _matches(pattern: Path, path: Path) -> bool:
    if pattern and pattern[-1] == "**":
        pattern = pattern[:-1]
        path = path[: len(pattern)]
    return len(pattern) == len(path) and all(
        want == "*" or have in ("*", want) for want, have in zip(pattern, path, strict=True)
    )


def _danger(row: Origin) -> tuple[int, int]:
    return _GRADES.index(row.grade), _AUTHORS.index(row.by)


def _by_payload(path: Path, events: Collection[str] | None) -> Origin | None:
    if path[:2] != ("github", "event") or len(path) < 3:
        return None
    from wflint.facts.payloads import kind

    found = kind(path[2:], events)
    if found is None:
        return None
    return Origin(".".join(path), "structured" if found in ("string", "uri") else "fixed", "github", frozenset({"*"}))
