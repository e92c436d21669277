"""Which jobs wait for which, over calls and over workflows that start each other; from where jobs can run."""

import pytest
from test_analysis_select import repository

from wflint.analysis import placed
from wflint.analysis.failing import steps_on_failure
from wflint.analysis.notices import notifies
from wflint.analysis.placed import PlacedJob, followed, other_starts, placed_jobs, waits_for
from wflint.analysis.repository import Repository
from wflint.analysis.run_refs import other_runs, reaches, sample
from wflint.analysis.stages import Relation

CI = """
name: CI
on: push
jobs:
  lint: {runs-on: x, steps: []}
  test: {needs: lint, uses: ./.github/workflows/test.yml}
  ship: {needs: [test], runs-on: x, steps: []}
"""
TEST = """
on: workflow_call
jobs:
  unit: {runs-on: x, steps: []}
  system: {needs: unit, runs-on: x, steps: []}
"""


def by_name(whole: Repository) -> dict[str, PlacedJob]:
    return {".".join(job.id for job in each.jobs): each for each in placed_jobs(whole)}


def test_called_jobs_stand_behind_their_caller() -> None:
    jobs = by_name(repository(ci=CI, test=TEST))
    assert set(jobs) == {"lint", "test", "ship", "test.unit", "test.system"}
    assert waits_for(jobs["test.unit"], jobs["lint"])
    assert waits_for(jobs["ship"], jobs["test.system"])
    assert waits_for(jobs["test.system"], jobs["test.unit"])
    assert not waits_for(jobs["test.unit"], jobs["test.system"])
    assert not waits_for(jobs["lint"], jobs["test.unit"])
    assert not waits_for(jobs["test.unit"], jobs["test"])


def test_workflows_that_call_each_other_end() -> None:
    loop = "on: [push, workflow_call]\njobs:\n  a: {uses: ./.github/workflows/%s.yml}\n"
    assert len(placed_jobs(repository(one=loop % "two", two=loop % "one"))) == 4


def test_too_many_jobs_are_refused_rather_than_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placed, "_MOST", 2)
    with pytest.raises(ValueError, match="more than 2 jobs"):
        placed_jobs(repository(ci=CI, test=TEST))


def test_workflow_run_is_followed_over_several_workflows() -> None:
    after = "name: {}\non:\n  workflow_run: {{workflows: [{}]}}\njobs:\n  a: {{runs-on: x, steps: []}}\n"
    whole = repository(ci=CI, test=TEST, b=after.format("B", "CI"), c=after.format("C", "B"))
    last = next(each for each in whole.workflows if each.name == "C")
    assert [each.title for each in followed(last, whole)] == ["B", "CI"]


def test_other_events_start_a_job_unless_its_condition_says_no() -> None:
    whole = repository(
        cd="on:\n  workflow_run: {workflows: [CI]}\n  push:\n  workflow_dispatch:\n"
        "jobs:\n  a: {if: github.event_name == 'workflow_run', runs-on: x, steps: []}\n"
        "  b: {runs-on: x, steps: []}\n  c: {needs: a, runs-on: x, steps: []}\n"
    )
    jobs = by_name(whole)
    assert [[t.event for t in other_starts(jobs[name])] for name in "abc"] == [[], ["push"], []]


def ways(on: str, condition: str = "true", tags: tuple[str, ...] = ()) -> list[str]:
    """Return the ways in which a job runs from elsewhere than `main`."""
    whole = repository(cd=f"on:\n{on}\njobs:\n  a:\n    if: {condition}\n    runs-on: x\n    steps: []\n")
    workflow = whole.workflows[0]
    runs = other_runs(workflow.triggers.values(), ["main"], tags)
    return [run.what for run in runs if reaches([workflow.jobs["a"]], run) is not False]


