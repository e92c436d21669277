"""The example repositories of the designs, each broken in one place at a time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

from conftest import TODAY, Wflint

DESIGNS = Path(__file__).parents[1] / "examples" / "designs"


class Change(NamedTuple):
    """A change of a file: `old`, which stands in it once, becomes `new`.

    With `old` empty the file is written anew; with `new` None it is deleted.
    """

    file: str
    old: str
    new: str | None


class Break(NamedTuple):
    """A control that is broken, and the rules that say so; nothing else is found."""

    control: str
    rules: tuple[str, ...]
    changes: tuple[Change, ...]


def broken(control: str, rules: str, file: str, old: str, new: str | None) -> Break:
    """Return a control broken by one change; `rules` are separated by spaces."""
    return Break(control, tuple(sorted(rules.split())), (Change(file, old, new),))


def ids(breaks: list[Break]) -> list[str]:
    """Return names for test cases: the control, the file and the rules."""
    return [f"{each.control}-{'+'.join(each.rules)}" for each in breaks]


def found(wflint: Wflint, design: str, *changes: Change) -> tuple[str, ...]:
    """Return the ids of the rules that find something in an example with changes made to it."""
    shutil.copytree(DESIGNS / design, wflint.root, dirs_exist_ok=True)
    for change in changes:
        _make(wflint.root / change.file, change)
    outcome = wflint.run("check", "--today", TODAY, "--policy", design, "--fail-on", "note", "--format", "json")
    assert outcome.code in (0, 1), outcome.stderr or outcome.stdout
    rules = {each["rule"] for each in json.loads(outcome.stdout)["findings"]}
    assert (outcome.code == 1) == bool(rules)
    return tuple(sorted(rules))


def in_markdown(wflint: Wflint, design: str, text: str) -> list[tuple[str, int]]:
    """Return what a pack finds in a Markdown document: rules and lines."""
    wflint.write({f"docs/{design}.md": text})
    outcome = wflint.run(
        "check", "--today", TODAY, "--policy", design, "--fail-on", "note", "--format", "json", f"docs/{design}.md"
    )
    assert outcome.code in (0, 1), outcome.stderr or outcome.stdout
    return sorted({(each["rule"], each["line"]) for each in json.loads(outcome.stdout)["findings"]})


def _make(path: Path, change: Change) -> None:
    if change.new is None:
        path.unlink()
    elif not change.old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change.new, encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert text.count(change.old) == 1, f"{change.file} has {text.count(change.old)} of {change.old!r}"
        path.write_text(text.replace(change.old, change.new), encoding="utf-8")
