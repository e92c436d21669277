"""What is read from a hostile tree, and what is said of what is not."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.readers.decode import LIMIT, decode
from wflint.readers.file import find, read

SECRET = "root:x:0:0"


def trouble(root: Path, name: str) -> str:
    source = read(root, name, "workflow")
    assert source.problem is not None
    assert source.problem.kind == "unreadable"
    assert source.problem.fatal
    assert SECRET not in source.text + source.problem.message
    return source.problem.message


def test_a_regular_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.yml").write_bytes(b"\xef\xbb\xbfon: push\r\nname: \xc3\xa9\r")
    source = read(tmp_path, "a/x.yml", "workflow")
    assert (source.name, source.kind, source.text) == ("a/x.yml", "workflow", "\ufeffon: push\r\nname: é\r")
    assert source.problem is None


def test_no_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text(SECRET)
    root = tmp_path / "root"
    root.mkdir()
    (root / "inside.yml").write_text("on: push")
    (root / "out.yml").symlink_to(outside / "secret.yml")
    (root / "in.yml").symlink_to("inside.yml")
    (root / "loop.yml").symlink_to("loop.yml")
    (root / "dangling.yml").symlink_to("nowhere")
    (root / "zero.yml").symlink_to("/dev/zero")
    (root / "folder").symlink_to(outside)
    for name in ("out.yml", "in.yml", "loop.yml", "dangling.yml", "zero.yml"):
        assert trouble(root, name) == "cannot be read: it is a symbolic link, and links are not followed"
    for name in ("folder/secret.yml", "folder/there-is-none.yml"):
        assert "its folder `folder` is a symbolic link" in trouble(root, name)


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.yml").write_text("on: push")
    (tmp_path / "link").symlink_to("real")
    assert read(tmp_path / "link", "x.yml", "workflow").text == "on: push"


@pytest.mark.parametrize("name", ["../x.yml", "a/../../x.yml", "/etc/passwd", "a//x.yml", "./x.yml", "", "a\0b"])
def test_a_name_that_is_no_path_downwards_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.yml").write_text(SECRET)
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (root / "x.yml").write_text(SECRET)
    assert trouble(root, name) == "cannot be read: the path leads out of the repository"


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "folder.yml").mkdir()
    assert trouble(tmp_path, "pipe.yml") == "cannot be read: it is a named pipe, not a regular file"
    assert trouble(tmp_path, "folder.yml") == "cannot be read: it is a directory, not a regular file"
    assert trouble(Path("/dev"), "zero") == "cannot be read: it is a device, not a regular file"


def test_a_socket_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.yml")
        assert trouble(tmp_path, "s.yml") == "cannot be read: it is a socket, not a regular file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert trouble(tmp_path, "x.yml") == "cannot be read: there is no such file"
    assert find(tmp_path, "x.yml", "file") is None
    assert find(tmp_path, "file/x.yml", "file") is None
    assert "name too long" in trouble(tmp_path, "x" * 5000)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(SECRET)
    (tmp_path / "x.yml").chmod(0)
    assert trouble(tmp_path, "x.yml") == "cannot be read: permission denied"


def test_what_the_system_refuses_is_said_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    (tmp_path / "x.yml").write_text(SECRET)
    monkeypatch.setattr(os, "open", refuse)
    assert trouble(tmp_path, "x.yml") == "cannot be read: permission denied"


def test_a_file_that_changes_into_another_between_look_and_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.yml").write_text("on: push")
    (tmp_path / "secret").write_text(SECRET)
    plain_open = os.open
    monkeypatch.setattr(os, "open", lambda path, flags: plain_open(tmp_path / "secret", flags))
    assert trouble(tmp_path, "x.yml") == "cannot be read: it was replaced while it was read"


def test_a_large_file_is_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"#" * (6 * 1024 * 1024))
    assert trouble(tmp_path, "x.yml") == "the file is larger than 5,242,880 bytes"
    (tmp_path / "y.yml").write_bytes(b"#" * LIMIT)
    assert len(read(tmp_path, "y.yml", "workflow").text) == LIMIT


@pytest.mark.parametrize("name", ["a\nb.yml", "\x1b[31m.yml", "-rf.yml", "$(id).yml", os.fsdecode(b"\xff.yml")])
def test_odd_names_are_data(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("on: push")
    source = read(tmp_path, name, "workflow")
    assert (source.name, source.text, source.problem) == (name, "on: push", None)


@pytest.mark.parametrize(
    ("codec", "mark", "called"),
    [
        ("utf-16-le", b"\xff\xfe", "UTF-16LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16BE"),
        ("utf-32-le", b"\xff\xfe\0\0", "UTF-32LE"),
        ("utf-32-be", b"\0\0\xfe\xff", "UTF-32BE"),
    ],
)
def test_another_encoding_is_named_with_and_without_its_mark(codec: str, mark: bytes, called: str) -> None:
    for data in (mark + "on: push".encode(codec), "on: push".encode(codec)):
        text, problem = decode(data)
        assert text == ""
        assert problem is not None
        assert problem.message == f"the file is encoded in {called}, not in UTF-8"


def test_a_byte_that_is_no_utf_8_is_pointed_at() -> None:
    text, problem = decode("on: push\r\nnaïve: ".encode() + b"\xe9 # x\n")
    assert problem is not None
    assert problem.message == "byte 0xE9 at line 2, column 8 is not UTF-8"
    assert text[slice(*problem.span)] == "\ufffd"
    assert text[: problem.span.start] == "on: push\r\nnaïve: "


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem_in_it(data: bytes) -> None:
    text, problem = decode(data)
    if problem is None:
        assert text.encode() == data
    else:
        assert 0 <= problem.span.start <= problem.span.end <= max(len(text), 0)
