"""Whether the files of the repository are on the runner when a job's script asks for them.

https://docs.github.com/actions/reference/runners/github-hosted-runners: each job starts on a new machine.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.select import runs
from wflint.shell.word import HOLE

if TYPE_CHECKING:
    from wflint.model.runner import Runner
    from wflint.model.script import Script
    from wflint.model.step import UsesStep
    from wflint.shell import Command

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


_GIT = frozenset(
    {"add", "branch", "checkout", "cherry-pick", "commit", "describe", "diff", "log", "merge", "mv", "push", "rebase"}
    | {"reset", "restore", "revert", "rm", "show", "status", "switch", "tag"}
)
"""Subcommands of git that need a repository to work in."""


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


def downloaded_to(step: UsesStep) -> str | None:
    """Return the first folder of the path to which an action downloads artifacts, "" for the workspace itself.

    None for any other action. An artifact never brings a repository: hidden files are left out of it.
    """
    if step.uses.name != "actions/download-artifact":
        return None
    path = step.input("path")
    text = path.text.strip().removeprefix("./") if path is not None else ""
    return "" if "${{" in text or text.startswith((".", "/", "~")) else text.split("/")[0]


def first_use(script: Script, folders: Collection[str] = ()) -> Use | None:
    """Return the first command that takes files, or may make some; None for a script that does neither.

    `folders` are those into which something was downloaded, "" for the workspace itself.
    """
    if script.shell_script is None or script.step.working_directory is not None:
        return Use(None)
    if script.shell_script.has_error or not script.shell_script.is_complete:
        return Use(None)
    for command in script.shell_script.commands:
        if command.kind == "assignment" and command.captured_by is None and not command.inside:
            continue
        if (
            command.kind != "command"
            or not command.words
            or command.inside
            or command.alternative is not None
            or _writes(command)
        ):
            return Use(None)
        shapes = [word.shape for word in command.words]
        if _takes(command, shapes, folders):
            return Use(command, " ".join(shapes[:3]))
        if command.program not in _HARMLESS and not _is_setting(shapes):
            return Use(None)
    return None


def _takes(command: Command, shapes: list[str], folders: Collection[str]) -> bool:
    if (len(shapes) < 2 and not shapes[0].startswith("./")) or HOLE in "".join(shapes[:2]):
        return False
    if shapes[0] == "git":
        return shapes[1] in _GIT or (shapes[1] == "config" and not _is_setting(shapes))
    if "" in folders:
        return False
    if shapes[0].startswith("./"):
        return len(shapes[0]) > 2 and shapes[0].split("/")[1] not in folders
    if shapes[0] == "cd":
        plain = len(shapes) == 2 and re.match(r"[\w.-]*\w", shapes[1]) is not None and not shapes[1].startswith("..")
        return plain and shapes[1].removeprefix("./").split("/")[0] not in folders
    elsewhere = ("--prefix", "-C", "-f", "--file", "--dir", "--cwd")
    return not any(shape in elsewhere for shape in shapes) and runs(command, _WORKING)


def _is_setting(shapes: list[str]) -> bool:
    """Tell whether a command sets something of git's for the whole machine."""
    return shapes[:2] == ["git", "config"] and any(
        shape in ("--global", "--system", "-f", "--file") for shape in shapes
    )


def _writes(command: Command) -> bool:
    return any(
        redirect.is_output
        and redirect.variable is None
        and (redirect.target is None or redirect.target.text != "/dev/null")
        for redirect in command.redirects
    )
