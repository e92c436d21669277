"""The hooks, run by pre-commit itself from a clone of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
BAD = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: some/action@v1\n"


def files_of(hook: str) -> re.Pattern[str]:
    """Return the pattern of the files that a hook is given."""
    match = re.search(rf"- id: {hook}\n(?:  .*\n)*?  files: (.*)\n", HOOKS)
    assert match is not None
    return re.compile(match[1])


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/ci.yml",
        ".github/workflows/-x.yaml",
        "action.yml",
        "a/b/action.yaml",
        ".github/dependabot.yml",
        ".pre-commit-config.yaml",
        "CODEOWNERS",
        "docs/CODEOWNERS",
    ],
)
def test_the_files_that_matter_are_passed(name: str) -> None:
    assert files_of("wflint").search(name)
    assert files_of("wflint-repository").search(name)


@pytest.mark.parametrize("name", ["src/ci.yml", ".github/workflows/x/ci.yml", "my-action.yml", "README.md"])
def test_others_are_not(name: str) -> None:
    assert not files_of("wflint").search(name)


@pytest.mark.parametrize("name", ["--bundle=x/action.yml", "-fjson/action.yml", "-/action.yml"])
def test_no_name_is_an_option(name: str) -> None:
    """The hook gets names as arguments, and pre-commit puts no `--` before them."""
    assert not files_of("wflint").search(name)


def git(*arguments: str, at: Path) -> str:
    options = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *options, *arguments], cwd=at, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which pip builds and installs without an index, from what this interpreter has.

    Everything installed here is put on the path, but for wflint: the hook is to run what it installs itself.
    """
    beside = tmp_path_factory.mktemp("packages")
    for folder in dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))):
        for entry in Path(folder).iterdir():
            if "wflint" not in entry.name.lower() and entry.suffix != ".pth":
                (beside / entry.name).symlink_to(entry)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PIP_", "PRE_COMMIT"))},
        "PYTHONPATH": str(beside),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PRE_COMMIT_COLOR": "never",
    }


def test_pre_commit_runs_the_hooks(tmp_path: Path, environment: dict[str, str]) -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git checkout, and pre-commit runs hooks from one")
    clone, user = tmp_path / "wflint", tmp_path / "user"
    git("clone", "--quiet", "--no-local", str(ROOT), str(clone), at=tmp_path)
    user.mkdir()
    git("init", "--quiet", at=user)
    workflow = user / ".github" / "workflows" / "odd name.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(BAD)
    (user / "wflint.yml").write_text("extends: []\nrules: {unpinned-uses: error}\n")
    hooks = "[{id: wflint}, {id: wflint-repository}]"
    revision = git("rev-parse", "HEAD", at=clone)
    (user / ".pre-commit-config.yaml").write_text(f"repos: [{{repo: {clone}, rev: {revision}, hooks: {hooks}}}]\n")
    git("add", ".", at=user)

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "pre_commit", "run", "--all-files"]
        return subprocess.run(command, cwd=user, env=environment, capture_output=True, text=True, check=False)

    found = run()
    assert found.returncode == 1, found.stdout + found.stderr
    assert found.stdout.count("odd name.yml:6:27") == 2, found.stdout
    assert found.stdout.count("exit code: 1") == 2, found.stdout

    workflow.write_text(BAD.replace("v1", "8f4b7f84864484a7bf31766abe9204da3cbe65b3"))
    clean = run()
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert clean.stdout.count("Passed") == 2, clean.stdout
