"""wflint run as its users run it: a repository on disk, arguments, an exit code, two streams."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from wflint.cli import main
from wflint.report.escape import runner_commands

TODAY = "2026-11-01"
BUNDLE = Path(__file__).parent / "data" / "bundle"
"""Rules and a pack of the tests' own, which change only with the tests."""


class Outcome(NamedTuple):
    """What a run came to."""

    code: int
    stdout: str
    stderr: str


class Wflint:
    """A folder to build repositories in, and wflint to run there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.root = folder / "repository"
        self.root.mkdir()
        self._patch = monkeypatch
        self._patch.chdir(self.root)

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files below the root of the repository, by their names."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> Outcome:
        """Run a command line in this process, in the current directory."""
        streams = [io.TextIOWrapper(io.BytesIO(given)) for given in (stdin, b"", b"")]
        before = gc.get_threshold()
        with self._patch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            patch.setattr(sys, "argv", ["wflint", *map(str, arguments)])
            try:
                main()
            except SystemExit as end:
                code = end.code
            finally:
                gc.unfreeze()
                gc.set_threshold(*before)
        for stream in streams[1:]:
            stream.flush()
        out, err = (stream.buffer.getvalue() for stream in streams[1:])
        assert isinstance(code, int)
        return _judged(arguments, code, out, err)

    def check(self, *arguments: str | Path, stdin: bytes = b"") -> Outcome:
        """Run `check` with the tests' own rules and pack, on a day that never changes."""
        own = [] if "--policy" in arguments else ["--policy", "made"]
        return self.run("check", "--today", TODAY, "--bundle", BUNDLE, *own, *arguments, stdin=stdin)

    def process(
        self,
        *arguments: str | Path,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        python: tuple[str, ...] = ("-P", "-m", "wflint"),
    ) -> Outcome:
        """Run a command line in a process of its own."""
        done = subprocess.run(
            [sys.executable, *python, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(environment or {})},
            timeout=60,
            check=False,
        )
        return _judged(arguments, done.returncode, done.stdout, done.stderr)


def _judged(arguments: tuple[str | Path, ...], code: int, out: bytes, err: bytes) -> Outcome:
    """Return the outcome of any run, after what holds of every run: no runner obeys it, nobody sees a traceback."""
    outcome = Outcome(code, out.decode("utf-8"), err.decode("utf-8"))
    if "github" not in arguments:
        assert runner_commands(outcome.stdout) == []
    assert runner_commands(outcome.stderr) == []
    assert "Traceback" not in outcome.stderr, outcome.stderr
    assert "internal error" not in outcome.stderr, outcome.stderr
    return outcome


@pytest.fixture
def wflint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wflint:
    """Return an empty repository, with wflint beside it and nothing of the person who runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    return Wflint(tmp_path, monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what runs remember out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield
