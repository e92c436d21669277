"""Actions and commands that hand text to a language model with tools.

Sources: the actions' metadata and documentation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from wflint.facts import command as commands_of
from wflint.facts.table import choices, names, strings, table


class Agent(NamedTuple):
    """An action that runs a model. Names of inputs are as in its metadata; `env NAME` is a variable.

    `prompt` inputs carry the task, `tools` inputs choose what it may do, `who` inputs widen who may start it (input →
    the values that let everyone). `unsafe` and `safe` are values (or parts of them) that lift or keep the bounds.
    `default_who` says in words who may start it otherwise. `outputs` carry the model's text.
    """

    prompt: tuple[str, ...]
    tools: tuple[str, ...]
    secrets: tuple[str, ...]
    outputs: tuple[str, ...]
    who: dict[str, tuple[str, ...]]
    unsafe: dict[str, tuple[str, ...]]
    safe: dict[str, tuple[str, ...]]
    default_who: str

    @property
    def open_to_all(self) -> bool:
        """Whether anyone who fires the workflow, or comments, starts it by default."""
        return self.default_who.startswith("anyone")


class Program(NamedTuple):
    """A command-line program that runs a model; `prompt` words give it a task, `unsafe` ones lift its bounds."""

    name: str
    prompt: tuple[str, ...]
    unsafe: tuple[str, ...]


def agent(action: str) -> Agent | None:
    """Return how an action runs a model; None when it is not known to. Inputs of its older versions are included."""
    rows = table("agentic").data["actions"]
    row = next((rows[name] for name in names(action) if name in rows), None)
    if row is None:
        return None
    older = [name for name in row if name.startswith(("prompt_v", "tools_v"))]
    return Agent(
        prompt=(*row["prompt"], *(text for name in older if name.startswith("prompt") for text in row[name])),
        tools=(*row["tools"], *(text for name in older if name.startswith("tools") for text in row[name])),
        secrets=strings(row.get("secrets")),
        outputs=strings(row.get("outputs")),
        who=choices(row.get("who")),
        unsafe=choices(row.get("unsafe")),
        safe=choices(row.get("safe")),
        default_who=row["default_who"],
    )


def program(words: Sequence[str]) -> Program | None:
    """Return the program that the words of a command line start, if it is one that runs a model."""
    entry = commands_of.find(_index().get(words[0].rpartition("/")[2], ()), words) if words else None
    if entry is None:
        return None
    row = table("agentic").data["commands"][entry]
    return Program(entry, tuple(row["prompt"]), tuple(row["unsafe"]))


def dangerous_tools() -> tuple[str, ...]:
    """Return the tools (globs) that run commands, write files or fetch from the network."""
    return tuple(table("agentic").data["dangerous_tools"])


def instruction_files() -> tuple[str, ...]:
    """Return the files of a tree (globs) from which agents take instructions."""
    return tuple(table("agentic").data["instruction_files"])


@cache
def _index() -> dict[str, tuple[str, ...]]:
    return commands_of.by_program(table("agentic").data["commands"])
