"""When required checks are skipped, and what guards a branch."""

from __future__ import annotations

from typing import Any

import pytest
from made_settings import checks, document, refs, reviews, ruleset

from wflint.analysis import gates, guards, owners
from wflint.analysis.checks import filters, pull_request
from wflint.analysis.checks.required import RequiredContext
from wflint.analysis.repository import Repository
from wflint.model.job import Job
from wflint.source.source import Source
from wflint.source.yaml import parse

PATH = ".github/workflows/ci.yml"


def repository(workflow: str, *settings: Any) -> Repository:
    """Return a repository of one workflow and its settings."""
    return Repository([parse(Source(PATH, "workflow", workflow)), *(document(each) for each in settings)])


def job(lines: str, on: str = "pull_request") -> Job:
    """Return the job `gate`, which may need `a` and `b`."""
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    text = f"on: {on}\njobs:\n  a: {{}}\n  b: {{needs: a}}\n  gate:\n{body}"
    return repository(text).workflows[0].jobs["gate"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("steps: []", False),
        ("needs: a", True),
        ("needs: a\nif: github.ref != 'x'", True),
        ("needs: a\nif: always()", False),
        ("needs: a\nif: ${{ !cancelled() }}", False),
        ("needs: a\nif: failure()", False),
        ("needs: a\nif: always() && needs.a.result == 'success'", True),
        ("needs: [a, b]\nif: always() && !contains(needs.*.result, 'failure')", True),
        ("needs: a\nif: always() && vars.GATE == 'on'", False),
        ("needs: a\nif: ${{ broken", False),
    ],
)
def test_skipped_with_needs(lines: str, expected: bool) -> None:
    assert gates.skipped_with_needs(job(lines)) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("steps: [{run: echo}]", False),
        ("steps: [{run: 'exit ${{ needs.a.result }}'}]", True),
        ("env: {NEEDS: '${{ toJSON(needs) }}'}", True),
        ("steps: [{run: gh run view --json jobs}]", True),
        ("steps: [{uses: actions/checkout@v4}]", False),
        ("steps: [{uses: somebody/gate@v1}]", True),
        ("uses: ./.github/workflows/gate.yml", True),
    ],
)
def test_looks_at_needs(lines: str, expected: bool) -> None:
    assert gates.looks_at_needs(job(lines)) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("github.event_name == 'pull_request'", True),
        ("github.event_name == 'push'", False),
        ("github.repository == 'octo-org/app'", True),
        ("github.repository != 'octo-org/app' || github.event_name == 'push'", False),
        ("startsWith(github.ref, 'refs/tags/')", False),
        ("github.event.pull_request.draft", None),
        ("github.event.pull_request.merged", False),
        ("vars.ON == 'yes'", None),
    ],
)
def test_conditions_in_the_run_of_a_pull_request(condition: str, expected: bool | None) -> None:
    (check,) = [one for one in _checks(f"if: {condition}") if one.job.id == "gate"]
    assert pull_request.runs_on_pull_request(check) is expected


def _checks(lines: str, on: str = "pull_request") -> Any:
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    return repository(f"on: {on}\njobs:\n  gate:\n{body}").checks.all


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("push", True),
        ("{push: {branches: [main]}}", False),
        ("{push: {branches: [main, master]}}", False),
        ("{push: {branches: [main, develop]}}", True),
        ("{push: {branches: ['feature/**']}}", True),
        ("{push: {branches-ignore: [main]}}", True),
        ("{push: {tags: ['v*']}}", False),
    ],
)
def test_pushes_that_reach_the_head_of_a_pull_request(on: str, expected: bool) -> None:
    (check,) = _checks("steps: []", on)
    assert filters.headable(check.workflow.triggers["push"], frozenset({"main"})) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("pull_request", None),
        ("{pull_request: {paths: [src/**]}}", "pull requests that change other files"),
        ("{pull_request: {paths: ['**']}}", None),
        ("{pull_request: {paths-ignore: [docs/**]}}", "pull requests that change ignored files alone"),
        ("{pull_request: {branches: [main, next]}}", None),
        ("{pull_request: {branches: [next]}}", "pull requests into `main`"),
        ("{pull_request: {branches-ignore: [main]}}", "pull requests into `main`"),
        ("{pull_request: {types: [opened]}}", "commits that are pushed later"),
        ("{pull_request: {types: [opened, synchronize]}}", None),
        ("{pull_request: {paths: [src/**]}, pull_request_target: {}}", None),
    ],
)
def test_pull_requests_that_filters_leave_out(on: str, expected: str | None) -> None:
    hole = filters.filter_hole(_checks("steps: []", on), frozenset({"main"}))
    assert (hole.left_out if hole is not None else None) == expected


