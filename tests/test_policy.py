"""What a policy decides: which rules run, where, how gravely, and what is accepted."""

from __future__ import annotations

import json
import re

import pytest
from conftest import BUNDLE, Wflint
from hypothesis import given
from hypothesis import strategies as st

from wflint.policy.accept import digest
from wflint.policy.glob import matches

TWO_JOBS = """\
on: push
jobs:
  one:
    runs-on: x
    steps:
      - uses: some/action@v1
  two:
    runs-on: x
    steps:
      - uses: other/action@v2
"""
RELEASE = ".github/workflows/release-please.yml"
CI = ".github/workflows/ci.yml"
BASE = {CI: TWO_JOBS}


def levels(wflint: Wflint, *arguments: str) -> list[tuple[str, str, int]]:
    """Return rule, level and line of every finding of the tests' own rules."""
    found = json.loads(wflint.check("--format", "json", *arguments).stdout)["findings"]
    mine = ("tagged-action", "unnamed-job", "loud-script")
    return [(each["rule"], each["level"], each["line"]) for each in found if each["rule"] in mine]


def told(wflint: Wflint, policy: str, *arguments: str) -> set[tuple[str, str]]:
    """Return rule and level of the findings under a policy of this text."""
    wflint.write({**BASE, "policy.yml": policy})
    return {(rule, level) for rule, level, _ in levels(wflint, "--policy", "policy.yml", *arguments)}


def test_extending_lays_one_over_the_other_in_order(wflint: Wflint) -> None:
    wflint.write(
        {"a.yml": "rules: {unnamed-job: error, tagged-action: note}\n", "b.yml": "rules: {unnamed-job: warning}\n"}
    )
    assert told(wflint, "extends: [a.yml, b.yml]\n") == {("unnamed-job", "warning"), ("tagged-action", "note")}
    assert told(wflint, "extends: [b.yml, a.yml]\n") == {("unnamed-job", "error"), ("tagged-action", "note")}
    assert told(wflint, "extends: [a.yml]\nrules: {unnamed-job: off}\n") == {("tagged-action", "note")}
    assert told(wflint, "extends: a.yml\nrules: {unnamed-job: on}\n") >= {("unnamed-job", "error")}


def test_options_are_laid_over_one_by_one(wflint: Wflint) -> None:
    wflint.write({"a.yml": "rules: {tagged-action: {options: {allow: ['some/*'], suffix: '!'}}}\n"})
    wflint.write({**BASE, "policy.yml": "extends: [a.yml]\nrules: {tagged-action: {options: {allow: ['other/*']}}}\n"})
    outcome = wflint.check("--policy", "policy.yml", "-f", "concise")
    assert outcome.stdout == f"{CI}:6:27: error: `v1` of `some/action` can move! [tagged-action]\n"


def test_tags(wflint: Wflint) -> None:
    assert told(wflint, "rules: {'tag:style': on}\n") == {("unnamed-job", "note")}
    assert told(wflint, "rules: {'tag:made': warning}\n") == {("unnamed-job", "warning"), ("tagged-action", "warning")}
    assert told(wflint, "rules: {'tag:made': warning, unnamed-job: off}\n") == {("tagged-action", "warning")}
    assert told(wflint, "rules: {unnamed-job: on, 'tag:made': off}\n") == {("unnamed-job", "note")}


def test_overrides_are_for_some_files_and_the_last_that_matches_counts(wflint: Wflint) -> None:
    wflint.write({RELEASE: TWO_JOBS})
    policy = (
        "rules: {tagged-action: warning}\n"
        "overrides:\n"
        "  - {files: ['.github/workflows/*.yml'], rules: {tagged-action: note, unnamed-job: on}}\n"
        "  - {files: ['**/release-*.yml', nothing], rules: {tagged-action: error}}\n"
    )
    wflint.write({**BASE, "policy.yml": policy})
    found = json.loads(wflint.check("--policy", "policy.yml", "--format", "json").stdout)["findings"]
    assert {(each["path"], each["rule"], each["level"]) for each in found} == {
        (CI, "tagged-action", "note"),
        (CI, "unnamed-job", "note"),
        (RELEASE, "tagged-action", "error"),
        (RELEASE, "unnamed-job", "note"),
    }


