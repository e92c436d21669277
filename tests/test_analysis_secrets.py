"""Secrets are followed through expressions, environments and scripts, and nothing else is taken for one."""

from __future__ import annotations

from textwrap import indent

import pytest

from wflint.analysis.repository import Repository
from wflint.analysis.secret_flow import Holders, SecretFlow, masked
from wflint.analysis.secrets import Secret, carried, mentions, passed, used
from wflint.model.expression import Expression
from wflint.model.index import targets
from wflint.model.script import Script
from wflint.model.step import Step
from wflint.model.workflow import Workflow
from wflint.source.document import Document
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse


def workflow(steps: str, env: str = "", job: str = "") -> Document:
    """Return a workflow with one job of some steps."""
    return parse(
        Source(
            "x.yml",
            "workflow",
            f"on: push\n{env}jobs:\n  a:\n    runs-on: ubuntu-latest\n{job}    steps:\n{indent(steps, ' ' * 6)}",
        )
    )


def flows(document: Document) -> list[SecretFlow]:
    return [flow for script in targets(document, Script) for flow in Holders.of(script.step).flows(script)]


def expression(text: str) -> Expression:
    return targets(workflow(f'- uses: a/b@v1\n  with: {{x: "${{{{ {text} }}}}"}}\n'), Expression)[0]


def names(secrets: list[Secret]) -> list[tuple[str, bool]]:
    return [(secret.name, secret.transformed) for secret in secrets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("secrets.Deploy_Key", [("DEPLOY_KEY", False)]),
        ("SECRETS['a']", [("A", False)]),
        ("github.token", [("GITHUB_TOKEN", False)]),
        ("secrets.A || secrets.B", [("A", False), ("B", False)]),
        ("github.ref == 'x' && secrets.A || ''", [("A", False)]),
        ("format('{0}', secrets.A)", [("A", False)]),
        ("fromJSON(secrets.A).key", [("A", True)]),
        ("fromJSON(secrets.A)['key'][0]", [("A", True)]),
        ("case(secrets.A == '', 'x', secrets.B)", [("B", False)]),
        ("toJSON(secrets)", [("*", False)]),
        ("secrets[matrix.name]", [("*", False)]),
        ("secrets.A != ''", []),
        ("secrets.A && 'set' || 'unset'", []),
        ("!secrets.A", []),
        ("contains(secrets.A, 'x')", []),
        ("needs.secrets.result", []),
    ],
)
def test_an_expression_carries_the_secrets_that_are_in_its_value(text: str, expected: list[tuple[str, bool]]) -> None:
    assert names(carried(expression(text))) == expected


def test_every_mention_is_found_at_its_place() -> None:
    one = expression("secrets.A != '' && github.token")
    found = mentions(one)
    assert [secret.name for secret in found] == ["A", "GITHUB_TOKEN"]
    assert [one.document.text[slice(*secret.place.span)] for secret in found] == ["secrets.A", "github.token"]


def test_a_step_has_the_environment_of_its_workflow_and_job_but_for_what_it_sets_itself() -> None:
    document = workflow(
        "- run: x\n  env: {A: none, D: 'https://${{ secrets.D }}@host'}\n",
        env="env: {A: '${{ secrets.A }}', B: '${{ secrets.B }}'}\n",
        job="    env: {B: '${{ github.token }}', C: '${{ env.A }}'}\n",
    )
    step = targets(document, Step)[0]
    env = Holders.of(step).env(step)
    assert {name: secret.name for name, secret in env.items()} == {"B": "GITHUB_TOKEN", "C": "A", "D": "D"}


def test_a_job_hides_a_variable_of_its_workflow() -> None:
    document = workflow("- run: echo $A; env\n", env="env: {A: '${{ secrets.A }}'}\n", job="    env: {A: none}\n")
    assert flows(document) == []


def test_a_step_before_another_does_not_have_what_that_writes() -> None:
    steps = "- run: echo $A\n- run: echo A=${{ secrets.A }} >> $GITHUB_ENV\n- run: echo $A\n"
    assert [one.flow.kind for one in flows(workflow(steps))] == ["env", "log"]


def test_steps_that_share_a_script_have_their_own_environment() -> None:
    document = workflow("- &s {run: echo $A}\n- *s\n- {run: echo $A, env: {A: '${{ secrets.A }}'}}\n")
    assert [one.secret.name for one in flows(document)] == ["A"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('echo "$T"', [("log", False)]),
        ('echo "${{ env.T }}"', [("log", False)]),
        ('echo "$T" | cut -c1-4', [("log", True)]),
        ("env | sort", [("dump", False)]),
        ('echo "$T" | docker login --password-stdin', []),
        ('echo "${#T}"', []),
        ('[ -n "$T" ] && curl -H "Authorization: $T" https://example.com', []),
    ],
)
def test_what_a_script_does_with_a_secret(script: str, expected: list[tuple[str, bool]]) -> None:
    document = workflow(f"- run: '{script}'\n  env: {{T: '${{{{ secrets.T }}}}'}}\n")
    assert [(one.flow.kind, one.transformed) for one in flows(document)] == expected


