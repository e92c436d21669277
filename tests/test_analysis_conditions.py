"""Conditions that are texts, and conditions that trust whoever acted last."""

from __future__ import annotations

import pytest

from wflint.analysis import fences, last_actor, privilege
from wflint.model.expression import Expression
from wflint.model.index import targets
from wflint.model.workflow import Workflow
from wflint.source.document import Document
from wflint.source.source import Source
from wflint.source.yaml import parse


def workflow(condition: str, on: str = "pull_request_target") -> Document:
    return parse(Source("x.yml", "workflow", f"on: {on}\njobs:\n  a:\n    if: {condition}\n    steps: []\n"))


def first(condition: str) -> Expression:
    return targets(workflow(condition), Expression)[0]


@pytest.mark.parametrize(
    ("condition", "meant"),
    [
        ("${{ a.b }} && true", "a.b && true"),
        ("${{ a.b || c.d }} && ${{ e.f }}", "(a.b || c.d) && e.f"),
        ("'!${{ a.b == c.d }}'", "!(a.b == c.d)"),
        ("${{ a.b }} == 'x'", "a.b == 'x'"),
        ("${{ a.b }} and more", None),
        ("${{ a. }} == 'x'", None),
    ],
)
def test_a_mixed_condition_is_always_true_and_may_have_a_meaning(condition: str, meant: str | None) -> None:
    assert fences.is_always_true(first(condition))
    assert fences.without_fences(first(condition)) == meant


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("|\n      ${{ a.b }}\n", True),
        ("'${{ a.b }} '", True),
        ("|-\n      ${{ a.b }}\n", False),
        ("|\n      a.b\n", False),
        ("${{ a.b }}", False),
        ("a.b", False),
    ],
)
def test_blanks_around_the_expression_count(condition: str, expected: bool) -> None:
    assert fences.is_always_true(first(condition)) is expected


def trusted(condition: str, on: str = "pull_request_target") -> list[tuple[str, bool]]:
    document = workflow(f"${{{{ {condition} }}}}", on)
    among = privilege.scenes(targets(document, Workflow)[0])
    found = last_actor.trusted_by(targets(document, Expression)[0], among)
    return [(".".join(each.route), each.known) for each in found]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("github.actor == 'dependabot[bot]'", [("github.actor", True)]),
        ("'own[bot]' == github['triggering_actor']", [("github.triggering_actor", False)]),
        ("github.actor_id == 49699333", [("github.actor_id", True)]),
        ("github.event.sender.type == 'Bot'", [("github.event.sender.type", True)]),
        ("endsWith(github.actor, '[bot]')", [("github.actor", True)]),
        ("contains(fromJSON('[\"dependabot[bot]\"]'), github.actor) && success()", [("github.actor", True)]),
        ("github.actor == 'dependabot[bot]' && github.event.action == 'opened'", [("github.actor", True)]),
    ],
)
def test_a_bot_as_the_last_actor_is_no_proof(condition: str, expected: list[tuple[str, bool]]) -> None:
    assert trusted(condition) == expected


@pytest.mark.parametrize(
    "condition",
    [
        "github.actor != 'dependabot[bot]'",
        "!(github.actor == 'dependabot[bot]')",
        "github.actor == 'a-person'",
        "github.event.pull_request.user.login == 'dependabot[bot]'",
        "github.actor == 'dependabot[bot]' && github.event.pull_request.user.login == 'dependabot[bot]'",
        "github.actor == 'dependabot[bot]' && github.event.pull_request.head.repo.full_name == github.repository",
        "github.actor == 'dependabot[bot]' && github.event_name == 'push'",
        "github.actor == 'dependabot[bot]' || vars.OPEN == 'yes'",
        "contains(",
    ],
)
def test_what_does_not_hang_on_the_actor_alone_is_left_alone(condition: str) -> None:
    assert trusted(condition) == []


def test_where_the_actor_wrote_what_the_run_is_about_it_may_be_trusted() -> None:
    assert trusted("github.actor == 'dependabot[bot]'", "issue_comment") == []
    assert trusted("github.actor == 'dependabot[bot]'", "pull_request") == []
