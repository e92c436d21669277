"""`wflint fix`."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from wflint.cli.options import BUNDLE, NO_CONFIG, POLICY, words
from wflint.cli.setup import prepare, setup
from wflint.cli.terminal import say
from wflint.errors import WflintError
from wflint.fix.plan import plan
from wflint.fix.write import write
from wflint.policy.bind import Selection
from wflint.readers.checkout import Checkout, discover
from wflint.report.escape import line
from wflint.report.report import Report
from wflint.rule.finding import Finding
from wflint.session import Run, lint
from wflint.source.source import Source

ROUNDS = 20
"""Fixes that stand in each other's way are made in rounds; more than this many means that two rules disagree."""


class Fixed(NamedTuple):
    """What the fixes make of a repository."""

    texts: dict[str, str]
    """The new text of each file that changes, by path."""
    made: list[Finding]
    left: Report
    """What is found in the new texts."""


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unsafe", is_flag=True, help="Make the fixes too that may change what a workflow does.")
@click.option("--diff", is_flag=True, help="Show what would change instead of writing it.")
@POLICY
@BUNDLE
@click.option("--select", multiple=True, metavar="RULES", help="Make the fixes of these rules only, by id or tag:NAME.")
@NO_CONFIG
def command(
    paths: tuple[Path, ...],
    unsafe: bool,
    diff: bool,
    policy: str | None,
    bundles: tuple[Path, ...],
    select: tuple[str, ...],
    no_config: bool,
) -> int:
    """Mend what can be mended below PATHS (the current directory by default).

    What the fixes make of a file is checked again before it is written: a file that would not be read any more, or in
    which a rule would find more than before, is left as it is.
    """
    have = setup(bundles)
    made = 0
    for checkout in discover(paths or (Path(),)):
        run = prepare(have, checkout.root, policy=policy, use_config=not no_config, selection=Selection(words(select)))
        fixed = mend(checkout, run, unsafe=unsafe)
        before = {source.name: source.text for source in checkout.sources}
        for name, text in fixed.texts.items():
            if diff:
                _show(checkout.prefix + name, *map(fixed.left.concealed, (before[name], text)))
            else:
                write(checkout.root / name, before[name], text)
        made += len(fixed.made)
        _tell(checkout, fixed, diff=diff)
    if not made:
        say(
            "there is nothing to fix"
            if unsafe
            else "there is nothing to fix safely; --unsafe makes the other fixes too"
        )
    return 0


def mend(checkout: Checkout, run: Run, *, unsafe: bool) -> Fixed:
    """Return what the fixes make of a repository, round after round until nothing changes.

    Raises WflintError when they never come to an end.
    """
    sources = {source.name: source for source in checkout.reading(run.asked)}
    files = checkout.files if checkout.complete else ()
    changed: dict[str, str] = {}
    made: list[Finding] = []
    refused: set[str] = set()
    report = _lint(list(sources.values()), run, files, checkout)
    for _ in range(ROUNDS):
        findings = [finding for finding in report.findings if not (_paths(finding) & refused)]
        step = plan(findings, {name: source.text for name, source in sources.items()}, unsafe=unsafe)
        if not step.texts:
            return Fixed(changed, made, report)
        tried = {**sources, **{name: sources[name]._replace(text=text) for name, text in step.texts.items()}}
        after = _lint(list(tried.values()), run, files, checkout)
        if worse := _worse(report, after) & set(step.texts):
            refused |= worse
            continue
        sources, report = tried, after
        changed |= step.texts
        made += step.made
    raise WflintError("the fixes never come to an end: two rules want different things", hint="--select one of them")


def _lint(sources: Sequence[Source], run: Run, files: Sequence[str], checkout: Checkout) -> Report:
    return lint(sources, run, files=files, complete=checkout.complete)


def _worse(before: Report, after: Report) -> set[str]:
    """Return the files in which some rule finds more than before."""
    counts = Counter((finding.rule, finding.location.path) for finding in after.findings)
    counts.subtract((finding.rule, finding.location.path) for finding in before.findings)
    return {path for (_, path), more in counts.items() if more > 0}


def _paths(finding: Finding) -> set[str]:
    return {each.path for each in finding.fix.edits} if finding.fix else set()


def _show(name: str, before: str, after: str) -> None:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
    for each in lines:
        click.echo(line(each))


def _tell(checkout: Checkout, fixed: Fixed, *, diff: bool) -> None:
    for name in fixed.texts:
        titles = Counter(f.fix.title for f in fixed.made if f.fix and name in _paths(f))
        told = ", ".join(f"{title} ({count})" if count > 1 else title for title, count in titles.items())
        say(f"{checkout.prefix}{name}: {'would ' if diff else ''}{told}")
