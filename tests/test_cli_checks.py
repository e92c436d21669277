"""`wflint checks`."""

from __future__ import annotations

import json

from conftest import Wflint
from made_settings import checks, ruleset

WORKFLOW = """\
on:
  pull_request:
    paths: [src/**]
  push:
jobs:
  test:
    strategy: {matrix: {os: [a, b]}}
  lint:
    needs: test
"""


def test_checks_are_listed_event_by_event_beside_what_is_required(wflint: Wflint) -> None:
    settings = json.dumps(ruleset(checks("lint", "codecov/patch", "gone")), indent=1)
    wflint.write({".github/workflows/ci.yml": WORKFLOW, ".github/rulesets/main.json": settings})
    outcome = wflint.run("checks")
    assert outcome.code == 0
    assert outcome.stdout.split("\n") == [
        "pull_request",
        "  test (a)  ci.yml: test  path-filtered, matrix",
        "  test (b)  ci.yml: test  path-filtered, matrix",
        "  lint      ci.yml: lint  required, path-filtered, skippable",
        "",
        "push",
        "  test (a)  ci.yml: test  matrix",
        "  test (b)  ci.yml: test  matrix",
        "  lint      ci.yml: lint  required, skippable",
        "",
        "required, and reported by no job",
        f"  codecov/patch  .github/rulesets/main.json:{line(settings, 'codecov/patch')}  an app reports it",
        f"  gone           .github/rulesets/main.json:{line(settings, 'gone')}",
        "",
    ]


def line(text: str, word: str) -> int:
    return text[: text.index(word)].count("\n") + 1


def test_json(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW, ".github/rulesets/main.json": json.dumps(ruleset(checks("x")))})
    found = json.loads(wflint.run("checks", "--format", "json", "--event", "push").stdout)
    assert found["version"] == 1
    assert [(each["name"], each["event"], each["exact"], each["notes"]) for each in found["checks"]] == [
        ("test (a)", "push", True, ["matrix"]),
        ("test (b)", "push", True, ["matrix"]),
        ("lint", "push", True, ["skippable"]),
    ]
    assert [(each["context"], each["reported"]) for each in found["required"]] == [("x", None)]


def test_settings_may_come_from_elsewhere(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    (wflint.folder / "answer.json").write_text(json.dumps(ruleset(checks("lint"))))
    assert "required" in wflint.run("checks", "--settings", wflint.folder / "answer.json").stdout


def test_names_of_a_workflow_cannot_speak_to_the_terminal(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": 'on: push\njobs:\n  a:\n    name: "x\\e[31m\\n::error::y"\n'})
    outcome = wflint.run("checks")
    assert "\x1b" not in outcome.stdout
    assert r"x\u{1b}[31m\u{a}::error::y" in outcome.stdout
