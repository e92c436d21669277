"""`wflint policy test`."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.cli.setup import setup
from wflint.errors import UsageError
from wflint.policy.bind import bind
from wflint.policy.load import load_pack
from wflint.report.escape import line
from wflint.rule.rule import Declared
from wflint.testing import problems


@click.command("test")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-k", "word", help="Only the rules whose id contains this.")
def command(folder: Path, word: str | None) -> int:
    """Run the examples of every rule of FOLDER, a bundle with rules/ and policies/ in it, and load its packs."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder `{folder}`")
    have = setup([folder])
    inside = folder.resolve()
    rules = [r for r in have.catalogue.values() if inside in Path(r.file).resolve().parents and (word or "") in r.id]
    packs = [name for name, file in have.packs.files.items() if inside in file.resolve().parents]
    if not rules and not packs:
        raise UsageError(f"there is no rule and no pack in `{folder}`", hint="rules are in rules/, packs in policies/")
    failed = 0
    for rule in rules:
        wrong = problems(rule, have.catalogue)
        failed += bool(wrong)
        click.echo(f"{'FAILED' if wrong else 'passed'} {rule.id} ({len(rule.examples) if not wrong else len(wrong)})")
        for problem in wrong:
            for each in problem.split("\n"):
                click.echo(line(f"    {each}"))
    for name in packs:
        chosen = bind(load_pack(name, have.packs), have.catalogue, Declared())
        click.echo(f"passed pack {name} ({len(chosen)} rules)")
    click.echo(f"{len(rules) + len(packs) - failed} passed, {failed} failed")
    return int(failed > 0)
