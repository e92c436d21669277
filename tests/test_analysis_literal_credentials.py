"""Credentials in a file are found where they stand, each once, and never told in full."""

from __future__ import annotations

from wflint.analysis.literal_credentials import find
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse

TOKEN = "ghp_" + "k7Qx2mVb9LzR4tYw6NcH8sJd1FgPaE3uTiOo"


def found(text: str, kind: Kind = "workflow") -> list[tuple[str, str, bool]]:
    document = parse(Source("x.yml", kind, text))
    return [(one.what, document.text[slice(*one.place.span)], one.sure) for one in find(document)]


def step(uses: str, **inputs: str) -> str:
    lines = "".join(f"          {name.replace('_', '-')}: {value}\n" for name, value in inputs.items())
    return f"on: push\njobs:\n  a:\n    steps:\n      - uses: {uses}\n        with:\n{lines}"


def test_a_token_in_an_input_for_secrets_is_one_credential() -> None:
    assert found(step("actions/checkout@v4", token=f"'{TOKEN}'")) == [("a GitHub token (ghp_…)", TOKEN, True)]


def test_a_token_in_a_comment_is_one_too() -> None:
    assert found(f"on: push # {TOKEN}\n") == [("a GitHub token (ghp_…)", TOKEN, True)]


def test_an_input_for_secrets_with_a_plain_text() -> None:
    login = step("docker/login-action@v3", username="ci", password="tr0ub4dor")
    assert found(login) == [("the value of `password`", "tr0ub4dor", False)]


def test_expressions_placeholders_and_registries_on_the_runner_are_fine() -> None:
    assert found(step("docker/login-action@v3", username="ci", password="${{ secrets.A }}")) == []
    assert found(step("docker/login-action@v3", username="ci", password="test")) == []
    assert found(step("docker/login-action@v3", registry="localhost:5000", password="tr0ub4dor")) == []


def test_registries_of_dependabot() -> None:
    text = "registries:\n  a: {type: x, token: tr0ub4dor, username: ci}\n  b: {password: '${{secrets.B}}'}\n  c: d\n"
    assert found(text, "dependabot") == [("the registry's `token`", "tr0ub4dor", True)]
