"""`wflint explain`."""

from __future__ import annotations

from pathlib import Path

import click

from wflint.cli.options import BUNDLE
from wflint.cli.setup import setup
from wflint.errors import RuleError, UsageError, nearest


@click.command("explain")
@click.argument("rule")
@BUNDLE
def command(rule: str, bundles: tuple[Path, ...]) -> None:
    """Explain RULE: what it wants and why, what fails, what passes, its options."""
    catalogue = setup(bundles).catalogue
    if rule not in catalogue:
        raise UsageError(f"there is no rule `{rule}`", hint=nearest(rule, catalogue) or "`wflint rules` lists them")
    from wflint.docs import page

    try:
        click.echo(page(catalogue[rule], catalogue), nl=False)
    except ValueError as wrong:
        raise RuleError(str(wrong), path=catalogue[rule].file) from wrong
