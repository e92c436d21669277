"""`wflint checks`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from wflint.analysis.checks.notes import notes
from wflint.analysis.checks.produced import ProducedCheck
from wflint.analysis.checks.required import RequiredContext
from wflint.analysis.repository import Repository
from wflint.cli.options import NO_CONFIG, POLICY, SETTINGS
from wflint.cli.setup import prepare, setup
from wflint.readers.checkout import discover
from wflint.readers.file import read
from wflint.report.escape import line
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.source import TEXTS, Source


class Row(NamedTuple):
    """A check in the runs of one event."""

    event: str
    check: ProducedCheck
    required: tuple[str, ...]
    """The required checks that it is, or may be."""


@click.command("checks")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@SETTINGS
@click.option("--event", "events", multiple=True, metavar="EVENT", help="Only the checks of runs of this event.")
@POLICY
@NO_CONFIG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
def command(
    path: Path, settings: tuple[Path, ...], events: tuple[str, ...], policy: str | None, no_config: bool, form: str
) -> None:
    """List the names of the checks that the workflows at PATH report, event by event.

    `*` stands for what only a run can tell. Where settings are at hand, each required check is shown beside the job
    that reports it, and those that no job reports are named at the end.
    """
    declared = prepare(setup(), path, policy=policy, use_config=not no_config).declared
    for checkout in discover((path,)):
        extra = [_settings(file, checkout.root) for file in settings]
        documents = [_document(source) for source in (*checkout.sources, *extra)]
        repository = Repository(documents, checkout.files)
        required = list(RequiredContext.each(repository))
        rows = [row for row in _rows(repository, required) if not events or row.event in events]
        if form == "json":
            click.echo(json.dumps(_record(rows, required, declared.external_checks), indent=2))
        else:
            for each in _table(rows, required, declared.external_checks):
                click.echo(line(each))


def _settings(file: Path, root: Path) -> Source:
    name = os.path.relpath(file, root).replace(os.sep, "/")
    return read(file.absolute().parent, file.name, "settings")._replace(name=name)


def _document(source: Source) -> Document:
    return Document(source) if source.kind in TEXTS else yaml.parse(source)


def _rows(repository: Repository, required: Sequence[RequiredContext]) -> list[Row]:
    wanted: dict[int, list[str]] = {}
    for one in required:
        for check in one.producers:
            wanted.setdefault(id(check), []).append(one.context)
    rows = [
        Row(event, check, tuple(wanted.get(id(check), ()))) for check in repository.checks.all for event in check.events
    ]
    order = ("pull_request", "pull_request_target", "merge_group", "push")
    return sorted(rows, key=lambda row: (order.index(row.event) if row.event in order else len(order), row.event))


def _table(rows: Sequence[Row], required: Sequence[RequiredContext], declared: Sequence[str]) -> Iterator[str]:
    names = max((len(str(row.check.name)) for row in rows), default=0)
    jobs = max((len(_job(row.check)) for row in rows), default=0)
    event = None
    for row in rows:
        if row.event != event:
            if event is not None:
                yield ""
            event = row.event
            yield event
        said = notes(row.check, row.event)
        if row.required:
            said.insert(0, "required" if row.check.name.exact is not None else "perhaps required")
        yield f"  {row.check.name!s:{names}}  {_job(row.check):{jobs}}  {', '.join(said)}".rstrip()
    missing = [one for one in required if not one.producers]
    if missing:
        yield ""
        yield "required, and reported by no job"
        names = max(len(one.context) for one in missing)
        jobs = max(len(_where(one)) for one in missing)
        for one in missing:
            origin = {"app": "an app reports it", "step": "a step posts it"}.get(_elsewhere(one, declared) or "", "")
            yield f"  {one.context:{names}}  {_where(one):{jobs}}  {origin}".rstrip()


def _job(check: ProducedCheck) -> str:
    return f"{check.workflow.path.rpartition('/')[2]}: {' / '.join(job.id for job in check.jobs)}"


def _where(required: RequiredContext) -> str:
    document, span, _ = required.place
    return f"{document.name}:{document.position(span.start).line}"


def _elsewhere(required: RequiredContext, declared: Sequence[str]) -> str | None:
    """Return what else reports a check: an app, or a step through the API."""
    if required.is_external(declared):
        return "app"
    return "step" if required.is_posted else None


def _record(rows: Sequence[Row], required: Sequence[RequiredContext], declared: Sequence[str]) -> dict[str, Any]:
    return {
        "version": 1,
        "checks": [
            {
                "event": row.event,
                "name": str(row.check.name),
                "exact": row.check.name.exact is not None,
                "workflow": row.check.workflow.path,
                "jobs": [job.id for job in row.check.jobs],
                "notes": notes(row.check, row.event),
                "required": list(row.required),
            }
            for row in rows
        ],
        "required": [
            {
                "context": one.context,
                "path": one.place.document.name,
                "line": one.place.document.position(one.place.span.start).line,
                "enforced": one.is_enforced,
                "reported": "job" if one.exact else "perhaps" if one.producers else _elsewhere(one, declared),
            }
            for one in required
        ],
    }
