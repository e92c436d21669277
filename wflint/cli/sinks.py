"""Where reports go: pairs of `--format` and `--output`, as many as there are readers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from wflint.cli.terminal import Color, colored
from wflint.errors import UsageError
from wflint.report import formats, output
from wflint.report.report import Report
from wflint.report.style import Style

FLAGS = {"-f": "format", "--format": "format", "-o": "output", "--output": "output"}
HUMAN = ("text", "concise")
"""Formats whose paths are those of the working directory, so that a terminal can open them."""


class Sink(NamedTuple):
    """One way of saying the report, and where: a file, or standard output."""

    format: str
    output: Path | None = None


class SinkCommand(click.Command):
    """A command that keeps the order in which formats and outputs were given, which click forgets."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = list(args)
        rest = super().parse_args(ctx, args)
        ctx.meta["sinks"] = tuple(sinks(words))
        seen = list(_given(words))
        if len(seen) != len(ctx.params["formats"]) + len(ctx.params["outputs"]):
            raise UsageError("`-f` and `-o` stand apart from other short options", hint="write `-q -f json`")
        return rest


def sinks(args: list[str]) -> Iterator[Sink]:
    """Yield the pairs that a command line asks for: an output belongs to the format before it, or else after it.

    Raises UsageError when two reports would go to standard output, or to one file.
    """
    found: list[list[str | None]] = []
    for kind, value in _given(args):
        field = 0 if kind == "format" else 1
        if not found or found[-1][field] is not None or (field == 0 and found[-1][0] is not None):
            found.append([None, None])
        found[-1][field] = value
    made = [
        Sink("text" if name is None else name, None if file in (None, "-") else Path(file)) for name, file in found
    ] or [Sink("text")]
    targets = [sink.output for sink in made]
    for target in targets:
        if targets.count(target) > 1:
            where = f"`{target}`" if target else "standard output"
            raise UsageError(f"two reports would go to {where}", hint="give each `--format` its own `--output`")
    for sink in made:
        formats.load(sink.format)
    yield from made


def _given(args: list[str]) -> Iterator[tuple[str, str]]:
    words = iter(args)
    for word in words:
        if word == "--":
            return
        flag, equals, value = word.partition("=")
        if flag in FLAGS:
            yield FLAGS[flag], value if equals else next(words, "")
        elif word[:2] in ("-f", "-o") and len(word) > 2:
            yield FLAGS[word[:2]], word[2:]


def deliver(sink: Sink, report: Report, color: Color) -> None:
    """Write a report where it is wanted, whole or not at all. Raises WflintError when it cannot be written."""
    render = formats.load(sink.format)
    if sink.output is not None:
        output.to_file(sink.output, render(report, Style(color=color == "always")))
    else:
        output.to_stream(sys.stdout.buffer, render(report, Style(color=colored(color, sys.stdout))))
