"""Small repositories whose settings and workflows disagree, and the same ones mended.

`tests/scenarios/<family>/broken` has one thing wrong, which one rule finds; `mended` is the least change that makes it
right.
"""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Wflint
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from wflint.bundled import bundled
from wflint.policy.bind import Bound
from wflint.policy.policy import Policy
from wflint.readers.kinds import kind_of
from wflint.rule.catalogue import load
from wflint.rule.rule import Context, Declared
from wflint.session import Run, lint
from wflint.source.source import Source

SCENARIOS = Path(__file__).parent / "scenarios"
CONTRACT = ",".join(sorted(file.stem for file in (bundled("rules") / "contract").glob("*.py")))
FOUND = {
    "allowed": [("allowlist-mismatch", ".github/workflows/ci.yml", 8)],
    "automerge": [("automerge-unguarded", ".github/workflows/merge.yml", 11)],
    "bots": [("bot-pr-no-checks", ".github/workflows/refresh.yml", 14)],
    "data": [("automerge-on-data", ".github/workflows/merge.yml", 11)],
    "drafts": [("required-check-skippable", ".github/workflows/ci.yml", 6)],
    "environments": [("env-unprotected", ".github/workflows/release.yml", 7)],
    "events": [("required-check-never-on-pr", ".github/rulesets/main.json", 21)],
    "filters": [("required-check-path-filtered", ".asf.yaml", 6)],
    "gates": [("required-gate-ignores-needs", ".github/workflows/ci.yml", 14)],
    "matrix": [
        ("required-matrix-skipped", ".github/rulesets/main.json", 25),
        ("required-matrix-skipped", ".github/rulesets/main.json", 29),
    ],
    "names": [
        ("required-check-no-producer", ".github/rulesets/main.json", 21),
        ("required-check-no-producer", ".github/rulesets/main.json", 25),
    ],
    "needs": [("required-check-needs-bypass", ".github/workflows/ci.yml", 13)],
    "owners": [("codeowners-workflows", ".github/CODEOWNERS", 1)],
    "pushes": [("workflow-pushes-protected", ".github/workflows/refresh.yml", 14)],
    "queue": [("merge-queue-no-trigger", ".github/rulesets/main.json", 28)],
    "twins": [("required-check-ambiguous", ".github/rulesets/main.json", 21)],
}


def found(wflint: Wflint, scenario: Path) -> list[tuple[str, str, int]]:
    """Return what the rules of the contract say of a repository: rule, file, line."""
    shutil.copytree(scenario, wflint.root, dirs_exist_ok=True)
    outcome = wflint.run("check", "--select", CONTRACT, "--format", "json")
    assert outcome.code in (0, 1), outcome.stderr
    return [(each["rule"], each["path"], each["line"]) for each in json.loads(outcome.stdout)["findings"]]


@pytest.mark.parametrize("family", [pytest.param(each, id=each) for each in FOUND])
def test_a_broken_contract_is_one_finding(wflint: Wflint, family: str) -> None:
    assert found(wflint, SCENARIOS / family / "broken") == FOUND[family]


@pytest.mark.parametrize("family", [pytest.param(each, id=each) for each in FOUND])
def test_a_mended_contract_is_none(wflint: Wflint, family: str) -> None:
    assert found(wflint, SCENARIOS / family / "mended") == []


def test_every_scenario_is_told_of() -> None:
    assert sorted(each.name for each in SCENARIOS.iterdir()) == sorted(FOUND)


ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    "",
    "x",
    "${{ matrix.os }}",
    "${{ broken",
    "refs/heads/**",
    [],
    [None],
    {},
    {"x": {}},
]
DECLARED = Declared(data_paths=("data/**",), today=date(2026, 11, 1))
RULES = load([bundled("rules") / "contract"])
BOUND = [Bound(rule, "waivable", Context(rule, rule.level, rule.options(), DECLARED)) for rule in RULES.values()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FOUND)), st.data())
def test_no_shape_makes_a_rule_of_the_contract_raise(family: str, data: st.DataObject) -> None:
    folder = SCENARIOS / family / "broken"
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    sources = []
    for name, file in files.items():
        kind = kind_of(name) or "file"
        text = file.read_text(encoding="utf-8")
        if kind in ("workflow", "settings"):
            tree = YAML(typ="safe").load(text)
            for _ in range(data.draw(st.integers(0, 2))):
                replace_somewhere(tree, data)
            text = json.dumps(tree)
        sources.append(Source(name, kind, text))
    report = lint(sources, Run(RULES, Policy(), BOUND, DECLARED), files=list(files))
    assert [failure.message for failure in report.failures] == []


def replace_somewhere(tree: Any, data: st.DataObject) -> None:
    """Put something odd in the place of a value of a tree."""
    places: list[tuple[Any, Any]] = []
    queue = [tree]
    for node in queue:
        inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in inner:
            places.append((node, key))
            queue.append(value)
    if places:
        node, key = places[data.draw(st.integers(0, len(places) - 1))]
        node[key] = deepcopy(data.draw(st.sampled_from(ODD)))
