"""`wflint check` as people meet it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import TODAY, Wflint

from wflint.report.escape import runner_commands
from wflint.report.formats import FORMATS

GOLDEN = Path(__file__).parent / "golden" / "cli"
EXAMPLE = Path(__file__).parents[1] / "examples" / "storefront"
CI = """\
name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: some/action@v1
      - run: |
          echo one
          make
"""
CLEAN = "on: push\njobs:\n  build:\n    name: Build\n    runs-on: ubuntu-latest\n    steps: []\n"
NOTE = CLEAN.replace("    name: Build\n", "")
REPOSITORY = {".github/workflows/ci.yml": CI, ".github/workflows/broken.yml": "on: push\njobs: [\n"}


def golden(name: str, said: str) -> None:
    """Compare with the file of this name, or write it when WFLINT_UPDATE_GOLDEN is set."""
    file = GOLDEN / name
    if os.environ.get("WFLINT_UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "concise"])
def test_what_people_read(wflint: Wflint, form: str) -> None:
    wflint.write(REPOSITORY)
    outcome = wflint.check("--format", form)
    assert (outcome.code, outcome.stderr) == (1, "")
    golden(f"check.{form}.txt", outcome.stdout)


def test_text_is_what_is_said_unless_told_otherwise(wflint: Wflint) -> None:
    wflint.write(REPOSITORY)
    assert wflint.check() == wflint.check("--format", "text")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same_to_a_file_and_ends_the_same(wflint: Wflint, form: str) -> None:
    wflint.write(REPOSITORY)
    shown = wflint.check("--format", form)
    written = wflint.check("--format", form, "--output", "report.out")
    assert (shown.code, written.code) == (1, 1)
    assert (shown.stderr, written.stderr, written.stdout) == ("", "", "")
    assert (wflint.root / "report.out").read_bytes().decode() == shown.stdout
    assert "tagged-action" in shown.stdout
    if form == "github":
        assert len(runner_commands(shown.stdout)) == 5


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_every_exit_code(wflint: Wflint, form: str) -> None:
    wflint.write({".github/workflows/ci.yml": CLEAN, ".github/CODEOWNERS": "* @team\n"})
    assert wflint.check("-f", form).code == 0
    wflint.write({".github/workflows/ci.yml": CI})
    assert wflint.check("-f", form).code == 1
    misuse = wflint.check("-f", form, "--select", "nothing")
    assert (misuse.code, misuse.stdout) == (2, "")
    wflint.write({".github/workflows/binary.yml": b"\xff\xfe\x00"})
    assert wflint.check("-f", form).code == 3
    assert wflint.check("-f", form, "--fail-on", "never").code == 3


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (CI, "error", 1),
        (CI, "warning", 1),
        (CI, "note", 1),
        (CI, "never", 0),
        (NOTE, "error", 0),
        (NOTE, "warning", 0),
        (NOTE, "note", 1),
        (NOTE, "never", 0),
        (CLEAN, "note", 0),
    ],
)
def test_fail_on(wflint: Wflint, text: str, level: str, code: int) -> None:
    wflint.write({".github/workflows/ci.yml": text, ".github/CODEOWNERS": "* @team\n"})
    assert wflint.check("--fail-on", level).code == code


def rules_found(wflint: Wflint, *arguments: str) -> set[str]:
    outcome = wflint.check("--format", "json", *arguments)
    return {each["rule"] for each in json.loads(outcome.stdout)["findings"]}


def test_select_and_ignore(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": CI})
    everything = {"loud-script", "tagged-action", "unnamed-job", "unowned-repository"}
    assert rules_found(wflint) == everything
    assert rules_found(wflint, "--select", "loud-script") == {"loud-script"}
    assert rules_found(wflint, "--select", "loud-script,tagged-action") == {"loud-script", "tagged-action"}
    assert rules_found(wflint, "--select", "loud-script", "--select", "tag:style") == {"loud-script", "unnamed-job"}
    assert rules_found(wflint, "--select", "tag:made", "--ignore", "tag:pins") == everything - {"tagged-action"}
    assert rules_found(wflint, "--ignore", "loud-script unnamed-job") == {"tagged-action", "unowned-repository"}


def test_select_runs_what_the_policy_has_off(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": CI, "policy.yml": "rules: {tagged-action: off}\n"})
    assert rules_found(wflint, "--policy", "policy.yml") == set()
    assert rules_found(wflint, "--policy", "policy.yml", "--select", "tagged-action") == {"tagged-action"}


def test_what_cannot_be_read_is_said_whatever_is_selected(wflint: Wflint) -> None:
    wflint.write(REPOSITORY)
    assert rules_found(wflint, "--select", "loud-script", "--ignore", "yaml-parse") == {"loud-script", "yaml-parse"}


def test_statistics_go_to_standard_error(wflint: Wflint) -> None:
    wflint.write({".github/workflows/a.yml": CI, ".github/workflows/b.yml": CI})
    outcome = wflint.check("--statistics", "--format", "json")
    counts = [line.split()[1:] for line in outcome.stderr.splitlines()]
    assert counts == [["2", "loud-script"], ["2", "tagged-action"], ["2", "unnamed-job"], ["1", "unowned-repository"]]
    json.loads(outcome.stdout)


def test_quiet_says_nothing_on_standard_error_but_errors(wflint: Wflint) -> None:
    assert "nothing to check" in wflint.check().stderr
    assert wflint.check("--quiet").stderr == ""
    assert wflint.check("--quiet", "nowhere").stderr != ""


def test_several_formats_each_to_its_place(wflint: Wflint) -> None:
    wflint.write(REPOSITORY)
    outcome = wflint.check("-f", "sarif", "-o", "w.sarif", "--output=w.json", "-fjson", "-f", "concise")
    assert outcome.code == 1
    assert outcome.stdout == wflint.check("-f", "concise").stdout
    assert json.loads((wflint.root / "w.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((wflint.root / "w.json").read_text())["version"] == 1


def test_standard_input(wflint: Wflint) -> None:
    named = wflint.check("-", "--stdin-filename", ".github/workflows/x.yml", "-f", "concise", stdin=CI.encode())
    assert named.code == 1
    assert ".github/workflows/x.yml:8:27: error: " in named.stdout
    assert "unowned-repository" not in named.stdout, "one file is not the whole repository"
    unnamed = wflint.check("-", "-f", "concise", stdin=CI.encode())
    assert unnamed.stdout == named.stdout.replace(".github/workflows/x.yml", "<stdin>")
    assert wflint.check("-", stdin=b"").code == 0
    assert wflint.check("-", "--stdin-filename", "action.yml", stdin=b"\xff").code == 3


def test_colour(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    wflint.write(REPOSITORY)
    plain = wflint.check().stdout
    assert "\x1b" not in plain
    assert "\x1b[" in wflint.check("--color", "always").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in wflint.check().stdout
    assert wflint.check("--color", "never").stdout == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert wflint.check().stdout == plain
    assert "\x1b[" in wflint.check("--color", "always").stdout


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"text", "concise"}))
def test_only_what_people_read_is_coloured(wflint: Wflint, form: str) -> None:
    wflint.write(REPOSITORY)
    assert "\x1b" not in wflint.check("-f", form, "--color", "always").stdout


def test_a_settings_file_is_read_besides_the_tree(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": CLEAN, "exported.json": '{"name": "main", "rules": ['})
    outcome = wflint.check("--settings", "exported.json", "-f", "concise")
    assert outcome.code == 1
    assert "exported.json:1:" in outcome.stdout


def test_two_runs_print_the_same_bytes(wflint: Wflint) -> None:
    files = {f".github/workflows/{name}.yml": CI for name in "abcdef"}
    wflint.write({**REPOSITORY, **files, ".github/dependabot.yml": "version: 2\n"})
    said = []
    for seed in ("1", "2"):
        sinks = [word for form in FORMATS for word in ("-f", form, "-o", f"{form}.{seed}")]
        outcome = wflint.process(
            *("check", "--today", TODAY, "--policy", "strict", *sinks), environment={"PYTHONHASHSEED": seed}
        )
        assert outcome.code == 1, outcome
        said.append([(wflint.root / f"{form}.{seed}").read_bytes() for form in FORMATS])
    assert said[0] == said[1]


def test_the_example_shows_a_variety_of_findings(wflint: Wflint) -> None:
    outcome = wflint.run("check", "--today", TODAY, "-f", "json", EXAMPLE)
    said = json.loads(outcome.stdout)
    assert (outcome.code, said["failures"]) == (1, [])
    assert 15 <= len(said["findings"]) <= 40
    assert len({each["rule"] for each in said["findings"]}) >= 12
    assert len({each["path"] for each in said["findings"]}) >= 5
