from typing import Any

from wflint.analysis.repository import Repository
from wflint.model.action import Action
from wflint.model.container import Container
from wflint.model.expression import Expression
from wflint.model.image import Image
from wflint.model.index import targets
from wflint.model.script import Script
from wflint.model.step import ParallelStep, RunStep, Step, UsesStep, WaitStep
from wflint.model.workflow import Workflow
from wflint.source.document import Document
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse


def document(text: str, name: str = ".github/workflows/ci.yml") -> Document:
    kind: Kind = "action" if name.endswith("action.yml") else "workflow"
    return parse(Source(name, kind, text))


def workflow(text: str) -> Any:
    return targets(document(text), Workflow)[0]


def jobs(text: str) -> Any:
    return workflow(f"on: push\njobs:\n{text}").jobs


def shown(view: Any) -> Any:
    return view.place.document.text[slice(*view.place.span)]


def test_triggers_in_every_form() -> None:
    assert list(workflow("on: push").triggers) == ["push"]
    assert list(workflow("on: [push, pull_request]").triggers) == ["push", "pull_request"]
    one = workflow("on:\n  push: {branches: [main, 'v*'], paths: docs/**}\n  schedule: [{cron: 0 0 * * *}]\n  fork:\n")
    assert [node.text for node in one.triggers["push"].branches] == ["main", "v*"]
    assert [node.text for node in one.triggers["push"].paths] == ["docs/**"]
    assert one.triggers["schedule"].schedules[0].cron.text == "0 0 * * *"
    assert [shown(trigger) for trigger in one.triggers.values()] == ["push", "schedule", "fork"]
    assert list(workflow("on: [1, {a: b}]").triggers) == ["1"]


def test_trigger_filters() -> None:
    push = workflow("on: {push: {branches: [main, 'v*', '!v1'], paths-ignore: ['docs/**']}}").triggers["push"]
    assert [name for name in ("main", "v2", "v1", "x") if push.runs_for_branch(name)] == ["main", "v2"]
    assert not push.runs_for_tag("v2")
    assert push.runs_for_paths(["docs/a", "src/a"])
    assert not push.runs_for_paths(["docs/a"])
    assert not workflow("on: {push: {tags: ['v*']}}").triggers["push"].runs_for_branch("main")


def test_inputs_of_a_call() -> None:
    text = "on:\n  workflow_call:\n    inputs:\n      level: {type: string, required: true}\n    secrets: {token: }\n"
    one = workflow(text)
    call = one.triggers["workflow_call"]
    assert (call.inputs["level"].type, call.inputs["level"].required, shown(call.inputs["level"])) == (
        "string",
        True,
        "level",
    )
    assert call.secrets["token"].required is False
    assert one.is_reusable
    assert one.is_only_reusable


def test_a_job() -> None:
    text = (
        "  build:\n    name: Build it\n    needs: [lint, Test]\n    timeout-minutes: 5\n    runs-on: ubuntu-latest\n"
        "    environment: {name: prod, url: https://x}\n    if: always()\n    steps: []\n"
        "  lint: {}\n  test: {needs: lint}\n"
    )
    build = jobs(text)["build"]
    assert (build.id, build.name, shown(build)) == ("build", "Build it", "build")
    assert build.timeout_minutes.value == 5
    assert [job.id for job in build.needed] == ["lint", "test"]
    assert [job.id for job in build.transitive_needs] == ["lint", "test"]
    assert [job.id for job in build.workflow.job("LINT").dependents] == ["build", "test"]
    assert build.runs_on.systems == {"linux"}
    assert build.environment.name.text == "prod"
    assert build.condition.text == "always()"
    assert build.condition.tree is not None


def test_needs_in_a_cycle_end() -> None:
    a = jobs("  a: {needs: b}\n  b: {needs: a}\n")["a"]
    assert [job.id for job in a.transitive_needs] == ["b", "a"]


def test_permissions() -> None:
    text = (
        "permissions: read-all\njobs:\n  a: {}\n  b: {permissions: {contents: write, id-token: write}}\n"
        "  c: {permissions: {}}\n"
    )
    found = workflow(f"on: push\n{text}").jobs
    assert found["a"].effective_permissions.level("contents") == "read"
    assert found["a"].effective_permissions.level("id-token") == "none"
    assert list(found["b"].effective_permissions.writes) == ["contents", "id-token"]
    assert found["b"].effective_permissions.level("issues") == "none"
    assert found["c"].permissions.is_empty
    assert shown(found["c"].permissions) == "permissions"


