"""`wflint settings show`: what holds, and where it comes from."""

from __future__ import annotations

import json

import pytest
from conftest import Wflint
from made_settings import checks, reviews, ruleset

RULESET = json.dumps(ruleset("deletion", reviews(2), checks("build")), indent=1)
APP = """\
repository:
  default_branch: main
  allow_squash_merge: false
environments:
  - name: prod
    reviewers: [{type: Team, id: 7}]
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      enforce_admins: null
      restrictions: null
"""
FILES = {".github/rulesets/main.json": RULESET, ".github/settings.yml": APP}


def line_of(text: str, what: str) -> int:
    return text[: text.index(what)].count("\n") + 1


def test_the_policies_of_a_ref_are_shown_as_one(wflint: Wflint) -> None:
    wflint.write(FILES)
    outcome = wflint.run("settings", "show")
    assert (outcome.code, outcome.stderr) == (0, "")
    shown = [line.split() for line in outcome.stdout.splitlines()]
    assert "main, the default branch" in outcome.stdout
    assert "the ruleset main applies" in outcome.stdout
    assert "the branch protection of main applies" in outcome.stdout
    assert "may be bypassed by repository admins (always)" in outcome.stdout
    at = line_of(RULESET, "required_approving_review_count")
    assert ["approvals", "2", f".github/rulesets/main.json:{at}"] in shown
    at = line_of(RULESET, '"deletion"')
    assert ["block_deletion", "on", f".github/rulesets/main.json:{at},"] in [row[:3] for row in shown]
    assert ["squash", "off", ".github/settings.yml:3"] in shown
    assert "environment prod" in outcome.stdout
    assert "other policies may apply: the files do not tell all" in outcome.stdout


def test_what_is_not_known_is_not_off(wflint: Wflint) -> None:
    wflint.write(FILES)
    (told,) = json.loads(wflint.run("settings", "show", "--format", "json").stdout)["repositories"]
    (main,) = told["refs"]
    assert main["controls"]["approvals"]["value"] == 2
    assert main["controls"]["approvals"]["state"] == "set"
    assert main["controls"]["block_force_push"]["state"] == "default"
    assert [policy["how"] for policy in main["policies"]] == ["applies", "applies"]
    assert told["merge"]["squash"]["value"] is False
    assert told["merge"]["rebase"] == {"value": None, "state": "unknown", "from": []}
    assert told["environments"][0]["name"] == "prod"
    assert told["environments"][0]["reviewers"]["value"] == ["the team 7"]
    assert {source["intent"] for source in told["sources"]} == {"desired"}


def test_a_file_anywhere(wflint: Wflint) -> None:
    wflint.write({"elsewhere/exported.json": RULESET})
    outcome = wflint.run("settings", "show", "elsewhere/exported.json")
    assert (outcome.code, "elsewhere/exported.json" in outcome.stdout) == (0, True)


def test_where_there_is_nothing(wflint: Wflint) -> None:
    outcome = wflint.run("settings", "show")
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "wflint settings pull" in outcome.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_is_none(wflint: Wflint, form: str) -> None:
    wflint.write({".github/settings.yml": "a: [", ".github/rulesets/main.json": RULESET})
    outcome = wflint.run("settings", "show", "--format", form)
    assert (outcome.code, ".github/settings.yml" in outcome.stderr, "deletion" in outcome.stdout) == (3, True, True)


@pytest.mark.parametrize("form", ["text", "json"])
def test_names_of_strangers(wflint: Wflint, form: str) -> None:
    hostile = "\x1b[31m::error::\n##[group]\u202e"
    wflint.write({".github/rulesets/main.json": json.dumps(ruleset(checks(hostile), name=hostile))})
    outcome = wflint.run("settings", "show", "--format", form)
    assert outcome.code == 0
    assert "\x1b" not in outcome.stdout
    assert "\u202e" not in outcome.stdout
