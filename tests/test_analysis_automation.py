"""What steps do to pull requests and branches, and with which token."""

from __future__ import annotations

from typing import Any

import pytest

from wflint.analysis import automation, landing
from wflint.analysis.repository import Repository
from wflint.source.source import Source
from wflint.source.yaml import parse


def acts(steps: str, *, on: str = "schedule", more: str = "") -> list[automation.Act]:
    """Return what the steps of one job do."""
    text = f"on: {on}\njobs:\n  act:\n{more}    steps:\n" + "".join(f"    {line}\n" for line in steps.split("\n"))
    repository = Repository([parse(Source(".github/workflows/act.yml", "workflow", text))])
    return list(automation.acts(repository, "merge", "approve", "open_pr", "push"))


CHECKOUT = "- uses: actions/checkout@v4\n"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("- run: gh pr merge --auto 1", ("merge", "unknown", True)),
        ("- run: gh pr merge 1\n  env: {GH_TOKEN: '${{ github.token }}'}", ("merge", "github", False)),
        ("- run: gh pr merge 1\n  env: {GH_TOKEN: '${{ secrets.BOT }}'}", ("merge", "other", False)),
        ("- run: gh pr review --approve 1", ("approve", "unknown", False)),
        ("- uses: hmarr/auto-approve-action@v4", ("approve", "github", False)),
        ("- uses: peter-evans/create-pull-request@v7", ("open_pr", "github", False)),
        (
            "- uses: peter-evans/create-pull-request@v7\n  with: {token: '${{ secrets.BOT }}'}",
            ("open_pr", "other", False),
        ),
        ("- uses: peter-evans/enable-pull-request-automerge@v3", ("merge", "github", True)),
        (f"{CHECKOUT}- run: git push", ("push", "github", False)),
        (
            "- uses: actions/checkout@v4\n  with: {token: '${{ secrets.BOT }}'}\n- run: git push",
            ("push", "other", False),
        ),
        ("- uses: actions/checkout@v4\n  with: {ssh-key: k}\n- run: git push", ("push", "other", False)),
        (f"{CHECKOUT}- run: git remote set-url origin x && git push", ("push", "unknown", False)),
        (
            "- uses: actions/github-script@v7\n  with: {script: 'github.rest.pulls.merge({})'}",
            ("merge", "github", False),
        ),
    ],
)
def test_acts_and_their_tokens(steps: str, expected: tuple[str, str, bool]) -> None:
    found = acts(steps)
    assert [(one.role, one.token, one.native) for one in found] == [expected]


@pytest.mark.parametrize(
    "steps", ["- run: gh pr view 1", "- run: git push --tags", "- run: git push origin :old --delete"]
)
def test_what_is_none(steps: str) -> None:
    assert acts(steps) == []


@pytest.mark.parametrize(
    ("command", "branch"),
    [
        ("git push", None),
        ("git push origin HEAD", None),
        ("git push origin main", "main"),
        ("git push origin HEAD:main", "main"),
        ("git push origin +HEAD:refs/heads/main", "main"),
        ("git push https://x:$TOKEN@github.com/o/r main", "main"),
    ],
)
def test_where_a_push_goes(command: str, branch: str | None) -> None:
    (found,) = acts(f"- run: {command}")
    assert found.branch == branch


@pytest.mark.parametrize("command", ["git push origin $BRANCH", "git push origin v1.2", "git push upstream main"])
def test_pushes_of_which_nobody_knows_where_they_go(command: str) -> None:
    assert acts(f"- run: {command}") == []


@pytest.mark.parametrize(
    ("on", "steps", "expected"),
    [
        ("schedule", f"{CHECKOUT}- run: git push", True),
        ("schedule", f"{CHECKOUT}- run: git push origin HEAD:next", False),
        ("schedule", f"{CHECKOUT}- run: git switch -c next && git push", False),
        ("schedule", "- uses: actions/checkout@v4\n  with: {ref: next}\n- run: git push", False),
        ("pull_request", f"{CHECKOUT}- run: git push", False),
        ("{push: {branches: [main]}}", f"{CHECKOUT}- run: git push", True),
        ("push", f"{CHECKOUT}- run: git push", False),
        ("pull_request", f"{CHECKOUT}- run: git push origin HEAD:main", True),
    ],
)
def test_pushes_to_the_protected_branch(on: str, steps: str, expected: bool) -> None:
    (found,) = acts(steps, on=on)
    assert landing.pushes_to(found, frozenset({"main"})) is expected


MERGE = "- run: gh pr merge --auto 1"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"on": "pull_request_target"}, True),
        ({"on": "{pull_request_target: {paths-ignore: ['data/**']}}"}, False),
        ({"on": "{pull_request_target: {paths: ['src/**']}}"}, False),
        ({"on": "{pull_request_target: {paths: ['data/**']}}"}, True),
        ({"on": "pull_request_target", "more": "    if: github.actor == 'dependabot[bot]'\n"}, False),
        ({"on": "pull_request_target", "more": "    if: github.actor == 'robot[bot]'\n"}, True),
        ({"on": "workflow_run"}, True),
        ({"on": "schedule"}, False),
    ],
)
def test_merges_of_data(given: dict[str, Any], expected: bool) -> None:
    (found,) = acts(MERGE, **given)
    assert landing.may_merge_data(found, ["data/**"]) is expected
