"""Rulesets as files and answers hold them."""

from typing import Any

import pytest
from made_settings import checks, document, odd, policy, refs, reviews, ruleset, settings, written

from wflint.settings.loaders.sniff import load

BRANCH_RULES = [
    {"type": "deletion", "ruleset_id": 7, "ruleset_source_type": "Organization", "ruleset_source": "o"},
    checks("a") | {"ruleset_id": 8, "ruleset_source_type": "Repository", "ruleset_source": "o/r"},
    {"type": "update", "ruleset_id": 7, "ruleset_source_type": "Organization", "ruleset_source": "o"},
]


def test_a_ruleset_says_what_it_lists_and_nothing_else() -> None:
    one = policy(ruleset("deletion", reviews(2, allowed_merge_methods=["squash"]), checks("build", strict=True)))
    assert (one.kind, one.name.value, one.enforcement.value, one.target.value) == (
        "ruleset",
        "main",
        "active",
        "branch",
    )
    assert one.block_deletion.is_set
    assert written(one.block_deletion) == '"deletion"'
    assert one.block_force_push.is_off
    assert one.block_force_push.state == "default"
    pull = one.pull_request.value
    assert pull is not None
    assert (pull.approvals.value, written(pull.approvals)) == (2, "2")
    assert pull.merge_methods.value == ("squash",)
    assert pull.dismissal.is_off
    assert [check.context.value for check in one.checks] == ["build"]
    assert written(one.checks[0].context) == '"build"'
    assert one.merge_queue.is_off
    assert one.bypass.is_off


def test_what_a_fragment_does_not_say_is_unknown() -> None:
    one = policy({"rules": [{"type": "deletion"}]})
    assert one.block_deletion.is_on
    assert one.block_force_push.is_off
    for setting in (one.name, one.target, one.enforcement, one.include, one.bypass):
        assert not setting.known


def test_a_list_of_rules_alone() -> None:
    one = policy([{"type": "deletion"}, {"type": "non_fast_forward"}])
    assert one.block_force_push.is_on
    assert not one.enforcement.known


def test_a_summary_tells_nothing_of_rules() -> None:
    one = policy([{"id": 1, "name": "x", "target": "branch", "enforcement": "enabled", "node_id": "y"}])
    assert one.enforcement.value == "active"
    for setting in (one.block_deletion, one.pull_request, one.status_checks, one.bypass, one.include):
        assert not setting.known


def test_bypass_actors_that_are_not_shown_are_unknown_and_an_empty_list_is_none() -> None:
    assert policy(ruleset("deletion")).bypass.is_off
    shown = ruleset("deletion")
    del shown["bypass_actors"]
    assert not policy(shown).bypass.known


@pytest.mark.parametrize(
    ("actor", "title", "mode", "is_admin"),
    [
        ({"actor_type": "OrganizationAdmin", "actor_id": 1}, "organization admins", "always", True),
        ({"actor_type": "RepositoryRole", "actor_id": 5, "bypass_mode": "exempt"}, "the role `admin`", "exempt", True),
        ({"actor_type": "RepositoryRole", "actor_id": 4}, "the role `write`", "always", False),
        ({"actor_type": "DeployKey", "actor_id": None}, "deploy keys", "always", False),
        ({"actor_type": "Integration", "actor_id": 15368}, "the app `15368`", "always", False),
        ({"actor_type": "Team", "actor_id": 9, "bypass_mode": "pull_request"}, "the team `9`", "pull_request", False),
        ({"actor_type": "Nobody"}, "a unknown", "always", False),
    ],
)
def test_bypass_actors(actor: dict[str, object], title: str, mode: str, is_admin: bool) -> None:
    (one,) = policy(ruleset("deletion", bypass_actors=[actor])).bypass.value or ()
    assert (one.actor.title, one.mode.value, one.actor.is_admin) == (title, mode, is_admin)


def test_the_app_of_a_check() -> None:
    listed: list[dict[str, Any]] = [
        {"context": "a", "integration_id": 15368},
        {"context": "b"},
        {"context": "c", "integration_id": None},
    ]
    pinned, absent, null = policy(ruleset(checks(*listed))).checks
    assert (pinned.app.value, written(pinned.app)) == (15368, "15368")
    assert absent.app.is_off
    assert null.app.is_off


