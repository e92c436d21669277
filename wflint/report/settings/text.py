"""Settings for a terminal: a line for each that is known, with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analysis.repository import Repository
from wflint.report.escape import clipped, line
from wflint.report.settings.tables import Row, Table, tables, words
from wflint.source.node import Place

_WIDEST = 60
_INTENT = {"live": "as GitHub answered", "desired": "as somebody wants it"}


def render(found: Iterable[Repository]) -> Iterator[str]:
    """Yield the lines of each repository that is told of."""
    each = [(settings, repository) for repository in found for settings in repository.settings]
    for number, (settings, repository) in enumerate(each):
        if number:
            yield "\n"
        yield _line(settings.subject or "this repository")
        for source in settings.sources:
            yield _line(f"  from {source.document.name} ({source.format}, {_INTENT[source.intent]})")
        for table in tables(settings, repository):
            yield from _table(table)
        if settings.oddities:
            yield "\nodd\n"
        for oddity in settings.oddities:
            yield _line(f"  {_place(oddity.place)}: {oddity.message}")


def _table(table: Table) -> Iterator[str]:
    known = [row for row in table.rows if row.setting.known]
    if not known and not table.policies and table.kind != "refs":
        return
    title = {"refs": "", "environments": "environment "}.get(table.kind, table.kind)
    yield _line("")
    yield _line(f"{title}{table.name}")
    for how, policy in table.policies:
        yield _line(f"  {policy.title.replace('`', '')} {how}  {_place(policy.place)}")
        if policy.bypass.is_on:
            yield _line(f"    may be bypassed by {words(policy.bypass.value)}")
    if not table.policies and table.kind == "refs":
        yield _line("  no policy is known to apply")
    names = max((len(row.name) for row in known), default=0)
    values = max((min(len(words(row.setting.value)), _WIDEST) for row in known), default=0)
    for row in known:
        yield _line(f"  {row.name:{names}}  {clipped(words(row.setting.value), 400):{values}}  {_origin(row)}")
    unknown = [row.name for row in table.rows if not row.setting.known]
    if unknown:
        yield _line(f"  unknown: {', '.join(unknown)}")
    if not table.complete:
        yield _line("  other policies may apply: the files do not tell all")


def _origin(row: Row) -> str:
    places = [_place(place) for place in row.setting.places]
    told = f"default, {places[0]}" if row.setting.state == "default" and places else ", ".join(places[:3])
    return f"{told}, …" if len(places) > 3 and row.setting.is_set else told


def _place(place: Place) -> str:
    return f"{place.document.name}:{place.document.position(place.span.start).line}"


def _line(text: str) -> str:
    return f"{line(text).rstrip()}\n"
