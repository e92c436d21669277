import json
from typing import Any

import pytest

from wflint.analysis import privilege
from wflint.model.index import targets
from wflint.model.workflow import Workflow
from wflint.source.source import Source
from wflint.source.yaml import parse


def workflow(text: str) -> Workflow:
    return targets(parse(Source(".github/workflows/ci.yml", "workflow", text)), Workflow)[0]


def reached(condition: str, event: str = "pull_request_target", needs: str = "", **how: Any) -> bool:
    """Tell whether a stranger reaches a job that has a condition."""
    text = (
        f"on: {event}\njobs:\n  gate:\n    if: {json.dumps(condition)}\n  free: {{}}\n  late:\n    needs: [{needs}]\n"
    )
    one = workflow(text)
    job = one.jobs["late" if needs else "gate"]
    return bool(privilege.reaching(job, privilege.scenes(one, **how)))


@pytest.mark.parametrize(
    "condition",
    [
        "github.event.pull_request.head.repo.full_name == github.repository",
        "github.repository == github['event'].pull_request.head.repo.full_name && success()",
        "!github.event.pull_request.head.repo.fork",
        "github.event.pull_request.head.repo.owner.login == github.repository_owner",
        "github.event.pull_request.user.login == 'dependabot[bot]'",
        "github.event.pull_request.merged == true",
        "github.event.action == 'labeled'",
        "contains(github.event.pull_request.labels.*.name, 'safe')",
        """contains(fromJSON('["OWNER", "MEMBER"]'), github.event.pull_request.author_association)""",
        "github.event_name == 'push'",
        "github.actor == 'maintainer'",
        "github.event.comment.author_association == 'OWNER'",
    ],
)
def test_conditions_that_keep_strangers_out(condition: str) -> None:
    assert not reached(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "true",
        "github.repository == 'owner/repo'",
        "github.event.pull_request.head.repo.full_name != github.repository",
        "github.event.pull_request.draft == false",
        "github.actor == 'dependabot[bot]'",
        "github.actor != 'dependabot[bot]'",
        "needs.check.outputs.allowed == 'true'",
        "github.event.pull_request.author_association == 'CONTRIBUTOR'",
        "github.event.pull_request.head.repo.full_name == github.repository || github.event.action == 'opened'",
        "not an expression",
    ],
)
def test_conditions_that_strangers_pass_or_may_pass(condition: str) -> None:
    assert reached(condition)


def test_a_job_that_waits_for_a_guarded_one_is_guarded_unless_it_runs_always() -> None:
    assert not reached("github.event_name == 'push'", needs="gate")
    assert reached("github.event_name == 'push'", needs="free")
    one = workflow(
        "on: issues\njobs:\n  gate: {if: false}\n"
        "  late: {needs: gate, if: always()}\n  later: {needs: gate, if: true}\n"
    )
    found = privilege.scenes(one)
    assert privilege.reaching(one.jobs["late"], found)
    assert not privilege.reaching(one.jobs["later"], found)


def test_a_step_has_the_conditions_of_its_job_and_its_own() -> None:
    one = workflow("on: issues\njobs:\n  a:\n    steps: [{run: x, if: false}, {run: x}]\n")
    closed, opened = one.jobs["a"].steps
    assert not privilege.reaching(closed, privilege.scenes(one))
    assert privilege.reaching(opened, privilege.scenes(one))


def test_only_types_that_a_stranger_can_fire_count() -> None:
    def actions(text: str, **how: bool) -> set[str | None]:
        return {scene.action for scene in privilege.scenes(workflow(f"on: {text}\njobs: {{}}"), **how)}

    assert actions("pull_request_target") == {"opened", "synchronize", "reopened"}
    assert actions("{pull_request_target: {types: [labeled]}}") == set()
    assert actions("issue_comment") == {"created", "edited", "deleted"}
    assert actions("[push, schedule, pull_request]") == set()
    assert actions("pull_request", privileged=False) == {"opened", "synchronize", "reopened"}


def test_a_label_set_before_may_open_the_gate() -> None:
    label = "contains(github.event.pull_request.labels.*.name, 'safe')"
    assert not reached(label)
    assert reached(label, labelled=True)


def test_the_run_that_a_fork_started() -> None:
    event = "workflow_run"
    assert not reached("github.event.workflow_run.event == 'push'", event)
    assert not reached("github.event.workflow_run.head_repository.full_name == github.repository", event)
    assert reached("github.event.workflow_run.conclusion == 'success'", event)
    assert reached("github.event.workflow_run.event == 'pull_request'", event)


def test_what_a_job_may_do() -> None:
    one = workflow(
        "on: push\npermissions: {contents: read}\njobs:\n  a: {}\n  b: {permissions: write-all}\n"
        "  c: {permissions: {issues: write}, env: {A: '${{ secrets.KEY }}'}}\n"
        "  d: {steps: [{run: x, env: {A: '${{ secrets.GITHUB_TOKEN }}'}}]}\n  e: {uses: ./x.yml, secrets: inherit}\n"
    )
    assert [privilege.writes(job) for job in one.jobs.values()] == [False, True, True, False, False]
    assert [privilege.reads_secrets(job) for job in one.jobs.values()] == [False, False, True, False, True]
    assert privilege.writes(workflow("on: push\njobs: {a: {}}").jobs["a"]) is None


def test_what_may_keep_strangers_out_though_it_cannot_be_told() -> None:
    one = workflow(
        "on: issues\njobs:\n  a: {}\n  b: {environment: production}\n"
        "  c: {steps: [{run: gh api repos/x/y/collaborators/me/permission}]}\n  d: {needs: c}\n"
    )
    assert [privilege.gated(job) for job in one.jobs.values()] == [False, True, True, True]


def test_scenes_of_a_workflow_are_made_once() -> None:
    one = workflow("on: {pull_request_target: {types: [opened, opened, labeled]}}\njobs: {a: {}}")
    assert privilege.scenes(one) is privilege.scenes(one)
    assert [scene.action for scene in privilege.scenes(one)] == ["opened", "opened"]
    assert privilege.scenes(one, labelled=True) is not privilege.scenes(one)
