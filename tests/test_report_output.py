"""A report arrives whole, or the run says that it did not."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wflint.errors import UsageError, WflintError
from wflint.report import output

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")


def broken() -> Iterator[str]:
    yield "the first half"
    raise ZeroDivisionError


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def test_a_report_is_written_over_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    output.to_file(file, ["first"])
    file.chmod(0o600)
    output.to_file(file, ["sec", "ond é"])
    assert file.read_text("utf-8") == "second é"
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["report.json"]


def test_a_report_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with pytest.raises(ZeroDivisionError):
        output.to_file(file, broken())
    assert names(tmp_path) == []
    file.write_text("before")
    with pytest.raises(ZeroDivisionError):
        output.to_file(file, broken())
    assert names(tmp_path) == ["report.json"]
    assert file.read_text() == "before"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """The tree under judgement may hold one where the report is to go."""
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(UsageError, match="symbolic link"):
        output.to_file(tmp_path / "link", ["text"])
    assert (tmp_path / "link").is_symlink()
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("name", ["missing/report.json", "."])
def test_a_place_that_cannot_be_written_is_misuse(tmp_path: Path, name: str) -> None:
    with pytest.raises(WflintError, match="report c"):
        output.to_file(tmp_path / name, ["text"])


@full
def test_a_full_disk_is_no_success() -> None:
    with pytest.raises(WflintError, match="No space left"):
        output.to_file(Path("/dev/full"), ["text"])
    with Path("/dev/full").open("wb") as stream, pytest.raises(WflintError, match="No space left"):
        output.to_stream(stream, ["text"])


def test_a_closed_pipe_is_no_success() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as stream, pytest.raises(WflintError, match="pipe"):
        output.to_stream(stream, ["text"] * 100_000)


def test_a_stream_gets_every_piece() -> None:
    stream = io.BytesIO()
    output.to_stream(stream, ["a", "é\n"])
    assert stream.getvalue() == "aé\n".encode()
