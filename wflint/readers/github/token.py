"""A credential for GitHub, and where it is found. It shows itself to nobody: whoever prints it prints `***`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from wflint.errors import UsageError

_MASK = "***"
_TIMEOUT = 10.0
"""Seconds that the `gh` program may take."""

_NAMES = ("GITHUB_TOKEN", "GH_TOKEN")
_ENTERPRISE_NAMES = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")


class Token:
    """A token. Only `header` tells it; texts of it, its representation and its copies on disk do not."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Raise UsageError for what cannot stand in a header, without repeating it: libraries would."""
        if not re.fullmatch(r"[\x21-\x7e]{4,4096}", value):
            raise UsageError("the GitHub token is none: it is too short or has blanks or control characters in it")
        self._value = value

    def __repr__(self) -> str:
        return _MASK

    def __format__(self, spec: str) -> str:
        return _MASK

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not written down")

    @property
    def header(self) -> str:
        """The value of the header `Authorization`."""
        return f"Bearer {self._value}"

    def hide(self, text: str) -> str:
        """Return a text without the token, for a server may send back what it was sent."""
        return text.replace(self._value, _MASK)


def find(host: str | None, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the token for a GitHub of a host's name: that of the environment, else that of the `gh` program.

    `host` None: the program is not asked. The order of the variables is that of GitHub's own program.
    https://cli.github.com/manual/gh_help_environment
    """
    ours = host is None or host == "github.com" or host.endswith(".ghe.com")
    for name in _NAMES if ours else (*_ENTERPRISE_NAMES, *_NAMES):
        if value := environment.get(name, "").strip():
            return Token(value)
    return _of_program(host, environment) if host is not None else None


def _of_program(host: str, environment: Mapping[str, str]) -> Token | None:
    import shutil
    import subprocess

    program = shutil.which("gh")
    # A program that stands in the tree under judgement is not run.
    if program is None or not Path(program).is_absolute() or Path(program).is_relative_to(Path.cwd()):
        return None
    kept = {key: value for key, value in environment.items() if key not in (*_NAMES, *_ENTERPRISE_NAMES)}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the host was parsed from an address
            [program, "auth", "token", "--hostname", host],
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    value = done.stdout.decode("utf-8", "replace").strip()
    return Token(value) if done.returncode == 0 and value else None
