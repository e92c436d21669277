"""Fixes are made together where they can be, and files are replaced whole or not at all."""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.errors import WflintError
from wflint.fix.plan import plan
from wflint.fix.write import write
from wflint.rule.finding import FileEdit, Finding, Fix, Location
from wflint.source.edit import Edit
from wflint.source.span import Position, Span

WORKFLOW = """\
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v4  # wflint: ignore[unpinned-uses]{reason}
"""


def finding(*edits: tuple[int, int, str], safe: bool = True) -> Finding:
    at = Location("a.yml", Span(0, 0), Position(1, 1), Position(1, 1))
    fix = Fix("mend it", tuple(FileEdit("a.yml", Edit(Span(start, end), text)) for start, end, text in edits), safe)
    return Finding("some-rule", "warning", "wrong", at, fix=fix)


def made(*findings: Finding, unsafe: bool = False) -> str:
    return plan(findings, {"a.yml": "abcdef"}, unsafe=unsafe).texts.get("a.yml", "abcdef")


def test_fixes_that_leave_each_other_alone_are_made_together() -> None:
    assert made(finding((0, 1, "A")), finding((1, 2, "B"), (5, 6, "F"))) == "ABcdeF"


def test_of_two_fixes_that_touch_the_first_is_made() -> None:
    assert made(finding((0, 3, "X")), finding((2, 4, "Y"))) == "Xdef"
    assert made(finding((3, 3, "1")), finding((3, 3, "2"))) == "abc1def"


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    assert made(finding((0, 3, "X")), finding((2, 4, "Y"), (5, 6, "Z"))) == "Xdef"


def test_equal_edits_of_two_findings_count_once() -> None:
    assert made(finding((0, 0, "new\n")), finding((0, 0, "new\n"))) == "new\nabcdef"


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    assert made(finding((0, 1, "A"), safe=False)) == "abcdef"
    assert made(finding((0, 1, "A"), safe=False), unsafe=True) == "Abcdef"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(["", "x", "yz"])), max_size=8))
def test_any_fixes_give_a_text_or_are_left_out(edits: list[tuple[int, int, str]]) -> None:
    findings = [finding((min(a, b), max(a, b), text)) for a, b, text in edits]
    step = plan(findings, {"a.yml": "abcdef"})
    spans = [each.edit.span for chosen in step.made if chosen.fix for each in chosen.fix.edits]
    assert all(span.end <= 6 for span in spans)
    assert len(step.made) <= len(findings)


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("before\r\n", newline="")
    file.chmod(0o640)
    write(file, "before\r\n", "after\r\n")
    assert file.read_bytes() == b"after\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("somebody else's")
    with pytest.raises(WflintError, match="changed while it was checked"):
        write(file, "before", "after")
    assert file.read_text() == "somebody else's"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "a.yml"
    target.write_text("before")
    link.symlink_to(target)
    with pytest.raises(WflintError, match="no regular file"):
        write(link, "before", "after")
    assert target.read_text() == "before"


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on the size of files")
def test_a_write_cut_short_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("before")
    code = (
        "import resource, signal, sys; from pathlib import Path; from wflint.fix.write import write;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192));"
        "write(Path(sys.argv[1]), 'before', 'x' * 100_000)"
    )
    ended = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=False)
    assert "cannot be written" in ended.stderr
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "wflint", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_command_mends_once_and_then_finds_nothing_to_do(tmp_path: Path) -> None:
    file = tmp_path / ".github/workflows/ci.yml"
    file.parent.mkdir(parents=True)
    file.write_text(WORKFLOW.replace("{reason}", " its tags are protected"))
    diff = run(tmp_path, "fix", "--select", "ignore-unused,unpinned-uses", "--diff")
    assert "-      - uses: actions/checkout@v4  # wflint: ignore[unpinned-uses] its tags are protected" in diff.stdout
    assert file.read_text() == WORKFLOW.replace("{reason}", " its tags are protected"), "--diff writes nothing"
    run(tmp_path, "fix", "--select", "ignore-unused,unpinned-uses")
    once = file.read_text()
    assert "wflint: ignore" not in once
    run(tmp_path, "fix", "--select", "ignore-unused,unpinned-uses")
    assert file.read_text() == once
