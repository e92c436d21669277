"""What a policy means by a workflow, a job, a step, a command."""

import pytest

from wflint.analysis.environments import environment_names
from wflint.analysis.repository import Repository
from wflint.analysis.select import (
    JobSelector,
    StepSelector,
    WorkflowSelector,
    runs,
    selects,
    selects_workflow,
    steps_with,
)
from wflint.model.action import Action
from wflint.model.index import targets
from wflint.model.job import Job
from wflint.model.workflow import Workflow
from wflint.shell import parse
from wflint.source import yaml
from wflint.source.source import Source


def repository(**files: str) -> Repository:
    """Return a repository of workflows, and of actions whose name begins with `action_`."""
    sources = [
        Source(f".github/actions/{name[7:]}/action.yml", "action", text)
        if name.startswith("action_")
        else Source(f".github/workflows/{name}.yml", "workflow", text)
        for name, text in files.items()
    ]
    return Repository([yaml.parse(source) for source in sources])


def job(text: str, name: str = "build") -> Job:
    found = repository(ci=f"on: push\njobs:\n{text}").workflows[0].job(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("script", "glob"),
    [
        ("npm run lint -- --fix", "npm run lint"),
        ("npm run lint:css", "npm run lint*"),
        ("uv run pytest tests", "pytest"),
        ("uv run --frozen pytest", "pytest"),
        ("uv run --group dev pytest", "pytest"),
        ("npx --yes jest --ci", "jest"),
        ("python -m pytest", "pytest"),
        ("sudo -E kubectl apply -f x", "kubectl apply"),
        ("/usr/bin/kubectl  apply", "kubectl apply"),
        ('kubectl apply -f "$FILE"', "kubectl apply -f *"),
        ("./deploy.sh production", "./deploy.sh"),
    ],
)
def test_command_that_begins_with_a_glob(script: str, glob: str) -> None:
    assert runs(parse(script).commands[0], (glob,))


@pytest.mark.parametrize(
    ("script", "glob"),
    [
        ("npm run lint:css", "npm run lint"),
        ("echo kubectl apply", "kubectl apply"),
        ("pytest-watch", "pytest"),
        ('"$TOOL" apply', "kubectl apply"),
        ("uv sync", "sync"),
        ("uv run", "run"),
    ],
)
def test_command_that_does_not(script: str, glob: str) -> None:
    assert not runs(parse(script).commands[0], (glob,))


STEPS = """
  build:
    name: Build it
    environment: {name: Production}
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/deploy
      - name: Publish
        run: npm publish
"""


@pytest.mark.parametrize(
    "selector",
    [
        JobSelector(jobs=("BUILD",)),
        JobSelector(names=("build *",)),
        JobSelector(steps=("npm publish",)),
        JobSelector(uses=("actions/*",)),
        JobSelector(uses=("actions/checkout@v4",)),
        JobSelector(uses=("./.github/actions/deploy",)),
        JobSelector(environments=("production",)),
        JobSelector(ships=("package",)),
        JobSelector(files=(".github/workflows/*.yml",)),
        JobSelector(files=("ci.yml",), jobs=("build",)),
        JobSelector(jobs=("other", "bui*")),
    ],
)
def test_selectors_that_mean_a_job(selector: JobSelector) -> None:
    assert selects(selector, job(STEPS))


@pytest.mark.parametrize(
    "selector",
    [
        JobSelector(),
        JobSelector(jobs=("built",)),
        JobSelector(steps=("npm ci",)),
        JobSelector(files=("cd.yml",)),
        JobSelector(files=("cd.yml",), jobs=("build",)),
        JobSelector(workflows=("CI",), jobs=("build",)),
        JobSelector(ships=("deploy",)),
        JobSelector(uses=("actions/checkout@v5",)),
    ],
)
def test_selectors_that_mean_another(selector: JobSelector) -> None:
    assert not selects(selector, job(STEPS))


def test_a_local_action_is_followed_and_stands_for_its_steps() -> None:
    whole = repository(
        ci=f"on: push\njobs:\n{STEPS}",
        action_deploy="runs:\n  using: composite\n  steps:\n    - run: kubectl apply -f x\n      shell: bash\n",
    )
    steps = whole.workflows[0].jobs["build"].steps
    found = list(steps_with(StepSelector(steps=("kubectl apply",)), steps, whole))
    assert [(each.step, each.what) for each in found] == [(steps[1], "kubectl apply -f")]
    assert not list(steps_with(StepSelector(steps=("kubectl apply",)), steps))


def test_actions_that_use_each_other_are_followed_once() -> None:
    inner = "runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/{}\n"
    whole = repository(
        ci=f"on: push\njobs:\n{STEPS}", action_deploy=inner.format("other"), action_other=inner.format("deploy")
    )
    steps = whole.workflows[0].jobs["build"].steps
    assert not list(steps_with(StepSelector(steps=("kubectl apply",)), steps, whole))
    assert all(isinstance(each, Action) for each in whole.actions)


def test_workflows_by_path_name_and_title() -> None:
    workflow = repository(release="name: Release it\non: push\njobs: {}\n").workflows[0]
    assert selects_workflow(WorkflowSelector(files=("release.yml",)), workflow)
    assert selects_workflow(WorkflowSelector(files=(".github/workflows/rel*",)), workflow)
    assert selects_workflow(WorkflowSelector(names=("release*",)), workflow)
    assert not selects_workflow(WorkflowSelector(), workflow)
    assert not selects_workflow(WorkflowSelector(files=("ease.yml",)), workflow)


def environments(expression: str, more: str = "") -> tuple[str, ...]:
    return environment_names(job(f"  build:\n    environment: {expression}\n{more}    steps: []\n"))


def test_environments_that_expressions_may_name() -> None:
    assert environments("production") == ("production",)
    assert environments("${{ github.ref == 'refs/heads/main' && 'production' || 'staging' }}") == (
        "production",
        "staging",
    )
    assert environments("${{ matrix.target }}", "    strategy: {matrix: {target: [one, two]}}\n") == ("one", "two")
    assert environments("env-${{ matrix.target }}") == ()
    assert environments("${{ needs.plan.outputs.name }}") == ()
    assert environments("${{ broken") == ()


def test_an_input_names_the_environment_that_the_caller_gives() -> None:
    whole = repository(
        ci="on: push\njobs:\n  call:\n    uses: ./.github/workflows/deploy.yml\n    with: {Target: production}\n",
        deploy="on:\n  workflow_call:\n    inputs: {target: {type: string, default: staging}}\n"
        "jobs:\n  build:\n    environment: ${{ inputs.target }}\n    steps: []\n",
    )
    caller, called = whole.workflows[0].jobs["call"], whole.workflows[1].jobs["build"]
    assert environment_names(called, (caller,)) == ("production",)
    assert environment_names(called) == ("staging",)


@pytest.mark.parametrize("steps", ["[null, 1, {uses: 3}, {run: 4}]", "{}", "null", "[{uses: ''}, {run: ''}]"])
def test_odd_shapes(steps: str) -> None:
    document = yaml.parse(Source("ci.yml", "workflow", f"on: 1\njobs: {{a: {{steps: {steps}, environment: []}}}}\n"))
    for workflow in targets(document, Workflow):
        for each in workflow.jobs.values():
            selector = JobSelector(("b",), ("b",), ("b",), ("b/c",), ("b",), ("deploy",))
            assert not selects(selector, each)
