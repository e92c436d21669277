"""`wflint check`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

import click

from wflint.cli.options import BUNDLE, NO_CONFIG, POLICY, SELECT, words
from wflint.cli.setup import Setup, prepare, setup
from wflint.cli.sinks import HUMAN, Sink, SinkCommand, deliver
from wflint.cli.terminal import Color, say
from wflint.errors import PolicyError, UsageError, nearest
from wflint.policy.bind import Selection
from wflint.policy.weaker import Weakening, broken, moved, weaker
from wflint.readers.checkout import Checkout, discover, root_of
from wflint.readers.file import read
from wflint.readers.kinds import WORKFLOWS
from wflint.readers.revision import Revision
from wflint.readers.stdin import read_stdin
from wflint.report.merge import merge, prefixed
from wflint.report.report import Report
from wflint.rule.finding import LEVELS, Level
from wflint.session import Change, Run, lint
from wflint.source.source import Source


class Asked(NamedTuple):
    """What the command line asks of every repository."""

    policy: str | None
    policy_ref: str | None
    settings: tuple[Path, ...]
    selection: Selection
    use_config: bool
    markdown: bool
    today: datetime | None


@click.command("check", cls=SinkCommand)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@POLICY
@click.option(
    "--policy-ref",
    metavar="REV",
    help="Read the repository's policy, its waivers and its ignores from this revision: the branch a change goes to.",
)
@BUNDLE
@click.option(
    "--settings",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Repository settings to read besides those found in the tree.",
)
@SELECT
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="How to say it: text, concise, json, jsonl, sarif, github, gitlab, junit, rdjson, markdown, html.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Where the format before it goes; `-` is standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*LEVELS, "never"]),
    default="warning",
    show_default=True,
    help="The lowest level that makes the exit code 1.",
)
@click.option("--stdin-filename", metavar="NAME", help="What the text on standard input is, when the path is `-`.")
@click.option("--include-markdown", is_flag=True, help="Check the YAML in the code blocks of Markdown files too.")
@NO_CONFIG
@click.option("--statistics", is_flag=True, help="Count the findings of each rule on standard error.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep anything of other runs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Whether to colour.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True, help="The date that waivers and facts are judged on."
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    policy: str | None,
    policy_ref: str | None,
    bundles: tuple[Path, ...],
    settings: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str,
    stdin_filename: str | None,
    include_markdown: bool,
    no_config: bool,
    statistics: bool,
    no_cache: bool,
    quiet: bool,
    color: Color,
    today: datetime | None,
) -> int:
    """Check workflows, actions and settings below PATHS (the current directory by default; `-` is standard input)."""
    have = setup(bundles, remember=not no_cache)
    # Trees are many small objects that live until their repository is done: looking at them again and again for
    # garbage costs a tenth of a large run.
    gc.freeze()
    gc.set_threshold(500_000, 50, 100)
    asked = Asked(
        policy, policy_ref, settings, Selection(words(select), words(ignore)), not no_config, include_markdown, today
    )
    sinks: Sequence[Sink] = ctx.meta["sinks"]
    if stdin_filename is not None and paths != (Path("-"),):
        raise UsageError("`--stdin-filename` names the text on standard input", hint="give `-` as the only path")
    if paths == (Path("-"),):
        source = read_stdin(sys.stdin.buffer, stdin_filename)
        reports = [("", _lint([source], root_of(Path()), have, asked))]
    else:
        checkouts = discover(paths or (Path(),))
        reports = [(checkout.prefix, _checkout(checkout, have, asked)) for checkout in checkouts]
        if not quiet and not any(checkout.sources for checkout in checkouts):
            say("there is nothing to check here: no workflow, no action, no settings")
    shown = merge([prefixed(report, prefix) for prefix, report in reports])
    rooted = reports[0][1] if len(reports) == 1 else shown
    for sink in sinks:
        deliver(sink, shown if sink.format in HUMAN else rooted, color)
    if statistics:
        _count(shown)
    level = cast("Level", fail_on) if fail_on != "never" else None
    return max(report.exit_code(level) for _, report in reports)


def _checkout(checkout: Checkout, have: Setup, asked: Asked) -> Report:
    return _lint(checkout.sources, checkout.root, have, asked, checkout)


def _lint(sources: Sequence[Source], root: Path, have: Setup, asked: Asked, checkout: Checkout | None = None) -> Report:
    hold = partial(
        prepare,
        have,
        root,
        policy=asked.policy,
        use_config=asked.use_config,
        selection=asked.selection,
        today=asked.today.date() if asked.today else None,
    )
    if asked.policy_ref is None:
        run, change = hold(), None
    else:
        base = Revision(root, asked.policy_ref)
        run = hold(tree=base.find)
        change = Change(base.find, [*_weakenings(run, hold), *_moved(run, base, sources)])
    if checkout is not None:
        sources = checkout.reading(run.asked)
        if asked.markdown:
            sources = [*sources, *checkout.of_kind("markdown")]
    extra = [_settings(file, root) for file in asked.settings]
    complete = checkout is not None and checkout.complete
    return lint(
        [*sources, *extra],
        run,
        files=checkout.files if complete and checkout else (),
        complete=complete,
        change=change,
    )


def _weakenings(trusted: Run, hold: Callable[[], Run]) -> list[Weakening]:
    """Return what the work tree's own policy would loosen of the trusted one."""
    try:
        return weaker(trusted.policy, hold().policy, trusted.catalogue)
    except PolicyError as wrong:
        return [broken("wflint.yml", wrong)]


def _moved(run: Run, base: Revision, sources: Iterable[Source]) -> Iterator[Weakening]:
    """Yield what workflows are spared by a name that the change gives them."""
    if not run.policy.overrides:
        return
    before = {name: found.text for name in base.names(WORKFLOWS) if (found := base.find(name)) is not None}
    yield from moved(run.policy, run.catalogue, before, {source.name: source.text for source in sources})


def _settings(file: Path, root: Path) -> Source:
    if not file.exists():
        raise UsageError(f"the settings file `{file}` does not exist", hint=nearest(file.name, _siblings(file)))
    name = os.path.relpath(file, root).replace(os.sep, "/")
    return read(file.absolute().parent, file.name, "settings")._replace(name=name)


def _siblings(file: Path) -> list[str]:
    return [each.name for each in file.parent.iterdir()] if file.parent.is_dir() else []


def _count(report: Report) -> None:
    from collections import Counter

    for rule, count in sorted(Counter(f.rule for f in report.findings).items(), key=lambda item: (-item[1], item[0])):
        say(f"{count:6} {rule}")
