"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path

import click

BUNDLE = click.option(
    "--bundle",
    "bundles",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with rules/ and policies/ of your own.",
)
POLICY = click.option("--policy", metavar="PACK|FILE", help="The policy to hold to: a pack's name or a file.")
NO_CONFIG = click.option("--no-config", is_flag=True, help="Leave the repository's own configuration unread.")
SETTINGS = click.option(
    "--settings",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Repository settings to read besides those found in the tree.",
)
SELECT = click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules, by id or tag:NAME; may be joined by commas."
)


def words(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of options that may be given several times or joined by commas."""
    return tuple(word for each in given for word in each.replace(",", " ").split())