def test_steps_and_their_kinds() -> None:
    text = (
        "  a:\n    steps:\n      - run: one\n        id: first\n      - parallel:\n          - run: two\n"
        "          - uses: a/b@v1\n            with: {Some-Input: x}\n      - wait: [first]\n"
        "      - nothing\n      - run: [a]\n"
    )
    a = jobs(text)["a"]
    assert [type(step) for step in a.steps] == [RunStep, ParallelStep, RunStep, UsesStep, WaitStep, Step]
    run, parallel, two, uses, wait, _ = a.steps
    assert isinstance(parallel, ParallelStep)
    assert isinstance(uses, UsesStep)
    assert isinstance(wait, WaitStep)
    assert two.parent is parallel
    assert parallel.steps == [two, uses]
    assert uses.previous == [run, parallel]
    assert wait.previous == [run, parallel, two, uses]
    assert (value := uses.input("some-input")) is not None
    assert value.text == "x"
    assert a.step("FIRST") is run
    assert [step.text for step in wait.waits_for] == ["first"]


def test_the_shell_of_a_script() -> None:
    text = (
        "on: push\ndefaults: {run: {shell: bash}}\njobs:\n  a: {steps: [{run: x}, {run: y, shell: 'pwsh -c {0}'}]}\n"
        "  b: {defaults: {run: {shell: sh}}, steps: [{run: x}]}\n"
    )
    found = workflow(text).jobs
    first, second = found["a"].scripts
    assert (first.shell, first.dialect, first.errexit, first.pipefail) == ("bash", "bash", True, True)
    assert (second.dialect, second.pipefail) == ("pwsh", None)
    (third,) = found["b"].scripts
    assert (third.shell, third.pipefail) == ("sh", False)


def test_the_default_shell_follows_the_runner() -> None:
    text = (
        "  a: {runs-on: windows-latest, steps: [{run: x}]}\n"
        "  b: {runs-on: '${{ matrix.os }}', strategy: {matrix: {os: [ubuntu-24.04, windows-2025]}}, "
        "steps: [{run: x}]}\n"
        "  c: {runs-on: '${{ inputs.os }}', steps: [{run: x}]}\n"
    )
    a, b, c = (job.scripts[0] for job in jobs(text).values())
    assert (a.dialect, a.shell) == ("pwsh", None)
    assert (b.dialect, b.dialects) == ("bash", {"bash", "pwsh"})
    assert (c.dialect, c.errexit, c.pipefail) == ("bash", True, False)


def test_scripts_in_inputs() -> None:
    text = "on: push\njobs: {a: {steps: [{uses: actions/github-script@v7, with: {Script: '${{ x }}'}}]}}\n"
    (script,) = targets(document(text), Script)
    assert (script.dialect, script.input, script.text) == ("javascript", "script", "${{ x }}")
    assert [one.text for one in script.expressions] == [" x "]


def test_expressions_with_their_keys_and_places() -> None:
    text = (
        "name: ${{ a }}\non:\n  workflow_call:\n    outputs:\n      o: {value: '${{ b }}'}\njobs:\n  j:\n    if: c\n"
        "    strategy:\n      matrix:\n        x: ['${{ d }}', {deep: '${{ e }}'}]\n"
        "        include:\n          - x: ${{ f }}\n"
        "    env: {V: '${{ g }}'}\n    steps:\n      - if: ${{ h }} && i\n        run: |\n          a ${{ k }}\n"
        "      - uses: a/b@v1\n        with: {if: '${{ l }}'}\n"
    )
    found = targets(document(text), Expression)
    assert [(one.text.strip(), one.key) for one in found] == [
        ("a", "name"),
        ("b", "on.workflow_call.outputs.*.value"),
        ("c", "jobs.*.if"),
        ("d", "jobs.*.strategy.matrix.*[]"),
        ("e", "jobs.*.strategy.matrix.*[]"),
        ("f", "jobs.*.strategy.matrix.include[].*"),
        ("g", "jobs.*.env.*"),
        ("${{ h }} && i", "jobs.*.steps[].if"),
        ("h", "jobs.*.steps[].if"),
        ("k", "jobs.*.steps[].run"),
        ("l", "jobs.*.steps[].with.*"),
    ]
    assert [one.form for one in found if one.form != "embedded"] == ["bare", "mixed"]
    k: Any = found[9]
    assert shown(k) == "${{ k }}"
    assert text[slice(*k.place_of(k.tree.span).span)] == "k"
    assert k.step.job is k.job
    assert found[2] is k.job.condition


