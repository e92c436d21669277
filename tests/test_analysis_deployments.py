"""Environments: from where they may be deployed to, and from where jobs deploy."""

from __future__ import annotations

from typing import Any

import pytest
from made_settings import settings

from wflint.analysis import deployments, grants
from wflint.analysis.repository import Repository
from wflint.settings.model import RepositorySettings
from wflint.source.source import Source
from wflint.source.yaml import parse


def environment(policy: str) -> Any:
    """Return an environment of the Settings app, from the lines of its policy."""
    found = settings(f"environments:\n  - name: Live\n    {policy}\n", name=".github/settings.yml")
    return found.environments[0]


def workflow(text: str) -> Repository:
    return Repository([parse(Source(".github/workflows/deploy.yml", "workflow", text))])


SELECTED = "deployment_branch_policy: {custom_branches: [main, 'release/*', {name: 'v*', type: tag}]}"


@pytest.mark.parametrize(
    ("policy", "ref", "expected"),
    [
        ("deployment_branch_policy: null", "refs/heads/x", True),
        ("deployment_branch_policy: {protected_branches: true}", "refs/heads/x", None),
        (SELECTED, "refs/heads/main", True),
        (SELECTED, "refs/heads/release/1", True),
        (SELECTED, "refs/heads/release/1/2", False),
        (SELECTED, "refs/heads/v1", False),
        (SELECTED, "refs/tags/v1", True),
        (SELECTED, "refs/tags/main", False),
        (SELECTED, "refs/pull/1/merge", False),
        ("deployment_branch_policy: {custom_branches: ['refs/pull/*/merge']}", "refs/pull/1/merge", True),
    ],
)
def test_what_an_environment_admits(policy: str, ref: str, expected: bool | None) -> None:
    assert deployments.admits(environment(policy), ref) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("pull_request", ("refs/pull/1/merge",)),
        ("[schedule, workflow_run]", ("refs/heads/main",)),
        ("push", ()),
        (
            "{push: {branches: [main, next], tags: [latest]}}",
            ("refs/heads/main", "refs/heads/next", "refs/tags/latest"),
        ),
        ("{push: {branches: ['release/*']}}", ()),
        ("workflow_dispatch", ()),
        ("[schedule, workflow_dispatch]", ()),
    ],
)
def test_refs_from_which_a_workflow_runs(on: str, expected: tuple[str, ...]) -> None:
    (found,) = workflow(f"on: {on}\njobs: {{}}\n").workflows
    assert deployments.refs_of(found, frozenset({"main"})) == expected


def test_environments_of_jobs_by_each_name_that_they_may_have() -> None:
    text = "on: push\njobs:\n  a: {environment: live}\n  b:\n    environment: '${{ matrix.to }}'\n"
    text += "    strategy: {matrix: {to: [one, two]}}\n  c: {environment: '${{ vars.WHERE }}'}\n"
    assert [name for _, name in deployments.deployments(workflow(text))] == ["live", "one", "two"]


@pytest.mark.parametrize(
    ("name", "expected"), [("pr-preview", True), ("test", True), ("production", False), ("latest", False)]
)
def test_names_of_previews(name: str, expected: bool) -> None:
    assert deployments.is_preview(name) is expected


def answers(**bodies: Any) -> RepositorySettings:
    """Return the settings of a snapshot; `__` in a section's name stands for `/`, `_` for `-`."""
    sections = {
        name.replace("__", "/").replace("_", "-"): {"status": 200, "body": body} for name, body in bodies.items()
    }
    return settings({"wflint-snapshot": 1, "repository": "octo-org/app", "sections": sections})


@pytest.mark.parametrize(
    ("allowed", "selected", "uses", "barred"),
    [
        ("all", {}, "somebody/x@v1", False),
        ("local_only", {}, "somebody/x@v1", True),
        ("local_only", {}, "Octo-Org/x@v1", False),
        ("selected", {"github_owned_allowed": True}, "actions/checkout@v4", False),
        ("selected", {"github_owned_allowed": False}, "actions/checkout@v4", True),
        ("selected", {"patterns_allowed": ["somebody/*"]}, "somebody/x@v1", False),
        ("selected", {"patterns_allowed": ["somebody/x@v2"]}, "somebody/x@v1", True),
        ("selected", {"verified_allowed": True}, "somebody/x@v1", False),
    ],
)
def test_actions_that_the_settings_bar(allowed: str, selected: dict[str, Any], uses: str, barred: bool) -> None:
    body = {"github_owned_allowed": True, "verified_allowed": False, "patterns_allowed": [], **selected}
    found = answers(
        actions__permissions={"enabled": True, "allowed_actions": allowed},
        actions__permissions__selected_actions=body,
    )
    (one,) = workflow(f"on: push\njobs:\n  a:\n    steps:\n    - uses: {uses}\n").uses
    assert (grants.barred_by(found, one) is not None) is barred


def test_secrets_are_known_when_all_lists_are() -> None:
    own = {"total_count": 1, "secrets": [{"name": "one"}]}
    shared = {"total_count": 1, "secrets": [{"name": "TWO"}]}
    assert grants.stored_secrets(answers(actions__secrets=own)) is None
    assert grants.stored_secrets(answers(actions__secrets=own, actions__organization_secrets=shared)) == frozenset(
        {"ONE", "TWO"}
    )
    person = {"full_name": "octocat/app", "owner": {"login": "octocat", "type": "User"}}
    assert grants.stored_secrets(answers(actions__secrets=own, repository=person)) == frozenset({"ONE"})
    cut = {"total_count": 31, "secrets": [{"name": "one"}]}
    assert grants.stored_secrets(answers(actions__secrets=cut, repository=person)) is None
