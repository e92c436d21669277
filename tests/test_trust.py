"""No change can weaken the policy that judges it: with `--policy-ref` every attempt is refused or reported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WORKFLOW = """\
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: someone/action@v1
"""
OLD = """\
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
"""
POLICY = """\
rules:
  unpinned-uses: {level: error, options: {allow: ["actions/*"]}}
  timeout-missing: {level: warning, options: {max-minutes: 30}}
overrides:
  - files: [".github/workflows/nightly-*.yml"]
    rules: {timeout-missing: off}
"""
BASELINE = """\
waivers:
  - {rule: timeout-missing, path: .github/workflows/old.yml, reason: it goes, owner: me, until: 2027-06-30}
"""


class Repository:
    """A repository whose first commit is the branch that a change goes to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")
        self.write(".github/workflows/ci.yml", WORKFLOW)
        self.write(".github/workflows/old.yml", OLD)
        self.write("wflint.yml", POLICY)
        self.write("wflint-baseline.yml", BASELINE)
        self.git("add", "-A")
        self.git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "base")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True)

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def check(self, *arguments: str, code: int = 1) -> dict[str, Any]:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "wflint", "check", "--format", "json", "--today", "2026-11-01", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == code, ended.stderr
        return json.loads(ended.stdout) if ended.stdout else {}

    def judge(self) -> set[str]:
        """Judge the change; whatever it tries, the workflow's defect is found."""
        findings = self.check("--policy-ref", "main")["findings"]
        rules = {finding["rule"] for finding in findings}
        assert "unpinned-uses" in rules, "the defect went unseen"
        return rules


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_an_innocent_change_is_told_of_its_defect_only(repository: Repository) -> None:
    assert repository.judge() == {"unpinned-uses"}


CONFIGS = {
    "rule off": ('{level: error, options: {allow: ["actions/*"]}}', "off"),
    "level lowered": ("unpinned-uses: {level: error,", "unpinned-uses: {level: note,"),
    "option widened": ('["actions/*"]', '["*"]'),
    "bound raised": ("max-minutes: 30", "max-minutes: 300"),
    "enforcement lowered": ("unpinned-uses: {level: error,", "unpinned-uses: {level: error, enforcement: advisory,"),
    "override widened": ("nightly-*.yml", "*.yml"),
    "stands on less": ("rules:\n  unpinned", "extends: []\nrules:\n  unpinned"),
    "waiver added": ("overrides:", "waivers:\n  - {rule: unpinned-uses, path: '**', reason: x, owner: me}\noverrides:"),
}


@pytest.mark.parametrize("attempt", CONFIGS)
def test_loosening_the_configuration_is_reported_and_changes_nothing(repository: Repository, attempt: str) -> None:
    repository.replace("wflint.yml", *CONFIGS[attempt])
    assert "policy-weakened" in repository.judge()


def test_tightening_the_configuration_is_no_weakening(repository: Repository) -> None:
    repository.replace("wflint.yml", "timeout-missing: {level: warning", "timeout-missing: {level: error")
    assert repository.judge() == {"unpinned-uses"}


def test_removing_the_configuration(repository: Repository) -> None:
    (repository.root / "wflint.yml").unlink()
    assert "policy-weakened" in repository.judge()


def test_breaking_the_configuration(repository: Repository) -> None:
    repository.write("wflint.yml", "rules: [\n")
    assert "policy-weakened" in repository.judge()


def test_a_second_configuration(repository: Repository) -> None:
    repository.write(".github/wflint.yml", "rules: {unpinned-uses: off}\n")
    assert "policy-weakened" in repository.judge()


def test_a_configuration_in_a_nearer_folder_is_no_configuration(repository: Repository) -> None:
    repository.write(".github/workflows/wflint.yml", WORKFLOW)
    repository.write(".github/workflows/.wflint.yml", "rules: {unpinned-uses: off}\n")
    assert "unpinned-uses" in repository.judge()


