"""Entries are added to steps as their authors would have written them."""

from __future__ import annotations

import pytest

from wflint.analysis import insert
from wflint.source.edit import apply
from wflint.source.node import Mapping
from wflint.source.source import Source
from wflint.source.yaml import parse


def added(text: str, new: dict[str, str], section: str = "with", beside: str = "uses") -> str | None:
    """Return the text of a list of steps with entries added to its first step."""
    document = parse(Source("x.yml", "file", text))
    assert document.root is not None
    step = document.root.at(0)
    assert isinstance(step, Mapping)
    edit = insert.entries(step, section, new, beside=beside)
    return None if edit is None else apply(text, [edit])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- uses: a\n", "- uses: a\n  with:\n    x: y\n"),
        ("- uses: a # v4\n  name: n\n", "- uses: a # v4\n  with:\n    x: y\n  name: n\n"),
        ("- name: n\n  uses: a", "- name: n\n  uses: a\n  with:\n    x: y"),
        ("- uses: |\n    a\n", "- with:\n    x: y\n  uses: |\n    a\n"),
        ("- uses: a\n  with:\n      b: c\n", "- uses: a\n  with:\n      x: y\n      b: c\n"),
        ("- uses: a\r\n", "- uses: a\r\n  with:\r\n    x: y\r\n"),
        ("- {uses: a}\n", "- {with: {x: y}, uses: a}\n"),
        ("- uses: a\n  with: {b: c}\n", "- uses: a\n  with: {x: y, b: c}\n"),
        ("-   uses: a\n", "-   uses: a\n    with:\n      x: y\n"),
    ],
)
def test_an_entry_follows_the_style_of_its_step(text: str, expected: str) -> None:
    assert added(text, {"x": "y"}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- &a\n  uses: a\n",
        "- uses: a\n  with: &w {b: c}\n",
        "- uses: a\n  with:\n",
        "- uses: a\n  with: {}\n",
        "- uses: a\n  with: {x: z}\n",
        "- run: a\n",
    ],
)
def test_nothing_is_added_where_it_might_be_wrong(text: str) -> None:
    assert added(text, {"x": "y"}) is None


def test_expressions_are_quoted_in_flow_mappings_only() -> None:
    new = {"A": "${{ secrets.A }}", "B": "${{ secrets.B }}"}
    assert added("- run: x\n", new, "env", "run") == (
        "- run: x\n  env:\n    A: ${{ secrets.A }}\n    B: ${{ secrets.B }}\n"
    )
    flow = added("- {run: x}\n", {"A": "${{ secrets.A }}"}, "env", "run")
    assert flow == '- {env: {A: "${{ secrets.A }}"}, run: x}\n'
    assert added("- run: x\n", {"A": "${{ 'a: b' }}"}, "env", "run") is None
