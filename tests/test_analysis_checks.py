"""The names of checks: by examples, and against a slow reading of GitHub's rules."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wflint.analysis.checks.name import CheckName, Hole
from wflint.analysis.checks.notes import notes
from wflint.analysis.checks.posted import posts
from wflint.analysis.repository import Repository
from wflint.source.source import Source
from wflint.source.yaml import parse

FOLDER = ".github/workflows"


def repository(**workflows: Any) -> Repository:
    """Return a repository of workflows by their files' stems, each a text or data."""
    texts = {stem: text if isinstance(text, str) else json.dumps(text) for stem, text in workflows.items()}
    return Repository([parse(Source(f"{FOLDER}/{stem}.yml", "workflow", text)) for stem, text in texts.items()])


def names(*, event: str = "pull_request", **workflows: Any) -> list[str]:
    """Return the names of the checks in the runs of an event, patterns among them, in order."""
    return [str(check.name) for check in repository(**workflows).checks.all if event in check.events]


def job(text: str) -> str:
    """Return a workflow with one job, `build`, of some lines."""
    body = "\n".join(f"    {line}" for line in text.strip("\n").split("\n"))
    return f"on: [push, pull_request]\njobs:\n  build:\n{body}\n"


TWO_AXES = ["build (a, 3.1)", "build (a, true)", "build (b, 3.1)", "build (b, true)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steps: []", ["build"]),
        ("name: Build it", ["Build it"]),
        ("name: ''", ["build"]),
        ("name: 1.50", ["1.5"]),
        ("strategy: {matrix: {os: [a, b], node: [3.10, true]}}", TWO_AXES),
        ("strategy: {matrix: {node: [18, 20]}}", ["build (18)", "build (20)"]),
        ("name: Test\nstrategy: {matrix: {node: [18.x]}}", ["Test (18.x)"]),
        ("strategy: {matrix: {node: ['', null]}}", ["build"]),
        ("strategy: {matrix: {os: [{name: linux, arch: [x, y]}]}}", ["build (linux, x, y)"]),
        ("strategy: {matrix: {os: [a], include: [{os: a, more: 1}, {os: b, more: 2}]}}", ["build (a)", "build (b, 2)"]),
        ("strategy: {matrix: {os: [a, b], exclude: [{os: A}]}}", ["build (b)"]),
        ("name: on ${{ matrix.os }}\nstrategy: {matrix: {os: [a, b], py: [3]}}", ["on a", "on b"]),
        ("name: ${{ matrix.missing }}\nstrategy: {matrix: {os: [a]}}", ["build (a)"]),
        ("name: ${{ matrix.os }}", ["build"]),
        ("name: for ${{ github.event_name }}", ["for pull_request"]),
        ("name: at ${{ needs.plan.outputs.x }} now", ["at * now"]),
        (
            "name: ${{ strategy.job-index }} of ${{ strategy.job-total }}\nstrategy: {matrix: {a: [x, y]}}",
            ["0 of 2", "1 of 2"],
        ),
        ("strategy: {matrix: {os: '${{ fromJSON(needs.plan.outputs.os) }}'}}", ["build (*)"]),
        ("strategy: {matrix: '${{ fromJSON(needs.plan.outputs.all) }}'}", ["build (*)"]),
        ("strategy: {matrix: {os: ['${{ vars.OS }}', b]}}", ["build (*)", "build (b)"]),
        ("uses: octo-org/shared/.github/workflows/x.yml@v1", ["build / *"]),
        ("uses: ./.github/workflows/gone.yml", ["build / *"]),
        ("strategy: {matrix: {a: [1]}}\nuses: octo-org/shared/.github/workflows/x.yml@v1", ["build (1) / *"]),
        (f"name: {'x' * 101}", ["x" * 97 + "..."]),
        (f"name: {'x' * 100}", ["x" * 100]),
        (f"name: {'x' * 98}\nstrategy: {{matrix: {{a: [1]}}}}", ["x" * 97 + "..."]),
    ],
)
def test_names_of_one_job(text: str, expected: list[str]) -> None:
    assert names(ci=job(text)) == expected


CALLEE = """
on:
  workflow_call:
    inputs:
      os: {type: string, default: linux}
      fast: {type: boolean}
jobs:
  test:
    name: Test on ${{ inputs.os }} (${{ inputs.fast }})
"""


def test_a_called_workflow_stands_behind_its_caller_and_knows_its_inputs() -> None:
    caller = (
        "on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/lib.yml\n  b:\n    name: B ${{ matrix.os }}\n"
    )
    caller += "    strategy: {matrix: {os: [mac, win]}}\n    uses: ./.github/workflows/lib.yml\n"
    caller += "    with: {OS: '${{ matrix.os }}', fast: true}\n"
    assert names(ci=caller, lib=CALLEE) == [
        "a / Test on linux (false)",
        "B mac / Test on mac (true)",
        "B win / Test on win (true)",
    ]


