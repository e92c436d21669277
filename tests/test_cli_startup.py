"""A run imports what it uses and nothing else: start-up is most of what a small run costs."""

from __future__ import annotations

import json
import sys

import pytest
from conftest import BUNDLE, Wflint

WORKFLOW = "on: push\njobs:\n  build:\n    runs-on: x\n    steps:\n      - uses: a/b@v1\n"
IMPORTED = """
import atexit, json, sys
atexit.register(lambda: sys.stderr.write(json.dumps(sorted(sys.modules))))
sys.argv[0] = "wflint"
from wflint.cli import main
main()
"""
"""A program that runs a command line and says what it imported."""


def imported(wflint: Wflint, *arguments: str) -> set[str]:
    outcome = wflint.process(*arguments, python=("-P", "-c", IMPORTED))
    assert outcome.code in (0, 1), outcome
    return set(json.loads(outcome.stderr))


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_saying_what_there_is_loads_nothing_heavy(wflint: Wflint, arguments: list[str]) -> None:
    modules = imported(wflint, *arguments)
    for heavy in ("_ruamel_yaml", "ruamel.yaml", "jsonpath_ng", "sarif_om", "tree_sitter", "re2", "pathspec"):
        assert heavy not in modules
    if arguments[0] != "check":
        assert {name for name in modules if name.startswith("wflint.") and "cli" not in name} <= {"wflint.errors"}


def test_a_small_check_loads_what_it_uses(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    modules = imported(wflint, "check", "--bundle", str(BUNDLE), "--policy", "made")
    for heavy in ("jsonschema", "sarif_om", "jsonpath_ng", "jinja2", "hypothesis", "pytest", "importlib.metadata"):
        assert heavy not in modules
    assert not any(name.startswith("wflint.report.") and name.endswith(("sarif", "html", "junit")) for name in modules)


def test_sarif_loads_its_library_and_no_validator(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    modules = imported(wflint, "check", "--bundle", str(BUNDLE), "--policy", "made", "-f", "sarif", "-o", "out.sarif")
    assert "sarif_om" in modules
    assert "jsonschema" not in modules


def test_version(wflint: Wflint) -> None:
    outcome = wflint.process("--version")
    assert outcome.code == 0
    assert outcome.stdout.startswith("wflint 0.")
    assert wflint.run("--version").stdout == outcome.stdout


def test_help(wflint: Wflint) -> None:
    outcome = wflint.run("--help")
    assert outcome.code == 0
    for command in ("check", "fix", "explain", "rules", "policy"):
        assert f"  {command} " in outcome.stdout
        assert wflint.run(command, "--help").code == 0
    assert wflint.run("-h") == outcome


def test_nothing_asked_is_answered_with_help(wflint: Wflint) -> None:
    outcome = wflint.run()
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "Usage: wflint" in outcome.stderr


def test_explain(wflint: Wflint) -> None:
    outcome = wflint.run("explain", "unnamed-job", "--bundle", BUNDLE)
    assert (outcome.code, outcome.stderr) == (0, "")
    for part in ("# unnamed-job", "Name every job.", "Reported:", "Fine:", "has no name"):
        assert part in outcome.stdout
    assert "`allow`" in wflint.run("explain", "tagged-action", "--bundle", BUNDLE).stdout


def test_rules(wflint: Wflint) -> None:
    outcome = wflint.run("rules", "--bundle", BUNDLE, "--policy", "made", "--tag", "made")
    assert outcome.code == 0
    lines = outcome.stdout.splitlines()
    assert lines[0] == "made"
    assert [line.split()[:2] for line in lines[1:]] == [
        ["loud-script", "warning"],
        ["tagged-action", "error"],
        ["unnamed-job", "note"],
        ["unowned-repository", "warning"],
    ]
    told = json.loads(wflint.run("rules", "--bundle", BUNDLE, "--format", "json").stdout)
    mine = next(each for each in told if each["id"] == "tagged-action")
    assert (mine["level"], mine["policy-level"], mine["topic"]) == ("error", None, "made")
    assert [option["name"] for option in mine["options"]] == ["allow", "suffix"]
    assert wflint.run("rules", "--policy", "nowhere").code == 2


def test_the_console_script_is_the_same_program(wflint: Wflint) -> None:
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="wflint")
    assert script.value == "wflint.cli:main"
    assert sys.version_info >= (3, 11)