def test_an_override_switches_off(wflint: Wflint) -> None:
    assert (
        told(wflint, "rules: {tagged-action: on}\noverrides: [{files: ['**'], rules: {tagged-action: off}}]\n") == set()
    )
    assert told(wflint, "overrides: [{files: ['**'], rules: {'tag:pins': on}}]\n") == {("tagged-action", "error")}


STRICT = "rules: {tagged-action: {level: warning, enforcement: mandatory, options: {allow: [other/*]}}}\n"
HELD = [("tagged-action", "warning", 6)]


@pytest.mark.parametrize(
    "own",
    [
        "rules: {tagged-action: off}\n",
        "rules: {tagged-action: note}\n",
        "rules: {tagged-action: {level: note, enforcement: advisory}}\n",
        "rules: {tagged-action: {enforcement: advisory}}\n",
        "rules: {tagged-action: {enforcement: waivable}}\n",
        "rules: {tagged-action: {options: {allow: ['**']}}}\n",
        "rules: {'tag:pins': off}\n",
        "rules: {'tag:pins': {enforcement: advisory}}\n",
        "overrides: [{files: ['**'], rules: {tagged-action: off}}]\n",
        "overrides: [{files: ['**'], rules: {tagged-action: note}}]\n",
        "overrides: [{files: ['**'], rules: {'tag:pins': off}}]\n",
        "overrides: [{files: ['**'], rules: {tagged-action: {options: {allow: ['**']}}}}]\n",
        "extends: [lax.yml]\n",
        "waivers: [{rule: tagged-action, path: '**', reason: x, owner: x}]\n",
    ],
)
@pytest.mark.parametrize("handed_over", ["rule", "tag"])
def test_what_is_mandatory_stays(wflint: Wflint, own: str, handed_over: str) -> None:
    strict = STRICT if handed_over == "rule" else STRICT.replace("tagged-action", "'tag:pins'", 1)
    wflint.write(
        {**BASE, "org.yml": strict, "lax.yml": "rules: {tagged-action: off, 'tag:pins': off}\n", "wflint.yml": own}
    )
    assert levels(wflint, "--policy", "org.yml") == HELD
    assert wflint.check("--policy", "org.yml", "--ignore", "tagged-action").code == 1
    assert wflint.check("--policy", "org.yml", "--ignore", "tag:pins").code == 1
    shown = wflint.run("policy", "show", "--bundle", BUNDLE, "--policy", "org.yml").stdout
    assert "tagged-action" in shown


def test_what_is_mandatory_stays_for_all_who_extend_it(wflint: Wflint) -> None:
    wflint.write({"org.yml": STRICT, "team.yml": "extends: [org.yml]\nrules: {tagged-action: off}\n"})
    wflint.write({**BASE, "wflint.yml": "extends: [team.yml]\nrules: {'tag:pins': note}\n"})
    assert levels(wflint, "--policy", "wflint.yml") == HELD


def test_what_is_mandatory_can_be_made_graver(wflint: Wflint) -> None:
    wflint.write({**BASE, "org.yml": STRICT, "wflint.yml": "rules: {tagged-action: error}\n"})
    assert levels(wflint, "--policy", "org.yml") == [("tagged-action", "error", 6)]
    wflint.write(
        {
            "org.yml": "rules: {tagged-action: {enforcement: mandatory}}\n",
            "wflint.yml": "rules: {tagged-action: note}\n",
        }
    )
    assert {level for _, level, _ in levels(wflint, "--policy", "org.yml")} == {"error"}, "the rule's own level is held"


def test_what_is_not_mandatory_may_be_loosened(wflint: Wflint) -> None:
    wflint.write(
        {**BASE, "org.yml": STRICT.replace("mandatory", "waivable"), "wflint.yml": "rules: {tagged-action: off}\n"}
    )
    assert levels(wflint, "--policy", "org.yml") == []
    assert levels(wflint, "--policy", "org.yml", "--no-config") == HELD


