"""Classic branch protection: answers, requests, wrappers, GraphQL."""

from typing import Any

import pytest
from made_settings import odd, policy, put, settings, written

URL = "https://api.github.com/repos/o/r/branches/release/1/protection"
ANSWER: dict[str, Any] = {
    "url": URL,
    "required_status_checks": {
        "strict": True,
        "contexts": ["a", "b"],
        "checks": [{"context": "a", "app_id": 15368}, {"context": "b", "app_id": None}],
    },
    "enforce_admins": {"url": f"{URL}/enforce_admins", "enabled": False},
    "required_pull_request_reviews": {
        "dismiss_stale_reviews": True,
        "require_code_owner_reviews": False,
        "required_approving_review_count": 2,
        "bypass_pull_request_allowances": {"users": [{"login": "bot", "id": 5}], "teams": [], "apps": []},
    },
    "allow_force_pushes": {"enabled": False},
    "allow_deletions": {"enabled": True},
    "required_linear_history": {"enabled": True},
}


def test_an_answer() -> None:
    one = policy(ANSWER)
    assert (one.kind, one.source.format, one.source.intent) == ("classic", "classic-get", "live")
    assert one.name.value == "release/1"
    assert written(one.name) == "release/1"
    assert [pattern.ref for pattern in one.include.value or ()] == ["refs/heads/release/1"]
    assert one.enforcement.value == "active"
    assert (one.block_force_push.value, written(one.block_force_push)) == (True, "false")
    assert (one.block_deletion.value, written(one.block_deletion)) == (False, "true")
    assert one.linear_history.is_on
    assert one.signatures.is_off
    assert one.push.is_off
    assert one.status_checks.value is not None
    assert one.status_checks.value.strict.is_on
    assert [(check.context.value, check.app.state, check.app.value) for check in one.checks] == [
        ("a", "set", 15368),
        ("b", "default", None),
    ]
    assert [(each.actor.title, each.scope) for each in one.bypass.value or ()] == [
        ("repository admins", "all"),
        ("the user `bot`", "reviews"),
    ]
    assert not one.merge_queue.known
    assert not one.required_deployments.known


def test_what_an_answer_leaves_out_is_off() -> None:
    one = policy({"url": URL, "enforce_admins": {"enabled": True}, "allow_deletions": {"enabled": False}})
    for setting in (one.pull_request, one.status_checks, one.push, one.linear_history, one.bypass):
        assert setting.is_off
        assert setting.place is not None


def test_a_request() -> None:
    one = policy(
        put(
            enforce_admins=None,
            required_pull_request_reviews={"required_approving_review_count": 1, "dismissal_restrictions": {}},
            required_status_checks={"strict": False, "contexts": ["a"], "checks": [{"context": "b", "app_id": -1}]},
            restrictions={"users": ["x"], "teams": ["y"], "apps": ["z"]},
        )
    )
    assert one.source.intent == "desired"
    assert [each.actor.kind for each in one.bypass.value or ()] == ["repository-admin"]
    assert one.pull_request.value is not None
    assert one.pull_request.value.dismissal.is_off
    assert [(check.context.value, check.app.state) for check in one.checks] == [("b", "set"), ("a", "unknown")]
    assert one.checks[0].app.is_off
    assert one.push.value is not None
    assert [actor.kind for actor in one.push.value.actors] == ["user", "team", "app"]
    assert not one.signatures.known
    assert one.block_force_push.is_on


def test_what_a_request_leaves_out_though_it_must_not() -> None:
    found = settings({"branch": "main", "required_status_checks": None})
    (one,) = found.policies
    assert one.status_checks.is_off
    assert not one.pull_request.known
    assert not one.bypass.known
    assert [kind for kind, _ in odd(found)] == ["missing-key"] * 3


