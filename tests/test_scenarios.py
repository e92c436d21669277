"""Small repositories whose settings and workflows disagree, and the same ones mended.

`tests/scenarios/<family>/broken` has one thing wrong, which one rule finds; `mended` is the least change that makes it
right.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Wflint
from wflint.bundled import bundled

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
