import pytest

from wflint.analysis import privilege
from wflint.analysis.untrusted_checkout import Checkout, checkouts, runs_tree_code
from wflint.model.index import targets
from wflint.model.workflow import Workflow
from wflint.source.source import Source
from wflint.source.yaml import parse


def found(steps: str, event: str = "pull_request_target", env: str = "{}") -> list[Checkout]:
    text = f"on: {event}\njobs:\n  a:\n    env: {env}\n    steps:\n{steps}"
    workflow = targets(parse(Source(".github/workflows/ci.yml", "workflow", text)), Workflow)[0]
    return list(checkouts(workflow.jobs["a"], privilege.scenes(workflow)))


def by_action(value: str, event: str = "pull_request_target", version: str = "v4.1.0") -> list[Checkout]:
    return found(f"    - uses: actions/checkout@{version}\n      with: {{{value}}}\n", event)


@pytest.mark.parametrize(
    ("value", "event"),
    [
        ("ref: '${{ github.event.pull_request.head.sha }}'", "pull_request_target"),
        ("ref: '${{ github.event.pull_request.head.sha || github.sha }}'", "pull_request_target"),
        ("ref: 'refs/pull/${{ github.event.number }}/merge'", "pull_request_target"),
        ("ref: \"${{ format('refs/pull/{0}/head', github.event.issue.number) }}\"", "issue_comment"),
        ("repository: '${{ github.event.pull_request.head.repo.full_name }}'", "pull_request_target"),
        ("ref: '${{ github.event.workflow_run.head_sha }}'", "workflow_run"),
    ],
)
def test_commits_that_a_stranger_chose(value: str, event: str) -> None:
    assert len(by_action(value, event)) == 1


@pytest.mark.parametrize(
    ("value", "event"),
    [
        ("ref: main", "pull_request_target"),
        ("ref: '${{ github.event.pull_request.base.sha }}'", "pull_request_target"),
        ("ref: '${{ github.sha }}'", "pull_request_target"),
        (
            "ref: \"${{ github.event_name == 'push' && github.event.pull_request.head.sha || 'main' }}\"",
            "pull_request_target",
        ),
        ("ref: '${{ github.event.workflow_run.head_branch }}'", "workflow_run"),
        ("ref: '${{ github.event.pull_request.head.sha }}'", "pull_request"),
    ],
)
def test_commits_of_the_repository(value: str, event: str) -> None:
    assert by_action(value, event) == []


def test_a_branch_that_only_has_the_strangers_name() -> None:
    (one,) = by_action("ref: '${{ github.head_ref }}'")
    assert one.by_name


def test_versions_that_refuse_forks() -> None:
    ref = "ref: '${{ github.event.pull_request.head.sha }}'"
    assert [by_action(ref, version=version)[0].guarded for version in ("v4", "v7.0.1", "v4.1.0", "main")] == [
        True,
        True,
        False,
        False,
    ]
    assert not by_action(f"{ref}, allow-unsafe-pr-checkout: true", version="v7")[0].guarded
    assert not by_action("ref: 'refs/pull/${{ github.event.issue.number }}/head'", "issue_comment", "v7")[0].guarded


@pytest.mark.parametrize(
    "script",
    [
        "gh pr checkout 1",
        'git checkout "$HEAD"',
        "git fetch origin pull/$N/head && git checkout FETCH_HEAD",
        "git fetch origin refs/pull/1/merge:pr\ngit switch pr",
    ],
)
def test_scripts_that_check_out(script: str) -> None:
    steps = f"    - run: |\n        {script.replace(chr(10), chr(10) + '        ')}\n"
    assert len(found(steps, env="{HEAD: '${{ github.event.pull_request.head.sha }}'}")) == 1


@pytest.mark.parametrize(
    "script", ["git fetch origin pull/1/head", 'git diff "$HEAD"', "echo gh pr checkout", "git checkout main"]
)
def test_scripts_that_do_not(script: str) -> None:
    assert found(f"    - run: {script}\n", env="{HEAD: '${{ github.event.pull_request.head.sha }}'}") == []


def test_the_head_that_a_step_looked_up() -> None:
    steps = (
        "    - id: pr\n      run: gh pr view 1 --json headRefOid >> $GITHUB_OUTPUT\n"
        "    - uses: actions/checkout@v4\n      with: {ref: '${{ steps.pr.outputs.head_sha }}'}\n"
    )
    assert len(found(steps, "issue_comment")) == 1


@pytest.mark.parametrize(
    ("step", "runs"),
    [
        ("run: npm ci", "npm ci"),
        ("run: ./build.sh", "./build.sh"),
        ("run: python tools/check.py", "python tools/check.py"),
        ("uses: ./action", "./action"),
        ("run: cat README.md", None),
        ("uses: actions/setup-node@v4", None),
    ],
)
def test_what_runs_the_code(step: str, runs: str | None) -> None:
    steps = f"    - run: gh pr checkout 1\n    - {step}\n"
    (one,) = found(steps)
    assert one.step.job is not None
    ran = runs_tree_code(one, one.step.job.steps[1:])
    assert (ran[1] if ran else None) == runs


def test_code_in_a_folder_of_its_own_runs_only_from_there() -> None:
    ref = "ref: '${{ github.event.pull_request.head.sha }}', path: head"
    for step, runs in (
        ("run: make", False),
        ("run: make -C head", True),
        ("{run: make, working-directory: head}", True),
    ):
        (one,) = found(f"    - uses: actions/checkout@v4\n      with: {{{ref}}}\n    - {step}\n")
        assert one.step.job is not None
        assert (runs_tree_code(one, one.step.job.steps[1:]) is not None) is runs