def test_a_required_check_is_one_for_each_name() -> None:
    found = list(
        RequiredContext.each(
            repository(
                "on: pull_request\njobs: {build: {}}\n",
                ruleset(checks("build"), conditions=refs("refs/heads/old")),
                ruleset(checks("build", "lint")),
                ruleset(checks("gone"), enforcement="disabled"),
                ruleset(checks("later"), enforcement="evaluate"),
            )
        )
    )
    assert [(one.context, len(one.demands), one.is_enforced) for one in found] == [
        ("build", 2, True),
        ("lint", 1, True),
        ("later", 1, False),
    ]
    assert [one.graded("error") for one in found] == ["error", "error", "note"]


def test_settings_without_workflows_require_nothing_that_could_be_missed() -> None:
    assert list(RequiredContext.each(Repository([document(ruleset(checks("build")))]))) == []


@pytest.mark.parametrize(
    ("app", "context", "declared", "expected"),
    [
        (None, "build", (), False),
        (15368, "build", (), False),
        (254, "build", (), True),
        (None, "codecov/patch", (), True),
        (None, "quality", ("qual*",), True),
    ],
)
def test_checks_of_apps(app: int | None, context: str, declared: tuple[str, ...], expected: bool) -> None:
    required = {"context": context, **({"integration_id": app} if app else {})}
    (one,) = RequiredContext.each(repository("on: pull_request\njobs: {a: {}}\n", ruleset(checks(required))))
    assert one.is_external(declared) is expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([ruleset("deletion")], frozenset[str]()),
        ([ruleset("deletion", conditions=refs("refs/heads/main"))], {"main"}),
        ([ruleset("deletion", conditions=refs("refs/heads/main", "refs/heads/dev"))], {"main"}),
        ([ruleset("deletion", conditions=refs("refs/heads/dev"))], {"dev"}),
        ([ruleset("deletion"), {"full_name": "o/r", "default_branch": "trunk"}], {"trunk"}),
    ],
)
def test_the_branch_that_was_read(settings: list[Any], expected: set[str]) -> None:
    found = guards.settings_of(repository("on: push\njobs: {}\n", *settings))
    assert found is not None
    assert guards.branches(found) == expected


def test_demands_on_the_branch_that_was_read() -> None:
    policy = repository("on: push\njobs: {}\n", ruleset(reviews(1))).default_policy
    assert policy is not None
    assert guards.demands_review(policy)
    bare = repository("on: push\njobs: {}\n", ruleset("deletion")).default_policy
    assert bare is not None
    assert guards.demands_nothing(bare)


def test_files_without_an_owner() -> None:
    named = Source(".github/CODEOWNERS", "codeowners", "* @octo-org/all\n/.github/workflows/\n")
    from wflint.source.document import Document

    workflow = parse(Source(PATH, "workflow", "on: push\njobs: {}\n"))
    (gap,) = owners.unowned(Repository([workflow, Document(named)]))
    assert gap.what == f"`{PATH}` has"
    assert gap.place.document.position(gap.place.span.start).line == 2