def test_a_value_given_to_add_mask_is_masked_from_then_on() -> None:
    document = workflow(
        "- run: |\n"
        '    part=$(echo "$T" | jq -r .key)\n'
        '    echo "::add-mask::$part"\n'
        '    echo "part=$part" >> $GITHUB_ENV\n'
        "  env: {T: '${{ secrets.T }}'}\n"
        "- run: echo $part\n"
    )
    assert [(one.flow.kind, one.transformed) for one in flows(document)] == [("env", False), ("log", False)]


def test_a_part_of_a_secret_is_followed_through_outputs_and_the_environment() -> None:
    document = workflow(
        "- id: read\n"
        "  run: |\n"
        '    echo "key=$(jq -r .key <<< "$T")" >> "$GITHUB_OUTPUT"\n'
        "  env: {T: '${{ secrets.T }}'}\n"
        "- run: echo ${{ steps.read.outputs.key }}\n"
    )
    first, second = flows(document)
    assert (first.flow.kind, second.flow.kind, second.transformed) == ("output", "log", True)
    assert document.text[slice(*second.place.span)] == "${{ steps.read.outputs.key }}"


def test_tokens_that_actions_make_are_secrets() -> None:
    document = workflow(
        "- uses: actions/create-github-app-token@v2\n  id: app\n"
        "- run: echo $T ${{ steps.app.outputs.app-slug }}\n  env: {T: '${{ steps.app.outputs.token }}'}\n"
    )
    assert [one.secret.name for one in flows(document)] == ["steps.app.outputs.token"]


def test_the_way_of_a_secret_is_told() -> None:
    document = workflow("- run: |\n    a=$T\n    echo $a\n  env: {T: '${{ secrets.T }}'}\n")
    (one,) = flows(document)
    assert document.text[slice(*one.place.span)] == "$a"
    assert [document.text[slice(*place.span)] for place, _ in one.way] == ["secrets.T", "a=$T"]


def test_composite_actions_have_no_secrets_but_the_token() -> None:
    text = "runs:\n  using: composite\n  steps:\n    - run: echo $T\n      env: {T: '${{ github.token }}'}\n"
    (one,) = flows(parse(Source("action.yml", "action", text)))
    assert one.secret.name == "GITHUB_TOKEN"


CALLEE = "on:\n  workflow_call:\n    secrets:\n      Token: {required: true}\njobs: {}\n"


def test_secrets_that_callers_pass() -> None:
    (reusable,) = targets(parse(Source("x.yml", "workflow", CALLEE)), Workflow)
    assert passed(reusable) == {"TOKEN"}
    (both,) = targets(parse(Source("x.yml", "workflow", CALLEE.replace("on:\n", "on:\n  push:\n"))), Workflow)
    assert passed(both) == frozenset()


def used_in(**texts: str) -> set[str] | None:
    kinds: dict[str, Kind] = {"workflow": "workflow", "action": "action", "dependabot": "dependabot"}
    return used(Repository([parse(Source(f"{name}.yml", kinds[name], text)) for name, text in texts.items()]))


def test_secrets_that_a_repository_uses() -> None:
    assert used_in(
        workflow="on: push\nenv: {A: '${{ secrets.a }}'}\njobs: {}\n",
        action="runs:\n  using: composite\n  steps: [{run: 'echo ${{ github.token }}'}]\n",
        dependabot="registries: {x: {token: '${{secrets.NPM}}', url: '${{ not an expression }}'}}\n",
    ) == {"A", "GITHUB_TOKEN", "NPM"}


@pytest.mark.parametrize(
    "jobs",
    [
        "{a: {uses: x/y/.github/workflows/z.yml@v1, secrets: inherit}}",
        "{a: {env: {A: '${{ secrets[matrix.name] }}'}}}",
    ],
)
def test_where_nobody_can_tell_which_secrets_are_used(jobs: str) -> None:
    assert used_in(workflow=f"on: push\njobs: {jobs}\n") is None


def test_expressions_that_are_masked() -> None:
    document = workflow(
        "- run: |\n    echo \"::add-mask::${{ fromJSON(secrets.A).b }}\"\n    echo '${{ github.sha }}'\n"
    )
    assert masked(targets(document, Script)) == {"${{ fromJSON(secrets.A).b }}"}