def test_a_workflow_that_only_others_call_reports_nothing_by_itself() -> None:
    assert repository(lib=CALLEE).checks.all == ()


def test_calls_in_a_circle_and_deep_calls_end() -> None:
    def calling(target: str, *, on: str = "workflow_call") -> str:
        return f"on: {on}\njobs:\n  call:\n    uses: ./.github/workflows/{target}.yml\n  own:\n    steps: []\n"

    assert names(a=calling("b", on="[pull_request, workflow_call]"), b=calling("a")) == ["call / own", "own"]
    deep = {f"w{depth}": calling(f"w{depth + 1}") for depth in range(20)}
    found = names(**{**deep, "w0": calling("w1", on="pull_request")})
    assert max(name.count(" / ") for name in found) == 9


def test_calls_of_calls_with_matrices_stay_countable() -> None:
    matrix = "    strategy: {matrix: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9], b: [1, 2, 3, 4, 5, 6, 7, 8, 9]}}\n"

    def calling(target: str, on: str) -> str:
        return f"on: {on}\njobs:\n  call:\n{matrix}    uses: ./.github/workflows/{target}.yml\n"

    levels = {f"w{depth}": calling(f"w{depth + 1}", "workflow_call") for depth in range(9)}
    found = names(**{**levels, "w0": calling("w1", "pull_request"), "w9": CALLEE})
    assert len(found) < 10_000
    assert "*" in found


def test_events_of_a_check() -> None:
    (check,) = repository(ci=job("steps: []")).checks.all
    assert check.events == ("push", "pull_request")
    assert check.on_pull_request
    by_event = repository(ci=job("name: ${{ github.event_name }}")).checks.all
    assert [(str(one.name), one.events) for one in by_event] == [
        ("push", ("push",)),
        ("pull_request", ("pull_request",)),
    ]


def test_inputs_are_known_to_be_empty_unless_somebody_starts_the_run_by_hand() -> None:
    text = "on: [pull_request, workflow_dispatch]\njobs:\n  a:\n    name: A${{ inputs.x }}\n"
    assert names(ci=text) == ["A"]
    assert names(ci=text, event="workflow_dispatch") == ["A*"]


@pytest.mark.parametrize(
    ("parts", "context", "expected"),
    [
        (("build",), "build", True),
        (("build",), "Build", False),
        (("build", Hole.SUFFIX), "build", True),
        (("build", Hole.SUFFIX), "build (1, 2)", True),
        (("build", Hole.SUFFIX), "build-all", False),
        (("call / ", Hole.ANY), "call / test / unit", True),
        (("call / ", Hole.ANY), "call", False),
        (("a.b", Hole.ANY), "axb", False),
    ],
)
def test_patterns(parts: tuple[str | Hole, ...], context: str, expected: bool) -> None:
    assert CheckName.of(*parts).matches(context) is expected


def test_notes() -> None:
    text = "on:\n  pull_request: {paths: [src/**], branches: [main]}\njobs:\n  a: {}\n"
    text += "  b:\n    needs: a\n    strategy: {matrix: {x: [1]}}\n  c:\n    needs: a\n    if: always()\n"
    found = {str(check.name): notes(check, "pull_request") for check in repository(ci=text).checks.all}
    assert found == {
        "a": ["path-filtered", "branch-filtered"],
        "b (1)": ["path-filtered", "branch-filtered", "skippable", "matrix"],
        "c": ["path-filtered", "branch-filtered", "conditional"],
    }


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("run: gh api repos/o/r/statuses/$SHA -f context=deploy", True),
        ("uses: actions/github-script@v7\n      with: {script: 'github.rest.checks.create({name: `deploy`})'}", True),
        ("uses: somebody/set-status@v1\n      with: {context: deploy}", True),
        ("run: echo deploy", False),
    ],
)
def test_names_that_steps_post(step: str, expected: bool) -> None:
    assert posts(repository(ci=f"on: push\njobs:\n  deploy:\n    steps:\n    - {step}\n"), "deploy") is expected


# What follows computes the names again, from the rules as GitHub documents them, on plain data.

SCALARS = st.sampled_from(["a", "A", "b", "18", "", 18, 3.5, 10.0, True, False, None])
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["k", "l"]), SCALARS, max_size=2)
AXES = st.dictionaries(st.sampled_from(["os", "node"]), st.lists(VALUES, min_size=1, max_size=3), max_size=2)
ENTRIES = st.dictionaries(st.sampled_from(["os", "node", "more"]), SCALARS, min_size=1, max_size=3)
PIECES = st.lists(
    st.sampled_from(["x", " on ", "y" * 60, ("matrix", "os"), ("matrix", "more"), ("inputs", "i")]), max_size=3
)


