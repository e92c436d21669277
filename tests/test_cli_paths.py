"""Which files a path means, what they are called, and whose configuration counts."""

from __future__ import annotations

import json

import pytest
from conftest import Wflint

BAD = "on: push\njobs:\n  build:\n    name: Build\n    runs-on: x\n    steps:\n      - uses: some/action@v1\n"
ACTION = "name: x\ndescription: x\nruns:\n  using: composite\n  steps:\n    - uses: some/action@v1\n"
FILES = {
    ".github/workflows/ci.yml": BAD,
    ".github/workflows/release.yaml": BAD,
    ".github/workflows/README.md": "uses: some/action@v1\n",
    ".github/workflows/deeper/ci.yml": BAD,
    "tools/setup/action.yml": ACTION,
    "docs/ci.yml": BAD,
}


def found(wflint: Wflint, *paths: str) -> list[str]:
    """Return the paths at which the one rule finds something."""
    outcome = wflint.check("--format", "concise", "--", *paths)
    return [line.split(":")[0] for line in outcome.stdout.splitlines() if "[tagged-action]" in line]


def test_the_repository_one_stands_in(wflint: Wflint) -> None:
    wflint.write(FILES)
    everything = [".github/workflows/ci.yml", ".github/workflows/release.yaml", "tools/setup/action.yml"]
    assert found(wflint) == everything
    assert found(wflint, ".") == everything
    assert found(wflint, str(wflint.root)) == everything


def test_a_file_is_always_read(wflint: Wflint) -> None:
    wflint.write(FILES)
    assert found(wflint, ".github/workflows/ci.yml") == [".github/workflows/ci.yml"]
    assert found(wflint, "docs/ci.yml") == ["docs/ci.yml"]


def test_a_folder_is_a_part(wflint: Wflint) -> None:
    wflint.write({**FILES, ".git/HEAD": "ref: refs/heads/main\n"})
    assert found(wflint, "tools") == ["tools/setup/action.yml"]
    assert found(wflint, ".github") == [".github/workflows/ci.yml", ".github/workflows/release.yaml"]


def test_many_paths_make_one_report(wflint: Wflint) -> None:
    wflint.write(FILES)
    paths = ("docs/ci.yml", "tools/setup/action.yml", "docs/ci.yml", "./docs/../docs/ci.yml")
    assert found(wflint, *paths) == ["docs/ci.yml", "tools/setup/action.yml"]


def test_from_a_subdirectory(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    wflint.write({**FILES, ".git/HEAD": "ref: refs/heads/main\n"})
    monkeypatch.chdir(wflint.root / "tools")
    assert found(wflint) == ["../tools/setup/action.yml"]
    assert found(wflint, "../.github/workflows/ci.yml") == ["../.github/workflows/ci.yml"]


def test_from_outside(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    wflint.write(FILES)
    monkeypatch.chdir(wflint.folder)
    assert found(wflint, "repository")[0] == "repository/.github/workflows/ci.yml"
    sarif = json.loads(wflint.check("--format", "sarif", "repository").stdout)
    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in sarif["runs"][0]["results"]
    }
    assert ".github/workflows/ci.yml" in places, "code scanning wants paths from the repository's root"


def test_a_folder_of_repositories(wflint: Wflint) -> None:
    wflint.write({f"{name}/.github/workflows/ci.yml": BAD for name in ("one", "two")})
    assert found(wflint, ".") == ["one/.github/workflows/ci.yml", "two/.github/workflows/ci.yml"]


def test_each_repository_has_its_own_configuration(wflint: Wflint) -> None:
    wflint.write({f"{name}/.github/workflows/ci.yml": BAD for name in ("one", "two")})
    wflint.write({"two/wflint.yml": "rules: {tagged-action: off}\n", "wflint.yml": "rules: {no-such-rule: on}\n"})
    outcome = wflint.check("-f", "concise", ".")
    assert [line.split(":")[0] for line in outcome.stdout.splitlines() if "tagged-action" in line] == [
        "one/.github/workflows/ci.yml"
    ]


def test_configurations_in_other_folders_are_not_read(wflint: Wflint) -> None:
    lax = "rules: {tagged-action: off}\n"
    wflint.write(FILES)
    wflint.write({f"{folder}/wflint.yml": lax for folder in (".github/workflows", "tools", "tools/setup", "docs")})
    wflint.write({".wflint.yml": lax, ".config/wflint.yml": lax, "wflint.yaml": lax, "tools/pyproject.toml": "]["})
    assert len(found(wflint)) == 3
    assert found(wflint, "tools/setup/action.yml") == ["tools/setup/action.yml"]


@pytest.mark.parametrize("name", ["wflint.yml", ".github/wflint.yml", "pyproject.toml"])
def test_where_a_configuration_may_stand(wflint: Wflint, name: str) -> None:
    wflint.write(FILES)
    lax = '[tool.wflint.rules]\ntagged-action = "off"\n' if name.endswith("toml") else "rules: {tagged-action: off}\n"
    wflint.write({name: lax})
    assert found(wflint) == []
    assert found(wflint, "docs/ci.yml") == []


def test_standard_input_is_held_to_the_configuration_of_the_repository_one_stands_in(
    wflint: Wflint, monkeypatch: pytest.MonkeyPatch
) -> None:
    wflint.write({**FILES, ".git/HEAD": "ref: refs/heads/main\n", "wflint.yml": "rules: {tagged-action: off}\n"})
    for folder in (".", "tools/setup"):
        monkeypatch.chdir(wflint.root / folder)
        outcome = wflint.check("-", "-f", "concise", stdin=BAD.encode())
        assert "tagged-action" not in outcome.stdout


def test_without_the_configuration(wflint: Wflint) -> None:
    wflint.write({**FILES, "wflint.yml": "rules: {tagged-action: off}\n"})
    outcome = wflint.check("--no-config", "-f", "concise")
    assert outcome.code == 1


def test_a_pyproject_that_says_nothing_of_wflint(wflint: Wflint) -> None:
    wflint.write({**FILES, "pyproject.toml": "[tool.other]\nx = 1\n", "wflint.yml": "rules: {tagged-action: off}\n"})
    assert found(wflint) == []


def test_an_ignore_file_hides_no_workflow(wflint: Wflint) -> None:
    wflint.write({**FILES, ".gitignore": "*\n", ".git/HEAD": "ref: refs/heads/main\n"})
    assert ".github/workflows/ci.yml" in found(wflint)