def test_a_configuration_behind_a_link(repository: Repository) -> None:
    repository.write("lax.yml", "rules: {unpinned-uses: off}\n")
    (repository.root / "wflint.yml").unlink()
    (repository.root / "wflint.yml").symlink_to("lax.yml")
    assert "policy-weakened" in repository.judge()


def test_regrowing_the_baseline(repository: Repository) -> None:
    repository.write("wflint-baseline.yml", BASELINE + "  - {rule: unpinned-uses, path: '**', reason: x, owner: me}\n")
    assert "policy-weakened" in repository.judge()


def test_moving_the_end_of_a_waiver(repository: Repository) -> None:
    repository.replace("wflint-baseline.yml", "2027-06-30", "2037-06-30")
    assert "policy-weakened" in repository.judge()


def test_ignoring_the_finding_in_the_file(repository: Repository) -> None:
    repository.replace(".github/workflows/ci.yml", "@v1", "@v1 # wflint: ignore[unpinned-uses] trust me")
    assert "ignore-added" in repository.judge()


def test_ignoring_on_the_line_above(repository: Repository) -> None:
    repository.replace(
        ".github/workflows/ci.yml", "      - uses", "      # wflint: ignore[unpinned-uses] trust me\n      - uses"
    )
    assert "ignore-added" in repository.judge()


def test_a_comment_that_was_there_counts_until_its_line_changes(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.replace(".github/workflows/ci.yml", "@v1", "@v1 # wflint: ignore[unpinned-uses] signed tags")
    repository.git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "accepted")
    assert repository.check("--policy-ref", "main", code=0)["findings"] == []
    repository.replace(".github/workflows/ci.yml", "on: push\n", "on: push\n\n\n")
    assert repository.check("--policy-ref", "main", code=0)["findings"] == [], "lines may move"
    repository.replace(".github/workflows/ci.yml", "someone/action@v1", "stranger/action@v1")
    assert "ignore-added" in repository.judge()


def test_hiding_the_workflow_from_git(repository: Repository) -> None:
    repository.write(".gitignore", ".github/\n")
    repository.git("rm", "-q", "--cached", ".github/workflows/ci.yml")
    repository.judge()


def test_a_link_in_the_place_of_the_workflow(repository: Repository) -> None:
    repository.write("elsewhere.yml", WORKFLOW)
    (repository.root / ".github/workflows/ci.yml").unlink()
    (repository.root / ".github/workflows/ci.yml").symlink_to("../../elsewhere.yml")
    report = repository.check("--policy-ref", "main", code=3)
    assert [finding["rule"] for finding in report["findings"]] == ["unreadable"]


def test_rules_of_the_tree_are_never_run(repository: Repository) -> None:
    marker = repository.root / "executed"
    code = f"open({str(marker)!r}, 'w').close()\n"
    for name in ("rules/team/unpinned-uses.py", "conftest.py", "sitecustomize.py", "yaml.py", "click.py", "wflint.py"):
        repository.write(name, code)
    repository.judge()
    assert not marker.exists()


def test_the_environment_says_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WFLINT_POLICY", "WFLINT_CONFIG", "WFLINT_IGNORE", "WFLINT_POLICY_REF"):
        monkeypatch.setenv(name, "off")
    assert repository.judge() == {"unpinned-uses"}


def test_a_revision_that_is_not_there_stops_the_run(repository: Repository) -> None:
    assert repository.check("--policy-ref", "origin/main", code=2) == {}


@pytest.mark.parametrize("name", ["--help", "-h", "$(touch x)", "main:wflint.yml"])
def test_a_revision_is_never_an_option_or_a_command(repository: Repository, name: str) -> None:
    assert repository.check(f"--policy-ref={name}", code=2) == {}
    assert not (repository.root / "x").exists()


def test_renaming_the_workflow_into_what_the_policy_spares(repository: Repository) -> None:
    text = WORKFLOW.replace("    timeout-minutes: 5\n", "")
    (repository.root / ".github/workflows/ci.yml").unlink()
    repository.write(".github/workflows/nightly-ci.yml", text)
    findings = repository.check("--policy-ref", "main")["findings"]
    assert {finding["rule"] for finding in findings} == {"unpinned-uses", "policy-weakened"}