@pytest.mark.parametrize(
    ("on", "condition", "expected"),
    [
        ("  push: {branches: [main]}", "true", []),
        ("  push: {branches: [main, dev]}", "true", ["a push to `dev`"]),
        ("  push: {branches: ['**', '!x']}", "github.ref == 'refs/heads/main'", []),
        ("  push:", "true", ["a push to any branch", "a push of any tag"]),
        ("  push:", "github.ref_name == 'main'", []),
        ("  push: {tags: ['v*']}", "true", ["a push of what matches `v*`"]),
        ("  schedule: [{cron: 0 1 * * *}]", "true", []),
        ("  pull_request:", "true", ["a pull request"]),
        ("  pull_request:", "github.event_name == 'push'", []),
        ("  merge_group:", "true", ["a merge queue"]),
        ("  workflow_dispatch:", "true", ["a manual run from any branch", "a manual run from any tag"]),
        ("  workflow_run: {workflows: [CI], branches: [main]}", "true", []),
        (
            "  workflow_run: {workflows: [CI]}",
            "github.ref == 'refs/heads/main'",
            ["a run of another workflow for any branch"],
        ),
        ("  workflow_run: {workflows: [CI]}", "github.event.workflow_run.head_branch == 'main'", []),
        ("  release:", "true", ["a release of any tag"]),
    ],
)
def test_ways_from_elsewhere(on: str, condition: str, expected: list[str]) -> None:
    assert ways(on, condition) == expected


def test_tags_that_are_allowed() -> None:
    assert ways("  push: {tags: ['v*']}", tags=("v*",)) == []
    assert ways("  push: {tags: ['*']}", tags=("v*",)) == ["a push of what matches `*`"]


def test_a_job_is_skipped_with_the_one_it_needs() -> None:
    whole = repository(
        cd="on: push\njobs:\n  gate: {if: github.ref_name == 'main', runs-on: x, steps: []}\n"
        "  a: {needs: gate, runs-on: x, steps: []}\n  b: {needs: gate, if: always(), runs-on: x, steps: []}\n"
    )
    workflow = whole.workflows[0]
    run = next(other_runs(workflow.triggers.values(), ["main"], []))
    assert [reaches([workflow.jobs[name]], run) for name in ("a", "b")] == [False, True]


def test_samples_of_patterns() -> None:
    assert sample("data/**") == "data/x"
    assert sample("v[0-9]+.[0-9]+") == "v0.0"
    assert sample("main") == "main"


def test_relations() -> None:
    assert Relation.parse("a gates b", {"a": 1, "b": 2}) == Relation("a", "b", True)
    for wrong in ("a then b", "a before", "a before c"):
        with pytest.raises(ValueError, match=r"neither|none of the stages"):
            Relation.parse(wrong, {"a": 1, "b": 2})


def test_what_runs_when_a_job_has_failed() -> None:
    whole = repository(
        ci="on: push\njobs:\n  a:\n    steps:\n      - {run: one}\n      - {if: failure(), run: two}\n"
        "      - {if: success(), run: three}\n"
        "  b: {needs: a, steps: [{run: four}]}\n  c: {needs: b, if: always(), steps: [{run: five}]}\n"
    )
    steps = steps_on_failure(whole.workflows[0].jobs["a"])
    assert [run.string for step in steps if (run := step.node.get("run"))] == ["two", "five"]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("uses: slackapi/slack-github-action@v2", True),
        ("uses: actions/checkout@v4", False),
        ("run: 'curl -d x \"$SLACK_WEBHOOK\"'", True),
        ("run: curl https://example.com", False),
        ("run: gh issue create --title x", True),
        ("run: ./scripts/notify.sh", True),
        ("run: make", False),
        ("uses: 3", False),
    ],
)
def test_steps_that_tell_somebody(step: str, expected: bool) -> None:
    found = repository(ci=f"on: push\njobs:\n  a:\n    steps:\n      - {step}\n").workflows[0].jobs["a"].steps
    assert [notifies(each) for each in found] == [expected]
