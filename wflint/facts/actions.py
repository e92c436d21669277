"""Inputs, outputs and runtimes of popular actions. Source: the actions' metadata files.

A table row is as old as `seen`: nothing is said of a version newer than `newest`, nor may an input be called unknown
where `stale` or `Action.complete` say that the row may lack some.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from wflint.facts.table import strings, table
from wflint.facts.version import parse


class Input(NamedTuple):
    """An input. The runner does not enforce `required`. `default`: it has a default value."""

    name: str
    required: bool
    default: bool
    deprecated: bool


class Action(NamedTuple):
    """An action at one version.

    `inputs` are keyed by the lower-case name, `outputs` are lower-case; None when not known. `using` is `node24`,
    `composite`, `docker`, …, None when not known; `runtime_removed`: it no longer starts. `uses` are what a composite
    action uses, `image` the image of a Docker action. `row` is the table's version (`v4`), `tag` the exact one that was
    read. `dynamic_…`: further ones are made at run time. `stale`: later inputs may exist. `seen` is the row's date.
    """

    name: str
    row: str
    tag: str | None
    using: str | None
    runtime_removed: bool
    inputs: dict[str, Input] | None
    outputs: frozenset[str] | None
    dynamic_inputs: bool
    dynamic_outputs: bool
    pre: bool
    post: bool
    uses: tuple[str, ...]
    image: str | None
    stale: bool
    seen: str

    @property
    def complete(self) -> bool:
        """Whether an input that is not listed may be reported as unknown."""
        return self.inputs is not None and not self.dynamic_inputs and not self.stale


@lru_cache(maxsize=1024)
def action(name: str, ref: str) -> Action | None:
    """Return an action (`owner/repo` or `owner/repo/path`) at a tag; None when the action or the version is unknown.

    `ref` is a tag or branch of the table, or a version tag: then the row of its major is meant. A commit has no row;
    find its tag first (`refs.version`).
    """
    known = table("actions").data.get(name.lower())
    row = _row(known, ref) if known else None
    if known is None or row is None:
        return None
    facts: dict[str, Any] = known["versions"][row]
    shape = known["versions"][facts["same_as"]] if "same_as" in facts else facts
    inputs, outputs = shape.get("inputs"), shape.get("outputs")
    return Action(
        name=known["name"],
        row=row,
        tag=facts.get("tag"),
        using=facts.get("using"),
        runtime_removed=facts.get("runtime_removed", False),
        inputs=None if inputs is None else {found.name.lower(): found for found in map(_input, inputs.split())},
        outputs=None if outputs is None else frozenset(outputs.lower().split()),
        dynamic_inputs=known.get("dynamic_inputs", False),
        dynamic_outputs=known.get("dynamic_outputs", False),
        pre=facts.get("pre", False),
        post=facts.get("post", False),
        uses=strings(facts.get("uses")),
        image=facts.get("image"),
        stale=known.get("stale", False),
        seen=known["seen"],
    )


def known(name: str) -> bool:
    """Tell whether the table has an action at any version."""
    return name.lower() in table("actions").data


def spelling(name: str) -> str | None:
    """Return an action's name as its owner writes it; None when the action is unknown."""
    row = table("actions").data.get(name.lower())
    return str(row["name"]) if row else None


def newest(name: str) -> str | None:
    """Return the newest tag that the table has seen (`v7.0.1`); None when unknown."""
    row = table("actions").data.get(name.lower())
    return row.get("newest") if row else None


def _row(known: dict[str, Any], ref: str) -> str | None:
    versions = known["versions"]
    if ref in versions:
        return ref
    version = parse(ref)
    if version is None:
        return None
    latest = parse(known["newest"]) if "newest" in known else None
    if latest is not None and not version.floating and version > latest:
        return None
    return next((row for row in (f"v{version.major}", str(version.major)) if row in versions), None)


def _input(text: str) -> Input:
    name = text.rstrip("!=~")
    marks = text[len(name) :]
    return Input(name, "!" in marks, "=" in marks, "~" in marks)
