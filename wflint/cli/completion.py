"""`wflint completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes SHELL complete wflint's commands and options; put it where the shell looks for such files."""
    complete = get_completion_class(shell)
    assert complete is not None  # noqa: S101 - click knows the three shells
    click.echo(complete(ctx.find_root().command, {}, "wflint", "_WFLINT_COMPLETE").source())
