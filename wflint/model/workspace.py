"""Whether the files of the repository are on the runner when a job's script asks for them.

https://docs.github.com/actions/reference/runners/github-hosted-runners: each job starts on a new machine.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from wflint.model.select import runs
from wflint.model.shell.word import HOLE

if TYPE_CHECKING:
    from wflint.model.runner import Runner
    from wflint.model.script import Script
    from wflint.model.shell import Command
    from wflint.model.step import UsesStep

_HOSTED = re.compile(r"(ubuntu|windows|macos)-(latest|slim|\d[\w.-]*)", re.IGNORECASE)
_NO_FILES = (
    "actions/setup-*",
    "docker/setup-*",
    "docker/login-action",
    "astral-sh/setup-uv",
    "aws-actions/configure-aws-credentials",
    "azure/login",
    "denoland/setup-deno",
    "dtolnay/rust-toolchain",
    "google-github-actions/auth",
    "google-github-actions/setup-gcloud",
    "hashicorp/setup-terraform",
    "oven-sh/setup-bun",
    "pnpm/action-setup",
    "step-security/harden-runner",
    "supabase/setup-cli",
)
"""Actions that bring nothing into the workspace."""
_HARMLESS = frozenset({"echo", "printf", "set", "export", "date", "true", ":", "uname", "whoami", "sleep", "pwd"})
_WORKING = (
    "npm ci",
    "npm test",
    "npm run *",
    "yarn install",
    "pnpm install",
    "pip install -r *",
    "pip install -e .*",
    "pip install .",
    "poetry install",
    "uv sync",
    "bundle install",
    "composer install",
    "cargo build",
    "cargo test",
    "cargo clippy",
    "go build ./*",
    "go test ./*",
    "go vet ./*",
    "mvn *",
)
"""Commands that work on files of the folder they run in."""


class Use(NamedTuple):
    """The first command of a script that takes files, or may make some."""

    command: Command | None
    """None where it is not sure that it takes what only a checkout brings."""
    what: str = ""


def is_empty_at_start(runner: Runner) -> bool:
    """Tell whether a job surely starts in an empty folder: on a new machine of GitHub's."""
    return bool(runner.names) and all(_HOSTED.fullmatch(name.strip()) for name in runner.names or ())


def leaves_empty(step: UsesStep) -> bool:
    """Tell whether an action is known to bring no files."""
    return step.uses.name is not None and any(fnmatchcase(step.uses.name, glob) for glob in _NO_FILES)


def first_use(script: Script) -> Use | None:
    """Return the first command that takes files, or may make some; None for a script that does neither."""
    if script.shell_script is None or script.step.working_directory is not None:
        return Use(None)
    if script.shell_script.has_error or not script.shell_script.is_complete:
        return Use(None)
    for command in script.shell_script.commands:
        if command.kind == "assignment" and command.captured_by is None and not command.inside:
            continue
        if command.kind != "command" or command.inside or command.alternative is not None or _writes(command):
            return Use(None)
        shapes = [word.shape for word in command.words]
        if _takes(command, shapes):
            return Use(command, " ".join(shapes[:3]))
        if command.program not in _HARMLESS:
            return Use(None)
    return None


def _takes(command: Command, shapes: list[str]) -> bool:
    if not shapes or HOLE in "".join(shapes[:2]):
        return False
    if shapes[0].startswith("./") and len(shapes[0]) > 2:
        return True
    if shapes[0] == "cd":
        return len(shapes) == 2 and re.match(r"[\w.-]*\w", shapes[1]) is not None and not shapes[1].startswith("..")
    return not any(shape in ("--prefix", "-C", "-f", "--file", "--dir", "--cwd") for shape in shapes) and runs(
        command, _WORKING
    )


def _writes(command: Command) -> bool:
    return any(
        redirect.is_output
        and redirect.variable is None
        and (redirect.target is None or redirect.target.text != "/dev/null")
        for redirect in command.redirects
    )
