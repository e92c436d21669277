"""What ships: steps and jobs that publish packages, images, releases and pages, or that deploy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wflint.model.step import RunStep, Step, UsesStep
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.facts.publishing import Kind
    from wflint.model.job import Job
    from wflint.shell.command import Command


class Shipment(NamedTuple):
    """A step that ships something."""

    step: Step
    kind: Kind
    what: str
    """The action or the command, for a message: `npm publish`."""
    place: Place
    """The action's name, or the command."""
    command: Command | None = None
    """The command, where a script ships."""


def shipments(step: Step) -> list[Shipment]:
    """Return what a step ships; it is found once. A rehearsal ships nothing."""
    # Views live as long as their document, so that an id is never given twice.
    cache: Any = step.document.derived.setdefault("shipping", {})
    if id(step) not in cache:
        cache[id(step)] = list(_shipments(step))
    found: list[Shipment] = cache[id(step)]
    return found


def _shipments(step: Step) -> Iterator[Shipment]:
    from wflint.facts import publishing

    if isinstance(step, UsesStep) and step.uses.name is not None:
        inputs = {name: node.string or "" for name, node in step.with_.items()}
        kind = publishing.publishes(step.uses.name, inputs)
        if kind is not None:
            yield Shipment(step, kind, step.uses.name, step.uses.place)
    elif isinstance(step, RunStep) and step.script.dialect == "bash" and _may_ship(step.script.text):
        parsed = step.script.shell_script
        for command in parsed.commands if parsed else ():
            words = [word.text or "" for word in command.words[-len(command.arguments) - 1 :]]
            found = publishing.command(words) if "--dry-run" not in words else None
            if found is not None:
                what = " ".join(words[:2])
                yield Shipment(step, found, what, step.script.place_of(*command.span), command)


def _may_ship(text: str) -> bool:
    """Tell whether a script is worth parsing: most hold no word of a command that ships."""
    for program, subcommands in _starts().items():
        if program in text and any(subcommand in text for subcommand in subcommands):
            return True
    return False


@cache
def _starts() -> dict[str, frozenset[str]]:
    """Return the programs that ship, each with the subcommands that do."""
    from wflint.facts import publishing, trusted

    found: dict[str, set[str]] = {}
    for entry in (*publishing.commands(), *trusted.commands()):
        program, *rest = entry.split()
        found.setdefault(program, set()).add(rest[0] if rest else "")
    return {program: frozenset(subcommands) for program, subcommands in found.items()}


def ships(job: Job) -> Shipment | None:
    """Return the first thing that a job ships; None when it is not known to ship."""
    return next((shipment for step in job.steps for shipment in shipments(step)), None)