def test_rules_with_lists() -> None:
    workflow = {"path": ".github/workflows/a.yml", "repository_id": 3, "ref": "refs/heads/main"}
    tool = {"tool": "CodeQL", "alerts_threshold": "errors", "security_alerts_threshold": "all"}
    queue = {"merge_method": "SQUASH", "max_entries_to_build": 5}
    one = policy(
        ruleset(
            {"type": "workflows", "parameters": {"workflows": [workflow]}},
            {"type": "code_scanning", "parameters": {"code_scanning_tools": [tool]}},
            {"type": "required_deployments", "parameters": {"required_deployment_environments": ["prod"]}},
            {"type": "merge_queue", "parameters": queue},
            {"type": "commit_message_pattern", "parameters": {"operator": "regex", "pattern": "x"}},
        )
    )
    assert [each.path.value for each in one.required_workflows.value or ()] == [".github/workflows/a.yml"]
    assert [each.tool.value for each in one.code_scanning.value or ()] == ["CodeQL"]
    assert [each.value for each in one.required_deployments.value or ()] == ["prod"]
    assert one.merge_queue.value is not None
    assert one.merge_queue.value.max_to_build.value == 5
    assert [each.type for each in one.metadata.value or ()] == ["commit_message_pattern"]


def test_push_rulesets() -> None:
    size = {"type": "max_file_size", "parameters": {"max_file_size": 10}}
    paths = {"type": "file_path_restriction", "parameters": {"restricted_file_paths": ["*.pem"]}}
    one = policy(ruleset(size, paths, target="push", conditions=None))
    assert one.push_limits.value is not None
    assert one.push_limits.value.max_file_size.value == 10
    assert [each.value for each in one.push_limits.value.paths.value or ()] == ["*.pem"]


def test_the_rules_of_a_branch_are_grouped_by_ruleset() -> None:
    found = settings(BRANCH_RULES)
    assert [(one.id.value, one.level.value) for one in found.policies] == [(7, "organization"), (8, "repository")]
    assert found.policies[0].block_deletion.is_on
    assert found.policies[0].block_update.is_on
    assert not found.policies[0].bypass.known
    assert found.policies[0].source.intent == "live"


def test_history_and_wrappers() -> None:
    assert policy({"version_id": 1, "state": ruleset("deletion")}).block_deletion.is_on
    assert policy({"rulesets": [ruleset("deletion")]}).block_deletion.is_on


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ruleset("deletion", enforcment="active"), [("unknown-key", '"enforcment"')]),
        (ruleset("deletion", _comment="why"), []),
        (ruleset("deletion", enforcement="enforced"), [("unknown-value", '"enforced"'), ("wrong-type", '"enforced"')]),
        (ruleset("force_push"), [("unknown-value", '"force_push"')]),
        (ruleset(reviews(11)), [("unknown-value", "11")]),
        (ruleset({"type": "pull_request", "parameters": {}}), [("missing-key", '"parameters"')] * 5),
        (ruleset("update", "pull_request"), []),
        (ruleset(reviews(), target="tag", conditions=refs("~ALL")), [("unknown-value", '"pull_request"')]),
        (ruleset("deletion", rules={"deletion": True}), []),
    ],
)
def test_what_is_odd(content: object, expected: list[tuple[str, str]]) -> None:
    assert sorted(odd(settings(content))) == sorted(expected)


def test_a_rule_of_a_new_type_is_kept() -> None:
    assert [raw.type.value for raw in policy(ruleset("quantum_review")).unknown_rules] == ["quantum_review"]


def test_what_is_yaml_but_no_json() -> None:
    text = '{"name": "x", "enforcement": "active", "rules": [{"type": "deletion"},],}'
    assert odd(settings(text)) == [("not-json", "]")]
    assert policy(text).block_deletion.is_on


@pytest.mark.parametrize("content", ["", "[]", "text", "{}", '{"a": 1}', "[1, 2]", '[{"a": 1}]'])
def test_what_is_no_settings_is_said_to_be_none(content: str) -> None:
    found = load(document(content))
    assert [one.source.format for one in found] in ([], ["unrecognised"])
    assert [one.kind for each in found for one in each.oddities] == ["unrecognised"] * len(found)
