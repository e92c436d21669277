"""Packs of another repository are fetched once, pinned by commit and digest, and then read offline."""

from __future__ import annotations

import base64

import pytest
from conftest import Wflint
from hypothesis import given
from hypothesis import strategies as st
from made_github import CANARY, serving

from wflint.policy.remote import Remote, digest

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PACK = "title: What we hold to\nrules:\n  timeout-missing: error\n"
WORKFLOW = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps: []\n"
REFERENCE = f"github:acme/policies//packs/base.yaml@{COMMIT}"
ROUTE = "repos/acme/policies/contents/packs/base.yaml"
PINNED = f"{REFERENCE}#{digest(PACK.encode())}"


def content(text: str) -> dict[str, str]:
    return {"type": "file", "encoding": "base64", "content": base64.encodebytes(text.encode()).decode()}


@pytest.fixture
def repository(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> Wflint:
    monkeypatch.setenv("GITHUB_TOKEN", CANARY)
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    return wflint


def test_a_pack_is_fetched_once_and_then_read_without_the_network(repository: Wflint) -> None:
    with serving({ROUTE: content(PACK)}) as github:
        fetched = repository.run("policy", "fetch", REFERENCE, "--api-url", github.url)
        assert fetched.stdout == f"{PINNED}\n"
        assert github.seen[0][0].endswith(f"?ref={COMMIT}")
    assert CANARY not in fetched.stdout + fetched.stderr
    repository.write({"wflint.yml": f"extends: ['{PINNED}']\n"})
    outcome = repository.run("check", "--format", "concise", "--select", "timeout-missing")
    assert (outcome.code, outcome.stdout.count("error:")) == (1, 1)


def test_a_copy_that_was_changed_is_refused(repository: Wflint) -> None:
    name = f".wflint/packs/{digest(PACK.encode())}.yaml"
    repository.write({"wflint.yml": f"extends: ['{PINNED}']\n", name: PACK.replace("error", "off")})
    outcome = repository.run("check")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "is not what was pinned" in outcome.stderr


def test_a_missing_copy_says_what_to_type(repository: Wflint) -> None:
    repository.write({"wflint.yml": f"extends: ['{PINNED}']\n"})
    outcome = repository.run("check")
    assert outcome.code == 2
    assert f"wflint policy fetch {PINNED}" in outcome.stderr
    assert "wflint.yml:1:11" in outcome.stderr


@pytest.mark.parametrize("name", [REFERENCE, "github:acme/policies//base.yaml@main", "github:acme/policies"])
def test_what_is_not_pinned_is_refused(repository: Wflint, name: str) -> None:
    repository.write({"wflint.yml": f"extends: ['{name}']\n"})
    outcome = repository.run("check")
    assert outcome.code == 2
    assert "pinned by commit and digest" in outcome.stderr


@pytest.mark.parametrize(
    "reference",
    [
        "github:acme/policies//base.yaml@main",
        "acme/policies",
        f"github:a/b//../c.yaml@{COMMIT}",
        f"github:a/b//c@{COMMIT}",
    ],
)
def test_only_commits_are_fetched(repository: Wflint, reference: str) -> None:
    assert repository.run("policy", "fetch", reference).code == 2


def test_a_file_that_is_not_the_pinned_one_is_not_kept(repository: Wflint) -> None:
    with serving({ROUTE: content(PACK.replace("error", "off"))}) as github:
        outcome = repository.run("policy", "fetch", PINNED, "--api-url", github.url)
    assert outcome.code == 2
    assert not (repository.root / ".wflint").exists()


@pytest.mark.parametrize("body", [[], {"type": "dir"}, {"type": "file", "encoding": "none", "content": ""}])
def test_an_answer_without_a_file_is_told(repository: Wflint, body: object) -> None:
    with serving({ROUTE: body}) as github:
        outcome = repository.run("policy", "fetch", REFERENCE, "--api-url", github.url)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "status 200" in outcome.stderr


@given(st.text())
def test_no_text_confuses_the_reader_of_references(text: str) -> None:
    found = Remote.parse(f"github:acme/policies//{text}@{COMMIT}")
    assert found is None or str(found) == f"github:acme/policies//{text}@{COMMIT}"
