"""What a checkout leaves behind, who needs it and who takes it along."""

from __future__ import annotations

from textwrap import indent

import pytest

from wflint.analysis.checkout import Checkout
from wflint.model.index import targets
from wflint.model.step import UsesStep
from wflint.source.source import Source
from wflint.source.yaml import parse


def checkout(steps: str) -> Checkout:
    """Return the checkout that a job's first step is."""
    text = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{indent(steps, ' ' * 6)}"
    found = Checkout.of(targets(parse(Source("x.yml", "workflow", text)), UsesStep)[0])
    assert found is not None
    return found


CLONE = "- uses: actions/checkout@v4\n"


def test_other_actions_are_none() -> None:
    steps = targets(parse(Source("x.yml", "workflow", "jobs: {a: {steps: [{uses: actions/cache@v4}]}}")), UsesStep)
    assert Checkout.of(steps[0]) is None


@pytest.mark.parametrize(
    ("ref", "outside"), [("v4", False), ("v5.0.1", False), ("v6", True), ("v6.0.1", True), ("main", True), ("x", False)]
)
def test_newer_versions_keep_the_token_outside_the_tree(ref: str, outside: bool) -> None:
    assert checkout(f"- uses: actions/checkout@{ref}\n").keeps_outside_tree is outside


@pytest.mark.parametrize(
    ("value", "persists"), [("true", True), ("'True'", True), ("false", False), ("'${{ inputs.keep }}'", False)]
)
def test_what_it_says_of_itself(value: str, persists: bool) -> None:
    assert checkout(f"- uses: actions/checkout@v4\n  with: {{persist-credentials: {value}}}\n").persists is persists
    assert checkout(CLONE).persists is None


@pytest.mark.parametrize(
    ("inputs", "own"),
    [
        ("token: ${{ secrets.PAT }}", True),
        ("ssh-key: ${{ secrets.KEY }}", True),
        ("token: ${{ github.token }}", False),
        ("token: ${{ secrets.GITHUB_TOKEN }}", False),
        ("ref: main", False),
    ],
)
def test_credentials_of_its_own(inputs: str, own: bool) -> None:
    assert checkout(f"- uses: actions/checkout@v4\n  with:\n    {inputs}\n").has_own_credential is own


@pytest.mark.parametrize(
    "later",
    [
        "- run: git push origin HEAD\n",
        "- run: git -C site push --force\n",
        "- run: npx semantic-release\n",
        "- run: mkdocs gh-deploy\n",
        "- run: retry 3 git -C docs push origin HEAD\n",
        "- uses: stefanzweifel/git-auto-commit-action@v7\n",
        "- uses: peter-evans/create-pull-request@v8\n",
        "- shell: pwsh\n  run: git push\n",
    ],
)
def test_a_job_that_pushes(later: str) -> None:
    assert checkout(CLONE + later).pushed_from is not None


@pytest.mark.parametrize("later", ["- run: docker push x\n", "- run: echo git push\n", "- uses: actions/cache@v4\n"])
def test_a_job_that_does_not_push(later: str) -> None:
    assert checkout(CLONE + later).pushed_from is None


@pytest.mark.parametrize(
    ("version", "inputs", "uploads"),
    [
        ("v3", "path: .", True),
        ("v4.3.1", "path: ./", True),
        ("v4", "path: .", False),
        ("v4", "path: .\n    include-hidden-files: true", True),
        ("v3", "path: ${{ github.workspace }}", True),
        ("v3", "path: |\n      .\n      !.git/**", False),
        ("v3", "path: .git/", True),
        ("v3", "path: dist", False),
    ],
)
def test_an_artifact_with_the_clone_in_it(version: str, inputs: str, uploads: bool) -> None:
    upload = f"- uses: actions/upload-artifact@{version}\n  with:\n    {inputs}\n"
    assert (checkout(CLONE + upload).uploaded_by is not None) is uploads


def test_an_artifact_of_the_folder_of_the_clone() -> None:
    clone = "- uses: actions/checkout@v4\n  with:\n    path: source\n"
    upload = "- uses: actions/upload-artifact@v3\n  with:\n    path: ./source/\n"
    assert checkout(clone + upload).uploaded_by is not None


@pytest.mark.parametrize(
    ("run", "fetches"),
    [("git fetch origin main", True), ("git submodule update --init", True), ("git diff", False), ("echo pull", False)],
)
def test_a_job_that_asks_the_server_again(run: str, fetches: bool) -> None:
    assert (checkout(f"{CLONE}- run: {run}\n").fetched_from is not None) is fetches
