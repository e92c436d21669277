"""`wflint graph`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from wflint.analysis.graph import Graph, graph
from wflint.analysis.repository import Repository
from wflint.cli.options import BUNDLE, NO_CONFIG, POLICY, SETTINGS
from wflint.cli.setup import prepare, setup
from wflint.cli.terminal import say
from wflint.errors import UsageError
from wflint.readers.checkout import Checkout, discover
from wflint.readers.file import read
from wflint.report import output
from wflint.report.graph import dot, html, mermaid, svg
from wflint.report.graph.marks import marks
from wflint.report.report import Report
from wflint.report.words import failed
from wflint.session import lint
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.source import TEXTS, Source


@click.command("graph")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["mermaid", "dot", "svg", "html"]),
    default="mermaid",
    show_default=True,
    help="How to draw it; html has the findings below the picture.",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it.")
@click.option("--no-findings", is_flag=True, help="Check nothing: draw what there is.")
@SETTINGS
@POLICY
@BUNDLE
@NO_CONFIG
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True, help="The date that facts are judged on.")
def command(
    path: Path,
    form: str,
    target: Path | None,
    no_findings: bool,
    settings: tuple[Path, ...],
    policy: str | None,
    bundles: tuple[Path, ...],
    no_config: bool,
    today: datetime | None,
) -> int:
    """Draw the workflows of the repository at PATH: events, jobs and what they need, call, deploy to and report.

    Findings are marked on their job. Where settings are at hand, required checks stand beside the jobs that report
    them, and environments tell what protects them.
    """
    checkouts = discover((path,))
    if len(checkouts) != 1:
        raise UsageError(f"`{path}` holds {len(checkouts)} repositories", hint="draw one at a time")
    checkout = checkouts[0]
    report = Report(())
    sources: list[Source] = checkout.sources
    extra = [_settings(file, checkout.root) for file in settings]
    if not no_findings:
        run = prepare(
            setup(bundles),
            checkout.root,
            policy=policy,
            use_config=not no_config,
            today=today.date() if today else None,
        )
        sources = checkout.reading(run.asked)
        files = checkout.files if checkout.complete else ()
        report = lint([*sources, *extra], run, files=files, complete=checkout.complete)
    drawn = graph(_repository(checkout, (*sources, *extra)))
    pieces = _pieces(form, drawn, report)
    if target is None or str(target) == "-":
        output.to_stream(sys.stdout.buffer, pieces)
    else:
        output.to_file(target, pieces)
    if not drawn.groups:
        say("there are no workflows here")
    if form == "mermaid" and len(drawn.edges) > mermaid.MOST:
        say(f"Mermaid draws {mermaid.MOST} links unless it is told otherwise, and these are {len(drawn.edges)}")
    for failure in report.failures:
        say(failed(failure))
    return 3 if report.failures else 0


def _pieces(form: str, drawn: Graph, report: Report) -> Iterable[str]:
    marked, rest = marks(drawn, report.findings)
    if form == "html":
        return html.render(drawn, marked, report, rest)
    render = {"mermaid": mermaid.render, "dot": dot.render, "svg": svg.render}[form]
    return render(drawn, marked)


def _repository(checkout: Checkout, sources: Iterable[Source]) -> Repository:
    documents = [Document(source) if source.kind in TEXTS else yaml.parse(source) for source in sources]
    return Repository(documents, checkout.files if checkout.complete else (), checkout.complete)


def _settings(file: Path, root: Path) -> Source:
    name = os.path.relpath(file, root).replace(os.sep, "/")
    return read(file.absolute().parent, file.name, "settings")._replace(name=name)
