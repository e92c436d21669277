"""A baseline accepts the findings of a day, and no others."""

from __future__ import annotations

import json

from conftest import Wflint

WORKFLOW = """\
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: someone/action@v1
      - uses: other/action@main
"""
FILE = ".github/workflows/ci.yml"


def adopted(wflint: Wflint, workflow: str = WORKFLOW) -> None:
    wflint.write({FILE: workflow})
    assert wflint.run("baseline", "--owner", "platform", "--reason", "it was there").code == 0
    assert wflint.run("check").code == 0


def found(wflint: Wflint) -> list[tuple[str, int]]:
    report = json.loads(wflint.run("check", "--format", "json").stdout)
    return [(finding["rule"], finding["line"]) for finding in report["findings"]]


def test_one_command_adopts_a_repository(wflint: Wflint) -> None:
    adopted(wflint)
    report = json.loads(wflint.run("check", "--format", "json").stdout)
    assert {waived["reason"] for waived in report["waived"]} == {"it was there"}
    assert report["summary"]["waived"] == 2


def test_lines_may_move(wflint: Wflint) -> None:
    adopted(wflint)
    wflint.write({FILE: "# a comment\n\n" + WORKFLOW.replace("jobs:", "\n\njobs:")})
    assert found(wflint) == []


def test_a_new_finding_counts(wflint: Wflint) -> None:
    adopted(wflint)
    wflint.write({FILE: WORKFLOW + "      - uses: third/action@v2\n"})
    assert found(wflint) == [("unpinned-uses", 10)]


def test_a_changed_value_is_a_new_finding_and_the_old_entry_is_idle(wflint: Wflint) -> None:
    adopted(wflint)
    wflint.write({FILE: WORKFLOW.replace("action@v1", "action@v2")})
    assert [rule for rule, _ in found(wflint)] == ["unpinned-uses", "waiver-unused"]


def test_a_mandatory_rule_cannot_be_adopted(wflint: Wflint) -> None:
    wflint.write({FILE: WORKFLOW, "house.yaml": "rules:\n  branch-ref: {level: error, enforcement: mandatory}\n"})
    outcome = wflint.run("baseline", "--owner", "platform", "--policy", "house.yaml")
    assert "1 stay: their rules are mandatory" in outcome.stderr
    assert wflint.run("check", "--policy", "house.yaml").code == 1


def test_it_is_written_anew_and_holds_waivers_only(wflint: Wflint) -> None:
    adopted(wflint)
    first = (wflint.root / "wflint-baseline.yml").read_text()
    wflint.run("baseline", "--owner", "platform", "--reason", "it was there")
    assert (wflint.root / "wflint-baseline.yml").read_text() == first
    wflint.write({"wflint-baseline.yml": "rules: {branch-ref: off}\n"})
    assert wflint.run("check").code == 2


def test_odd_names_and_reasons_stay_data(wflint: Wflint) -> None:
    wflint.write({".github/workflows/a b*'\"\n:x.yml": WORKFLOW})
    assert wflint.run("baseline", "--owner", "a: b\n- c", "--reason", '"}\nrules: {}').code == 0
    assert wflint.run("check").code == 0


def test_a_part_of_a_repository_has_no_baseline(wflint: Wflint) -> None:
    wflint.write({FILE: WORKFLOW})
    assert wflint.run("baseline", FILE, "--owner", "platform").code == 2