def test_broken_expressions_have_an_error_and_no_tree() -> None:
    broken, unclosed = targets(document("on: push\nname: ${{ a b }}\nrun-name: ${{ x\n"), Expression)
    assert broken.tree is None
    assert broken.error is not None
    assert not unclosed.closed
    assert unclosed.error is not None


def test_reusable_calls() -> None:
    text = (
        "  a: {uses: o/r/.github/workflows/x.yml@v1, with: {a: 1}, secrets: inherit}\n"
        "  b: {uses: ./.github/workflows/y.yml}\n"
    )
    a, b = jobs(text).values()
    assert (a.uses.kind, a.uses.path, a.uses.reusable) == ("remote", ".github/workflows/x.yml", True)
    assert a.call.inherits_secrets
    assert b.uses.kind == "local"
    assert not b.call.inherits_secrets


def test_containers_and_images() -> None:
    text = (
        "on: push\njobs:\n  a:\n    container: node:22\n    services:\n      db:\n        image: postgres@sha256:00\n"
        "        credentials: {username: u, password: p}\n    steps: [{uses: 'docker://alpine:3'}]\n"
    )
    one = document(text)
    own: Any
    service: Any
    own, service = targets(one, Container)
    assert (own.image.tag, service.service, shown(service), service.password.text) == ("22", "db", "db", "p")
    assert [(image.name, image.tag, image.digest) for image in targets(one, Image)] == [
        ("node", "22", None),
        ("postgres", None, "sha256:00"),
        ("alpine", "3", None),
    ]


def test_actions() -> None:
    text = (
        "name: A\ninputs:\n  x: {default: '${{ github.token }}'}\nruns:\n  using: composite\n  steps:\n"
        "    - run: echo ${{ inputs.x }}\n      shell: bash\n"
    )
    one = document(text, "tools/a/action.yml")
    (action,) = targets(one, Action)
    assert (action.kind, action.folder, list(action.inputs)) == ("composite", "tools/a", ["x"])
    assert [e.key for e in targets(one, Expression)] == ["inputs.*.default", "runs.steps[].run"]
    assert action.steps[0].action is action
    assert action.steps[0].job is None


def test_an_index_is_made_once_and_types_include_their_subclasses() -> None:
    one = document("on: push\njobs: {a: {steps: [{run: x}, {uses: a/b@v1}, {name: z}]}}")
    assert len(targets(one, Step)) == 3
    assert targets(one, RunStep)[0] is targets(one, Step)[0]
    assert targets(one, Action) == ()
    assert targets(one, Document) == (one,)


def test_a_job_shared_by_an_alias_is_two_jobs() -> None:
    text = "on: push\njobs:\n  a: &x {steps: [{run: 'echo ${{ b }}'}]}\n  c: *x\n"
    one = workflow(text)
    assert [shown(job) for job in one.jobs.values()] == ["a", "c"]
    assert [expression.job.id for expression in one.all_expressions] == ["a", "c"]


def test_a_repository_finds_local_references() -> None:
    ci = document(
        "on: push\njobs:\n  a: {steps: [{uses: ./tools/../tools/a/}]}\n  b: {uses: ./.github/workflows/ci.yml}\n"
    )
    action = document("name: A\nruns: {using: node24, main: x.js}\n", "tools/a/action.yml")
    repository = Repository([ci, action], ["x"])
    one: Any = repository.workflows[0]
    assert repository.local_action(one.jobs["a"].steps[0].uses) is repository.actions[0]
    assert repository.local_workflow(one.jobs["b"].uses) is one
    assert repository.has("x")
    assert repository.find("y") is None
