"""`wflint policy schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from wflint.cli.options import BUNDLE
from wflint.cli.setup import setup
from wflint.policy.schema import schema


@click.command("schema")
@BUNDLE
def command(bundles: tuple[Path, ...]) -> None:
    """Print the JSON Schema of policy files: every rule, every option."""
    click.echo(json.dumps(schema(setup(bundles).catalogue), indent=2))
