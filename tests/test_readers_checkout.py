"""Which repositories paths mean, and which of their files are read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wflint.errors import UsageError
from wflint.readers import git, listing
from wflint.readers.checkout import Checkout, discover

WORKFLOW = "on: push\njobs: {}\n"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def write(root: Path, *names: str, text: str = WORKFLOW) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def git_init(root: Path, *, track: bool = True) -> Path:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "-q"], ["add", "."])[: 2 if track else 1]:
        subprocess.run(["git", *command], cwd=root, check=True, env=environment, capture_output=True)
    return root


def only(*paths: Path) -> Checkout:
    [checkout] = discover(paths)
    return checkout


def names(checkout: Checkout) -> list[str]:
    return [source.name for source in checkout.sources]


def problems(checkout: Checkout) -> dict[str, str]:
    return {source.name: source.problem.message for source in checkout.sources if source.problem}


def test_a_repository_is_read_by_places_in_order(tmp_path: Path) -> None:
    root = write(
        tmp_path / "r",
        ".github/workflows/b.yml",
        ".github/workflows/a.yaml",
        "x/action.yml",
        "CODEOWNERS",
        "src/main.c",
    )
    checkout = only(root)
    assert names(checkout) == [".github/workflows/a.yaml", ".github/workflows/b.yml", "CODEOWNERS", "x/action.yml"]
    assert [source.kind for source in checkout.sources] == ["workflow", "workflow", "codeowners", "action"]
    assert checkout.files == (*names(checkout)[:3], "src/main.c", "x/action.yml")
    assert checkout.complete
    assert checkout.root == root


def test_the_prefix_is_the_way_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml")
    for working, given, prefix in ((root, ".", ""), (root / ".github", "..", "../"), (tmp_path, "r", "r/")):
        monkeypatch.chdir(working)
        assert (only(Path(given)).prefix, names(only(Path(given)))) == (prefix, [".github/workflows/a.yml"])


def test_a_folder_in_a_repository_is_a_part_of_it(tmp_path: Path) -> None:
    root = write(tmp_path, ".github/workflows/a.yml", "x/action.yml", "x/y/action.yml", "CODEOWNERS")
    (root / ".git").mkdir()
    part = only(root / "x")
    assert names(part) == ["x/action.yml", "x/y/action.yml"]
    assert not part.complete
    assert "CODEOWNERS" in part.files
    assert part.covers("x/y/z")
    assert not part.covers("xy")
    assert names(only(root / ".github" / "workflows")) == [".github/workflows/a.yml"]


def test_a_workflow_folder_finds_its_repository_without_git(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml", "action.yml")
    checkout = only(root / ".github" / "workflows")
    assert (checkout.root, names(checkout)) == (root, [".github/workflows/a.yml"])


def test_a_folder_of_repositories_gives_each_of_them(tmp_path: Path) -> None:
    write(
        tmp_path, "one/.github/workflows/a.yml", "deep/two/.github/workflows/b.yml", "one/tpl/.github/workflows/c.yml"
    )
    write(tmp_path, "node_modules/m/.github/workflows/d.yml", "org/.github/.git/HEAD", "org/.github/action.yml")
    found = [(checkout.root.relative_to(tmp_path).as_posix(), names(checkout)) for checkout in discover([tmp_path])]
    assert found == [
        ("deep/two", [".github/workflows/b.yml"]),
        ("one", [".github/workflows/a.yml"]),
        ("org/.github", ["action.yml"]),
    ]


def test_a_folder_without_any_repository_is_one(tmp_path: Path) -> None:
    checkout = only(write(tmp_path, "CODEOWNERS", "x/action.yml"))
    assert names(checkout) == ["CODEOWNERS", "x/action.yml"]
    assert checkout.complete


def test_files_are_read_wherever_they_stand(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml", ".github/workflows/b.yml", "templates/t.yml", "out/u.yml")
    (root / ".gitignore").write_text("out/\n")
    checkout = only(root / "templates/t.yml", root / ".github/workflows/b.yml", root / "out/u.yml")
    assert names(checkout) == [".github/workflows/b.yml", "out/u.yml", "templates/t.yml"]
    assert {source.kind for source in checkout.sources} == {"workflow"}
    assert not checkout.complete
    assert checkout.scope == (".github/workflows/b.yml", "out/u.yml", "templates/t.yml")
    alone = only(write(tmp_path / "elsewhere", "x.yml") / "x.yml")
    assert (alone.root, names(alone)) == (tmp_path / "elsewhere", ["x.yml"])


def test_a_repository_and_a_file_of_it_are_one_checkout(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml", "t.yml")
    checkout = only(root / "t.yml", root)
    assert names(checkout) == [".github/workflows/a.yml", "t.yml"]
    assert checkout.complete


def test_a_path_that_does_not_exist_is_misuse(tmp_path: Path) -> None:
    write(tmp_path, "workflow.yml")
    with pytest.raises(UsageError, match=r"`.*workflw.yml` does not exist .*did you mean `workflow.yml`"):
        discover([tmp_path / "workflw.yml"])
    with pytest.raises(UsageError, match="does not exist"):
        discover([tmp_path / "no" / "way"])


@pytest.mark.parametrize("with_git", [False, pytest.param(True, marks=needs_git)])
def test_no_ignore_file_hides_what_github_reads(tmp_path: Path, with_git: bool) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml", "CODEOWNERS", "gen/action.yml")
    (root / ".gitignore").write_text("*\n")
    if with_git:
        git_init(root)
    assert names(only(root)) == [".github/workflows/a.yml", "CODEOWNERS"]
    assert only(root).files == (".github/workflows/a.yml", "CODEOWNERS")
    assert names(only(root / ".github")) == [".github/workflows/a.yml"]


@needs_git
def test_git_and_a_walk_list_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(
        tmp_path / "r", "a.log", "keep.log", "build/x", "src/build/y", "src/a.tmp", "src/b/keep.tmp", "src/c/q"
    )
    write(
        root,
        "node_modules/m/index.js",
        "odd\nname",
        "-dash",
        os.fsdecode(b"\xff\xfe"),
        "é.log",
        "[z-a]",
        "sub/nested/f",
    )
    write(root, "caf\x85.txt", "trailing ", "docs/one/two/three.md", ".github/workflows/a.yml")
    (root / "link").symlink_to("src")
    (root / ".gitignore").write_bytes(
        b"\xef\xbb\xbf*.log\r\n!keep.log\n/build/\n[z-a]\n!\n\\\ncaf\xc2\x85.txt\ndocs/**/three.md\n"
    )
    (root / "src" / ".gitignore").write_text("*.tmp\n!keep.tmp\nc\n")
    git_init(root, track=False)
    git_init(root / "sub" / "nested")
    by_git = listing.listing(root).names
    part = listing.listing(root, "src").names
    monkeypatch.setattr(git, "names", lambda root, under="": None)
    assert listing.listing(root).names == by_git
    assert listing.listing(root, "src").names == part
    assert {"keep.log", "src/build/y", "src/b/keep.tmp", "sub/nested", "link", "odd\nname"} <= {*by_git}
    assert part == ("src/.gitignore", "src/b/keep.tmp", "src/build/y")


@needs_git
def test_a_tracked_file_that_was_deleted_is_not_read(tmp_path: Path) -> None:
    root = git_init(write(tmp_path / "r", ".github/workflows/a.yml", "action.yml"))
    (root / "action.yml").unlink()
    (root / ".github/workflows/a.yml").unlink()
    assert names(only(root)) == []


@needs_git
def test_git_runs_nothing_that_the_repository_names(tmp_path: Path) -> None:
    root = git_init(write(tmp_path / "r", "action.yml"))
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    with (root / ".git" / "config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n\thooksPath = {tmp_path}\n\tpager = {trap}\n")
    assert git.names(root) == ["action.yml"]
    assert not (tmp_path / "sprung").exists()


@needs_git
def test_a_hook_s_environment_does_not_lead_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = git_init(write(tmp_path / "other", "x"))
    root = git_init(write(tmp_path / "r", "action.yml"))
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert git.names(root) == ["action.yml"]


def test_git_is_never_taken_from_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "r", ".git/HEAD", "action.yml", "git", text=f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    (root / "git").chmod(0o755)
    monkeypatch.chdir(root)
    for path in (os.fspath(root), ".", ""):
        monkeypatch.setenv("PATH", path)
        assert git.names(root) is None
        assert names(only(root)) == ["action.yml"]
    assert not (tmp_path / "sprung").exists()


def test_a_git_folder_that_is_none_falls_back_to_a_walk(tmp_path: Path) -> None:
    root = write(tmp_path / "r", "action.yml")
    (root / ".git").write_text("gitdir: nowhere")
    assert names(only(root)) == ["action.yml"]


def test_what_is_no_file_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/workflows/ok.yml")
    folder = root / ".github" / "workflows"
    os.mkfifo(folder / "pipe.yml")
    (folder / "folder.yml").mkdir()
    (folder / "zero.yml").symlink_to("/dev/zero")
    (folder / "loop.yml").symlink_to("loop.yml")
    (folder / "bytes.yml").write_bytes(b"on: \xff")
    checkout = only(root)
    assert {name.rpartition("/")[2] for name in problems(checkout)} == {
        "pipe.yml", "folder.yml", "zero.yml", "loop.yml", "bytes.yml",
    }  # fmt: skip
    assert len(checkout.sources) == 6


def test_a_workflow_folder_that_is_a_link_is_reported(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", "workflows/a.yml", "workflows/.github/x", "action.yml")
    root = write(tmp_path / "r", "README", ".github/x")
    (root / ".github" / "workflows").symlink_to(outside / "workflows")
    (root / "more").symlink_to(outside)
    for given in (root, root / ".github" / "workflows"):
        assert list(problems(only(given))) == [".github/workflows"]
        assert names(only(given)) == [".github/workflows"]
    assert "its folder `more` is a symbolic link" in problems(only(root / "more" / "action.yml"))["more/action.yml"]


def test_links_between_folders_end(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/x", "a/action.yml")
    (root / "a" / "up").symlink_to("..")
    assert names(only(root)) == ["a/action.yml"]
    assert only(root).files == (".github/x", "a/action.yml", "a/up")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, *(f"f{number}" for number in range(5)))
    monkeypatch.setattr(listing, "MAX_ENTRIES", 4)
    with pytest.raises(UsageError, match="more than 4 files"):
        discover([tmp_path])


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "r", ".github/x", "shut/action.yml", "open/action.yml")
    plain_scan = os.scandir

    def scan(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return plain_scan(path)

    monkeypatch.setattr(os, "scandir", scan)
    checkout = only(root)
    assert names(checkout) == ["open/action.yml", "shut"]
    assert problems(checkout) == {"shut": "cannot be read: the folder cannot be listed: permission denied"}


def test_any_file_can_be_read_later_and_only_once(tmp_path: Path) -> None:
    root = write(tmp_path / "r", ".github/workflows/a.yml", "k8s/app.yaml")
    checkout = only(root)
    app = checkout.read("k8s/app.yaml")
    assert app is not None
    assert (app.kind, app.text) == ("file", WORKFLOW)
    (root / "k8s/app.yaml").write_text("changed")
    assert checkout.read("k8s/app.yaml") is app
    assert checkout.read(".github/workflows/a.yml") is checkout.sources[0]
    assert checkout.read("none") is None
    as_settings = checkout.read("k8s/app.yaml", "settings")
    assert as_settings is not None
    assert (as_settings.kind, as_settings.text) == ("settings", app.text)
    outside = checkout.read("../x")
    assert outside is not None
    assert outside.problem is not None


def test_starting_loads_no_library() -> None:
    code = "import sys, wflint.readers.checkout; print(*{'pathspec', 're2', 'subprocess', 'shutil'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
