"""The file names that git knows, from the `git` program, run so that it runs nothing that the repository names."""

from __future__ import annotations

import os
from pathlib import Path

_TIMEOUT = 60.0
"""Seconds; then the folders are walked instead."""


def names(root: Path, under: str = "") -> list[str] | None:
    """Return the files of a work tree that are tracked, or untracked and not ignored; None when git cannot tell.

    `under` limits them to one folder. A repository inside the repository stands for itself, by its folder's name.
    None: git is missing, the folder is no work tree, or git refuses it because of its owner.
    """
    listed = run(root, "ls-files", "-coz", "--exclude-standard", "--", *([under] if under else []))
    return None if listed is None else [os.fsdecode(name).rstrip("/") for name in listed.split(b"\0") if name]


def run(root: Path, *arguments: str) -> bytes | None:
    """Return what a git command prints; None when there is no git, it fails or takes longer than a minute.

    It runs without a shell, with neither hooks nor a file system monitor. Names must stand after `--`.
    """
    import subprocess

    program = _program(root)
    if program is None:
        return None
    settings = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "safe.bareRepository=explicit")
    options = [word for setting in settings for word in ("-c", setting)]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and names stand after `--`
            [program, *options, *arguments],
            cwd=root,
            env=_environment(root),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def _program(root: Path) -> str | None:
    """Return the program's path; never one that stands in the tree under judgement."""
    import shutil

    found = shutil.which("git")
    if found is None or not os.path.isabs(found):  # noqa: PTH117
        return None
    return None if Path(found).is_relative_to(root) else found


def _environment(root: Path) -> dict[str, str]:
    """Return the environment without what a hook's or an outer git set for another repository."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {
        "GIT_CEILING_DIRECTORIES": os.fspath(root.parent),
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