def test_what_could_not_be_checked_is_as_grave_as_it_is(wflint: Wflint) -> None:
    own = "rules: {yaml-parse: off, unreadable: {level: note, enforcement: advisory}, 'tag:input': off}\n"
    more = "overrides: [{files: ['**'], rules: {yaml-parse: off}}]\n"
    waived = "waivers: [{rule: yaml-parse, path: '**', reason: x, owner: x}]\n"
    wflint.write({CI: "on: [\n# wflint: ignore[yaml-parse] no\n", "policy.yml": own + more + waived})
    outcome = wflint.check("--policy", "policy.yml", "-f", "concise")
    assert outcome.code == 1
    assert "error: " in outcome.stdout
    assert "[yaml-parse]" in outcome.stdout


def test_advisory_findings_are_shown_and_never_fail_the_run(wflint: Wflint) -> None:
    wflint.write({**BASE, "policy.yml": "rules: {tagged-action: {level: error, enforcement: advisory}}\n"})
    outcome = wflint.check("--policy", "policy.yml", "--fail-on", "note")
    assert outcome.code == 0
    assert "2 errors" in outcome.stdout
    wflint.write({"policy.yml": "rules: {tagged-action: {enforcement: advisory}, unnamed-job: on}\n"})
    assert wflint.check("--policy", "policy.yml", "--fail-on", "note").code == 1


def waived(wflint: Wflint, waiver: str, *arguments: str) -> list[int]:
    """Return the lines of what still stands of two findings, under a waiver."""
    text = f"rules: {{tagged-action: on}}\nwaivers:\n  - {{rule: tagged-action, owner: me, reason: why, {waiver}}}\n"
    wflint.write({**BASE, "policy.yml": text})
    return [line for _, _, line in levels(wflint, "--policy", "policy.yml", *arguments)]


def test_waivers_by_path(wflint: Wflint) -> None:
    assert waived(wflint, f"path: {CI}") == []
    assert waived(wflint, "path: '**'") == []
    assert waived(wflint, "path: '*.yml'") == [6, 10]
    assert waived(wflint, "path: .github/workflows/c?.yml") == []


def test_waivers_by_route_and_value(wflint: Wflint) -> None:
    assert waived(wflint, "path: '**', route: 'jobs.one.steps[0].uses'") == [10]
    assert waived(wflint, f"path: '**', value: {digest('v2')}") == [6]
    assert waived(wflint, f"path: '**', route: 'jobs.one.steps[0].uses', value: {digest('v2')}") == [6, 10]


def test_waivers_expire(wflint: Wflint) -> None:
    assert waived(wflint, "path: '**', until: 2026-11-01") == []
    assert waived(wflint, "path: '**', until: 2026-10-31") == [6, 10]


def test_waived_findings_are_counted_and_said(wflint: Wflint) -> None:
    assert waived(wflint, "path: '**'") == []
    outcome = wflint.check("--policy", "policy.yml")
    assert (outcome.code, outcome.stdout) == (0, "No findings; 2 waived; 2 files checked.\n")
    record = json.loads(wflint.check("--policy", "policy.yml", "-f", "json").stdout)
    assert [each["reason"] for each in record["waived"]] == ["why", "why"]


def standing(wflint: Wflint, text: str, *arguments: str) -> list[int]:
    wflint.write({CI: text, "policy.yml": "rules: {tagged-action: on, 'tag:policy': on}\n"})
    return [line for rule, _, line in levels(wflint, "--policy", "policy.yml", *arguments) if rule == "tagged-action"]


def rules(wflint: Wflint) -> set[str]:
    found = json.loads(wflint.check("--policy", "policy.yml", "-f", "json").stdout)["findings"]
    return {each["rule"] for each in found}


