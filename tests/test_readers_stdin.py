"""A text from standard input is read as a file is."""

from io import BytesIO

from wflint.readers.stdin import NAME, read_stdin

WORKFLOW = b"on: push\njobs: {}\n"


def test_the_kind_comes_from_the_given_name() -> None:
    source = read_stdin(BytesIO(WORKFLOW), "sub/action.yml")
    assert (source.name, source.kind, source.text) == ("sub/action.yml", "action", WORKFLOW.decode())


def test_the_kind_comes_from_the_text_without_a_name() -> None:
    source = read_stdin(BytesIO(WORKFLOW))
    assert (source.name, source.kind) == (NAME, "workflow")


def test_encoding_and_size_are_checked() -> None:
    for data, limit in ((b"a: \xff", 100), ("a: b".encode("utf-16"), 100), (b"a" * 11, 10)):
        problem = read_stdin(BytesIO(data), limit=limit).problem
        assert problem is not None
        assert problem.kind == "unreadable"


def test_a_stream_that_fails_is_a_problem() -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    problem = read_stdin(Broken()).problem
    assert problem is not None
    assert problem.message == "cannot be read: input/output error"