def test_lists_of_nobody() -> None:
    one = policy(put(restrictions={"users": [], "teams": [], "apps": []}))
    assert one.push.is_on
    assert one.push.value is not None
    assert one.push.value.actors == ()


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (put(), ["main"]),
        ({"branch": "dev", "protection": put(branch=None)}, ["dev"]),
        ({"main": put(branch=None), "dev": put(branch=None)}, ["main", "dev"]),
        ({"main": {"protection": put(branch=None)}}, ["main"]),
        ({"branches": [{"name": "main", "protection": put(branch=None)}], "repo": 1}, ["main"]),
        ({"branches": {"main": put(branch=None)}}, ["main"]),
        ([put(), put(branch="dev")], ["main", "dev"]),
        ({"protection": put(branch=None)}, [None]),
    ],
)
def test_wrappers(content: object, names: list[str | None]) -> None:
    assert [one.name.value for one in settings(content).policies] == names


def test_a_view_with_read_access_shows_the_checks_only() -> None:
    required = {"enforcement_level": "everyone", "contexts": ["a"], "checks": [{"context": "a", "app_id": None}]}
    view = {"name": "main", "protected": True, "protection": {"enabled": True, "required_status_checks": required}}
    found = settings(view)
    (one,) = found.policies
    assert [check.context.value for check in one.checks] == ["a"]
    for setting in (one.pull_request, one.bypass, one.block_force_push, one.push):
        assert not setting.known
    assert odd(found) == []
    view["protection"] = {"enabled": False, "required_status_checks": {"enforcement_level": "off", "contexts": []}}
    assert settings(view).policies == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (put(required_signatures=True), [("no-effect", '"required_signatures"')]),
        (put(allow_force_push=True), [("unknown-key", '"allow_force_push"')]),
        (put(required_linear_history="yes"), [("wrong-type", '"yes"')]),
        (put(required_status_checks={"strict": True, "checks": []}), []),
        (put(required_status_checks={"strict": True}), [("missing-key", '"required_status_checks"')]),
        (put(required_pull_request_reviews={"required_approving_review_count": 7}), [("unknown-value", "7")]),
        (put(restrictions=["x"]), [("wrong-type", "[")]),
    ],
)
def test_what_is_odd(content: object, expected: list[tuple[str, str]]) -> None:
    assert odd(settings(content)) == expected


GRAPHQL = {
    "pattern": "release/**/*",
    "isAdminEnforced": False,
    "requiresApprovingReviews": True,
    "requiredApprovingReviewCount": 1,
    "requiresStatusChecks": False,
    "requiresStrictStatusChecks": True,
    "requiresDeployments": True,
    "requiredDeploymentEnvironments": ["prod"],
    "allowsForcePushes": False,
    "bypassForcePushAllowances": {"nodes": [{"actor": {"__typename": "App", "slug": "bot"}}]},
}


def test_graphql() -> None:
    answer = {
        "data": {
            "repository": {
                "name": "r",
                "defaultBranchRef": {"name": "trunk"},
                "mergeCommitAllowed": False,
                "branchProtectionRules": {"pageInfo": {"hasNextPage": False}, "nodes": [GRAPHQL]},
            }
        }
    }
    found = settings(answer)
    (one,) = found.policies
    assert found.tells_all("classic")
    assert found.default_branch == "trunk"
    assert found.merge.merge_commit.is_off
    assert [pattern.syntax for pattern in one.include.value or ()] == ["fnmatch"]
    assert [(each.actor.title, each.scope) for each in one.bypass.value or ()] == [
        ("repository admins", "all"),
        ("the app `bot`", "force-push"),
    ]
    assert one.pull_request.value is not None
    assert one.pull_request.value.approvals.value == 1
    assert one.status_checks.is_off
    assert [each.value for each in one.required_deployments.value or ()] == ["prod"]
    assert not one.signatures.known


def test_a_list_of_graphql_rules() -> None:
    assert [one.name.value for one in settings([GRAPHQL]).policies] == ["release/**/*"]
