"""What a file is by its place, by its name, by its text."""

import pytest

from wflint.readers.kinds import guess, kind, kind_of, sniff


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".github/workflows/ci.yml", "workflow"),
        (".github/workflows/ci.yaml", "workflow"),
        (".github/workflows/action.yml", "workflow"),
        (".github/workflows/CI.YML", None),
        (".github/workflows/sub/ci.yml", None),
        (".GitHub/workflows/ci.yml", None),
        ("templates/.github/workflows/ci.yml", None),
        (".github/workflows/actions.lock", "file"),
        ("action.yml", "action"),
        ("a/b/action.yaml", "action"),
        ("Action.yml", None),
        (".github/dependabot.yml", "dependabot"),
        ("dependabot.yml", None),
        (".pre-commit-config.yaml", "pre-commit"),
        ("sub/.pre-commit-config.yaml", None),
        ("CODEOWNERS", "codeowners"),
        ("docs/CODEOWNERS", "codeowners"),
        ("src/CODEOWNERS", None),
        ("renovate.json5", "renovate"),
        (".renovaterc", "renovate"),
        (".github/settings.yml", "settings"),
        (".asf.yaml", "settings"),
        (".github/wflint-settings.json", "settings"),
        (".github/rulesets/main.json", "settings"),
        (".github/ruleset-main.json", "settings"),
        ("rulesets/main.json", "settings"),
        (".github/branch_protection.json", "settings"),
        (".github/branch-protection-main.json", "settings"),
        ("branch-protection/main.json", "settings"),
        ("package.json", None),
        ("Dockerfile", None),
    ],
)
def test_kind_by_place(name: str, expected: str | None) -> None:
    assert kind_of(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: push\njobs:\n  a: {}\n", "workflow"),
        ("\ufeff'on': push\n\"jobs\" : {}\n", "workflow"),
        ("name: x\r\nruns:\r\n  using: node24\r\n", "action"),
        ("version: 2\nupdates:\n- x\n", "dependabot"),
        ("repos:\n- x\n", "pre-commit"),
        ("jobs:\n  a: {}\n", "file"),
        ("x:\n  on: push\n  jobs: {}\n", "file"),
        ("", "file"),
    ],
)
def test_kind_by_text(text: str, expected: str) -> None:
    assert sniff(text) == expected


def test_kind_by_name_where_the_place_says_nothing() -> None:
    assert kind(".github/workflows/ci.yml") == "workflow"
    assert kind("build/Dockerfile") == kind("Dockerfile.test") == kind("api.Dockerfile") == "dockerfile"
    assert kind("docs/README.md") == "markdown"
    assert kind("k8s/app.yaml") == "file"


def test_guess_asks_the_place_then_the_name_then_the_text() -> None:
    workflow = "on: push\njobs: {}\n"
    assert guess("action.yml", workflow) == "action"
    assert guess("docs/x.md", workflow) == "markdown"
    assert guess("build/api.Dockerfile", workflow) == "dockerfile"
    assert guess("src/CODEOWNERS", workflow) == "codeowners"
    assert guess("x/y.yml", workflow) == "workflow"
