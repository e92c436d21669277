"""`wflint settings show`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from wflint.analysis.repository import Repository
from wflint.cli.terminal import say
from wflint.readers.checkout import discover
from wflint.report import output
from wflint.source import yaml


@click.command("show")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
def command(path: Path, form: str) -> int:
    """Show the settings that PATH, a repository or a file, tells of: for each ref what holds, all policies together.

    Every value stands beside the file and line that it comes from; what is a format's default, and what cannot be told,
    says so. Exit code 3: a file could not be read.
    """
    found = []
    code = 0
    for checkout in discover((path,)):
        sources = [each for each in checkout.sources if each.kind == "settings" or path.is_file()]
        named = (source._replace(name=f"{checkout.prefix}{source.name}", kind="settings") for source in sources)
        documents = [yaml.parse(source) for source in named]
        for document in documents:
            if document.root is None:
                for problem in document.problems:
                    say(f"{document.name}: {problem.message}")
                    code = 3
        found.append(Repository(documents))
    if not any(each.settings for each in found) and code == 0:
        say("there are no settings here; `wflint settings pull OWNER/REPO` reads them from GitHub")
    writer: Any = importlib.import_module(f"wflint.report.settings.{form}")
    output.to_stream(sys.stdout.buffer, writer.render(found))
    return code