ONE = "on: push\njobs:\n  one:\n    runs-on: x\n    steps:\n"
STEP = "      - uses: some/action@v1"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{ONE}{STEP} # wflint: ignore[tagged-action] we know them\n", []),
        (f"{ONE}{STEP} # wflint: ignore[tagged-action, unnamed-job] we know them\n", []),
        (f"{ONE}      # wflint: ignore[tagged-action] we know them\n{STEP}\n{STEP}\n", [8]),
        (f"{ONE}      # wflint: ignore[tagged-action] we know them\n      # and more\n{STEP}\n", []),
        (f"{ONE}      # wflint: ignore[tagged-action] we know them\n\n{STEP}\n", [8]),
        (f"{ONE}{STEP}\n      # wflint: ignore[tagged-action] we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[tagged-action]\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[tagged-action] -\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[] we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[tagged-actio] we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[*] we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[tag:pins] we know them\n", [6]),
        (f"{ONE}{STEP} # wflint: ignore[unnamed-job] we know them\n", [6]),
        (f"{ONE}{STEP}\n# wflint: ignore-file[tagged-action] we know them\n", [6]),
        (f"{ONE}      - name: '# wflint: ignore[tagged-action] a text'\n        uses: some/action@v1\n", [7]),
        (f"{ONE}{STEP} # wflint: ignore[tagged-action] we know them\r\n", []),
    ],
)
def test_ignores(wflint: Wflint, text: str, lines: list[int]) -> None:
    assert standing(wflint, text) == lines


def test_an_ignore_covers_the_block_that_begins_on_its_line(wflint: Wflint) -> None:
    text = (
        f"{ONE}      - run: | # wflint: ignore[loud-script] it is meant to be read\n          make\n          echo x\n"
    )
    wflint.write({CI: text, "policy.yml": "rules: {loud-script: on}\n"})
    assert wflint.check("--policy", "policy.yml").code == 0


def test_an_ignore_at_an_alias_does_not_cover_its_anchor(wflint: Wflint) -> None:
    text = f"{ONE}      - &a {{uses: some/action@v1}}\n      - *a # wflint: ignore[tagged-action] here it is fine\n"
    assert standing(wflint, text) == [6]


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        ("ignore[tagged-action]", "ignore-without-reason"),
        ("ignore[unnamed-job, tagged-action] x", None),
        ("ignore[tagged-acton] we know them", "ignore-unknown-rule"),
    ],
)
def test_what_is_wrong_with_an_ignore_is_a_finding(wflint: Wflint, comment: str, rule: str | None) -> None:
    standing(wflint, f"{ONE}{STEP} # wflint: {comment}\n")
    assert (rule in rules(wflint)) if rule else not any(name.startswith("ignore-") for name in rules(wflint))


def test_an_ignore_that_is_not_needed(wflint: Wflint) -> None:
    standing(wflint, f"{ONE}      - uses: ./here # wflint: ignore[tagged-action] we know them\n")
    assert rules(wflint) == {"ignore-unused"}


def test_an_ignore_of_what_is_mandatory_is_refused(wflint: Wflint) -> None:
    wflint.write({CI: f"{ONE}{STEP} # wflint: ignore[tagged-action] we know them\n"})
    wflint.write({"policy.yml": "rules: {tagged-action: {enforcement: mandatory}, 'tag:policy': on}\n"})
    assert rules(wflint) == {"tagged-action", "ignore-refused"}


def test_waivers_that_expired_or_are_not_needed_are_findings(wflint: Wflint) -> None:
    waivers = (
        "  - {rule: tagged-action, path: '**', reason: x, owner: x, until: 2026-10-31}\n"
        "  - {rule: tagged-action, path: nowhere.yml, reason: x, owner: x}\n"
    )
    wflint.write({**BASE, "policy.yml": f"rules: {{tagged-action: on, 'tag:policy': on}}\nwaivers:\n{waivers}"})
    found = json.loads(wflint.check("--policy", "policy.yml", "-f", "json").stdout)["findings"]
    mine = [(each["rule"], each["path"], each["line"]) for each in found if each["rule"].startswith("waiver-")]
    assert mine == [("waiver-expired", "policy.yml", 3), ("waiver-unused", "policy.yml", 4)]


@given(
    st.lists(st.sampled_from(["a", "b", "/", "*", "**", "**/", "?", ".", "["]), max_size=7).map("".join),
    st.text("ab/.[", max_size=7),
)
def test_globs_are_what_their_regular_expressions_are(pattern: str, path: str) -> None:
    words = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    expected = re.fullmatch("".join(words.get(part) or re.escape(part) for part in parts), path) is not None
    assert matches(pattern, path) == expected


def test_no_glob_is_slow() -> None:
    assert not matches("**/" * 200 + "x", "a/" * 2000)
    assert not matches("*a" * 200, "a" * 4000 + "b")
