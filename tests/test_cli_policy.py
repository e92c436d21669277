"""`wflint policy`: what authors of policies work with."""

from __future__ import annotations

import json

import jsonschema
import pytest
from conftest import Wflint

from wflint.bundled import bundled
from wflint.policy.schema import schema
from wflint.rule.catalogue import load
from wflint.source import yaml
from wflint.source.source import Source

PACKS = sorted(bundled("policies").glob("*.yaml"))
SCHEMA = schema(load([bundled("rules")]))


@pytest.mark.parametrize("pack", [pytest.param(pack, id=pack.stem) for pack in PACKS])
def test_packs_are_valid_by_the_schema_that_editors_get(pack: object) -> None:
    text = (bundled("policies") / str(pack)).read_text(encoding="utf-8")
    root = yaml.parse(Source("pack", "file", text)).root
    assert root is not None
    jsonschema.Draft202012Validator(SCHEMA).validate(root.plain())


@pytest.mark.parametrize(
    "policy",
    [
        {"rules": {"unpined-uses": "on"}},
        {"rules": {"unpinned-uses": "eror"}},
        {"rules": {"timeout-missing": {"options": {"max-minute": 5}}}},
        {"rules": {"timeout-missing": {"options": {"max-minutes": "five"}}}},
        {"waivers": [{"rule": "unpinned-uses", "path": "**"}]},
        {"overrides": [{"files": ["**"]}]},
        {"extend": ["recommended"]},
    ],
)
def test_the_schema_refuses_what_wflint_refuses(wflint: Wflint, policy: dict[str, object]) -> None:
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(policy)
    wflint.write({"policy.yaml": json.dumps(policy)})
    assert wflint.run("check", "--policy", "policy.yaml").code == 2


def test_the_schema_is_printed_whole(wflint: Wflint) -> None:
    outcome = wflint.run("policy", "schema")
    assert outcome.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(outcome.stdout))


def test_the_effective_policy_is_shown_with_where_each_value_comes_from(wflint: Wflint) -> None:
    wflint.write(
        {
            "house.yaml": "extends: [recommended]\nrules:\n  branch-ref: {level: note, enforcement: mandatory}\n",
            "wflint.yml": "rules:\n  branch-ref: error\n  timeout-missing: {options: {max-minutes: 45}}\n",
        }
    )
    outcome = wflint.run("policy", "show", "--policy", "house.yaml")
    shown = outcome.stdout
    assert "level: error  # wflint.yml:2" in shown
    assert "enforcement: mandatory  # house.yaml:3" in shown
    assert "max-minutes: 45  # wflint.yml:3" in shown
    assert "  forbidden-uses:" not in shown
    assert "  forbidden-uses:" in wflint.run("policy", "show", "--policy", "house.yaml", "--all").stdout


@pytest.mark.parametrize("arguments", [(), ("--python",)])
def test_a_new_rule_runs_as_it_is_written(wflint: Wflint, arguments: tuple[str, ...]) -> None:
    assert wflint.run("policy", "new", "job-too-slow", "--bundle", "house", *arguments).code == 0
    tested = wflint.run("policy", "test", "house")
    assert (tested.code, tested.stdout) == (0, "passed job-too-slow (2)\n1 passed, 0 failed\n")
    again = wflint.run("policy", "new", "job-too-slow", "--bundle", "house", *arguments)
    assert again.code == 2
    assert "exists already" in again.stderr


def test_an_id_that_is_none_is_refused(wflint: Wflint) -> None:
    assert wflint.run("policy", "new", "Job_Too_Slow").code == 2


def test_an_example_that_does_not_hold_fails_and_says_where(wflint: Wflint) -> None:
    wflint.run("policy", "new", "job-too-slow", "--bundle", "house")
    file = wflint.root / "house/rules/team/job-too-slow.yaml"
    file.write_text(file.read_text().replace("timeout-minutes: 10", "name: Build"))
    outcome = wflint.run("policy", "test", "house")
    assert outcome.code == 1
    assert "FAILED job-too-slow" in outcome.stdout
    assert "findings are expected on no line, found on line 3" in outcome.stdout
    assert outcome.stdout.endswith("0 passed, 1 failed\n")


def test_a_folder_without_rules_is_misuse(wflint: Wflint) -> None:
    (wflint.root / "empty/rules").mkdir(parents=True)
    assert wflint.run("policy", "test", "empty").code == 2
    assert wflint.run("policy", "test", "missing").code == 2
