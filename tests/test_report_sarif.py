"""SARIF is valid, and says what GitHub reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sarif_om
from made_reports import CI, RULES, TEXTS, at, hostile, incomplete, made_rule, sample

from wflint.report import sarif
from wflint.report.fingerprint import LineHashes
from wflint.report.report import Report
from wflint.report.serialise import plain
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))
MULTITOOL = os.environ.get("WFLINT_SARIF_MULTITOOL") or shutil.which("Sarif.Multitool")


def log(report: Report, style: Style = PLAIN) -> Any:
    return json.loads("".join(sarif.render(report, style)))


def run(report: Report, style: Style = PLAIN) -> Any:
    (only,) = log(report, style)["runs"]
    return only


@pytest.mark.parametrize("made", [sample, incomplete, hostile, lambda: Report(())])
@pytest.mark.parametrize("waived", [False, True])
def test_it_is_valid_by_the_schema(made: Any, waived: bool) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator(SCHEMA).validate(log(made(), Style(waived=waived)))


@pytest.mark.skipif(MULTITOOL is None, reason="WFLINT_SARIF_MULTITOOL does not name the validator")
@pytest.mark.parametrize("made", [sample, incomplete, hostile])
def test_microsofts_validator_has_nothing_to_say(made: Any, tmp_path: Path) -> None:
    kinds = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"]
    (tmp_path / "in.sarif").write_text("".join(sarif.render(made())), "utf-8")
    subprocess.run(
        [str(MULTITOOL), "validate", "in.sarif", *kinds, "-o", "out.sarif", "--log", "ForceOverwrite"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    said = json.loads((tmp_path / "out.sarif").read_text("utf-8-sig"))
    assert said["runs"][0]["results"] == []


def test_every_result_has_what_github_reads() -> None:
    only = run(sample())
    rules = only["tool"]["driver"]["rules"]
    assert only["tool"]["driver"]["name"] == "wflint"
    assert only["automationDetails"]["id"].endswith("/")
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"].endswith(".")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        path = CI if place["artifactLocation"]["uri"] == CI else ".github/workflows/release é.yml"
        expected = LineHashes(TEXTS[path]).hash(place["region"]["startLine"])
        assert result["partialFingerprints"] == {"primaryLocationLineHash": expected}


def test_a_warning_says_so_though_it_is_the_default() -> None:
    result = next(result for result in run(sample())["results"] if result["ruleId"] == "timeout-missing")
    assert (result["level"], result["kind"]) == ("warning", "fail")


def test_every_rule_of_the_run_is_described() -> None:
    rules = {rule["id"]: rule for rule in run(sample())["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(RULES)
    pinned = rules["unpinned-uses"]
    assert pinned["properties"] == {
        "tags": ["security", "supply-chain"],
        "problem.severity": "error",
        "security-severity": "7.5",
    }
    assert pinned["helpUri"].endswith("/unpinned-uses.md")
    assert "`max-age`: `30`" in pinned["help"]["markdown"]
    assert "# finding" not in pinned["help"]["text"]
    assert rules["timeout-missing"]["defaultConfiguration"] == {"level": "warning"}


def test_rule_texts_stay_within_githubs_limits() -> None:
    wordy = made_rule("wordy", "x" * 3000, "note", docs="y" * 3000, tags=tuple(f"t{n}" for n in range(30)))
    (rule,) = run(Report((), rules={"wordy": wordy}))["tool"]["driver"]["rules"]
    assert len(rule["shortDescription"]["text"]) <= 1024
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert len(rule["properties"]["tags"]) == 10


def test_related_places_are_linked_from_the_message() -> None:
    result = next(result for result in run(sample())["results"] if result["ruleId"] == "unknown-needs")
    assert result["message"]["text"].endswith("Related: [the job that may be meant](1), [as it is done here](2).")
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]


def test_a_fix_deletes_and_inserts() -> None:
    (fix,) = run(sample())["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == CI
    assert change["replacements"][0]["deletedRegion"] == {
        "startLine": 7,
        "startColumn": 15,
        "endLine": 7,
        "endColumn": 34,
    }


def test_paths_are_relative_addresses_of_their_bytes() -> None:
    names = {"a b/é.yml": "a%20b/%C3%A9.yml", "a:b.yml": "a%3Ab.yml", "\udcff.yml": "%FF.yml", "#?.yml": "%23%3F.yml"}
    place = at(CI, "build")
    found = tuple(Finding("x", "error", "m", place._replace(path=name)) for name in names)
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run(Report(found))["results"]
    ]
    assert uris == list(names.values())


def test_an_incomplete_run_says_so() -> None:
    (invocation,) = run(incomplete())["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["associatedRule"]["id"] == "timeout-missing"
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "x/action.yml"
    assert run(sample())["invocations"] == [{"executionSuccessful": True}]


def test_a_file_that_could_not_be_checked_makes_the_run_incomplete() -> None:
    finding = Finding("unreadable", "error", "it is not YAML", at(CI, "build"))
    (invocation,) = run(Report((finding,), rules=RULES, texts=TEXTS))["invocations"]
    assert invocation["executionSuccessful"] is False


def test_waived_findings_appear_only_when_asked_for() -> None:
    assert not [result for result in run(sample())["results"] if "suppressions" in result]
    results = run(sample(), Style(waived=True))["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 0, 0, 0, 0, 1]
    (suppression,) = results[-1]["suppressions"]
    assert suppression["kind"] == "external"
    assert suppression["status"] == "accepted"


def test_the_gravest_come_first_and_the_limit_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    assert [result["level"] for result in run(sample())["results"]] == ["error", "error", "error", "warning"]


def test_it_is_the_same_each_time() -> None:
    assert "".join(sarif.render(sample())) == "".join(sarif.render(sample()))


def test_serialising_refuses_what_sarif_om_would_take_in_silence() -> None:
    region = sarif_om.Region(start_line=1)
    region.strat_line = 4
    with pytest.raises(TypeError, match="Region was given"):
        plain(region)
    with pytest.raises(TypeError, match="no SARIF object"):
        plain({"path": Path()})


def test_serialising_skips_what_is_default() -> None:
    assert plain(sarif_om.Run(tool=None, results=[], newline_sequences=["\r\n", "\n"])) == {"results": []}
    assert plain(sarif_om.Location(id=1)) == {"id": 1}