@st.composite
def jobs(draw: Any, depth: int) -> dict[str, Any]:
    """Return a job: its name in pieces, its matrix, and how deep what it calls lies; None: it calls nothing."""
    matrix = draw(AXES)
    include = draw(st.lists(ENTRIES, max_size=3))
    exclude = draw(st.lists(ENTRIES.filter(lambda entry: "more" not in entry), max_size=2)) if matrix else []
    calls = draw(st.booleans()) if depth else False
    passed = draw(st.sampled_from(["one", ("matrix", "os"), None]))
    return {
        "name": draw(PIECES),
        "axes": matrix,
        "include": include,
        "exclude": exclude,
        "calls": calls,
        "passes": passed,
    }


LEVELS = st.tuples(*(st.dictionaries(st.sampled_from(["j1", "j2"]), jobs(depth), min_size=1) for depth in (2, 1, 0)))


def written(level: int, given_jobs: dict[str, Any]) -> dict[str, Any]:
    """Return a workflow as data."""
    found: dict[str, Any] = {}
    for id, one in given_jobs.items():
        made: dict[str, Any] = {"name": "".join(spelled(piece) for piece in one["name"])}
        matrix = dict(one["axes"])
        for key in ("include", "exclude"):
            if one[key]:
                matrix[key] = one[key]
        if matrix:
            made["strategy"] = {"matrix": matrix}
        if one["calls"]:
            made["uses"] = f"./{FOLDER}/w{level + 1}.yml"
            if one["passes"] is not None:
                made["with"] = {"i": spelled(one["passes"])}
        found[id] = made
    event = "pull_request" if level == 0 else "workflow_call"
    return {"on": {event: {"inputs": {"i": {"type": "string", "default": "d"}}} if level else {}}, "jobs": found}


def spelled(piece: Any) -> str:
    return piece if isinstance(piece, str) else f"${{{{ {piece[0]}.{piece[1]} }}}}"


def reference(levels: tuple[dict[str, Any], ...], level: int, given_input: Any) -> list[str]:
    found = []
    for id, one in levels[level].items():
        for named, added in combinations(one):
            contexts = {"matrix": {**named, **added}, "inputs": {"i": given_input}}
            name = reference_name(id, one["name"], list(named.values()), contexts)
            if not one["calls"]:
                found.append(name)
                continue
            passed = "d" if one["passes"] is None else one["passes"]
            value = passed if isinstance(passed, str) else contexts["matrix"].get(passed[1])
            found += [f"{name} / {inner}" for inner in reference(levels, level + 1, value)]
    return found


def reference_name(id: str, pieces: list[Any], values: list[Any], contexts: dict[str, Any]) -> str:
    literal = all(isinstance(piece, str) for piece in pieces)
    if not literal:
        text = "".join(p if isinstance(p, str) else shown(contexts[p[0]].get(p[1])) for p in pieces)
        if text:
            return text
        pieces = []
    base = "".join(pieces) or id
    segments = [text for value in values for text in leaves(value) if text]
    full = f"{base} ({', '.join(segments)})" if segments else base
    return full[:97] + "..." if len(full) > 100 else full


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in leaves(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in leaves(inner)]
    return [shown(value)]


def shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "Object" if isinstance(value, dict) else "Array"
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:.15g}"


def combinations(one: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what each job of a matrix is named by, and what `include` added to it."""
    axes, include, exclude = one["axes"], one["include"], one["exclude"]
    if not axes and not include:
        return [({}, {})]
    crossed = [dict(zip(axes, values, strict=True)) for values in product(*axes.values())] if axes else []
    kept = [c for c in crossed if not any(all(alike(c.get(key), e[key]) for key in e) for e in exclude)]
    added: list[dict[str, Any]] = [{} for _ in kept]
    alone = []
    for entry in include:
        wanted = {key: value for key, value in entry.items() if key in axes}
        extra = {key: value for key, value in entry.items() if key not in axes}
        fitting = [n for n, c in enumerate(kept) if all(alike(c[key], value) for key, value in wanted.items())]
        for number in fitting:
            added[number].update(extra)
        if not fitting:
            alone.append(({**wanted, **extra}, dict[str, Any]()))
    return [*zip(kept, added, strict=True), *alone]


def alike(value: Any, wanted: Any) -> bool:
    """Compare two values as `==` of an expression does."""
    if isinstance(value, dict | list):
        return False
    if isinstance(value, str) and isinstance(wanted, str):
        return value.lower() == wanted.lower()
    return number(value) == number(wanted)


def number(value: Any) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return float("nan")


@settings(max_examples=150, deadline=None)
@given(LEVELS)
def test_names_are_those_of_the_rules(levels: tuple[dict[str, Any], ...]) -> None:
    workflows = {f"w{level}": written(level, jobs) for level, jobs in enumerate(levels)}
    checks = repository(**workflows).checks
    assert sorted({str(check.name) for check in checks.all}) == sorted(set(reference(levels, 0, None)))
    assert all(check.name.exact is not None for check in checks.all)
