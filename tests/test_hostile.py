"""A pull request that means harm.

Each hostile file costs one located finding or failure that names it; the run is red; what stands beside it is still
checked; nothing in any output is obeyed by a terminal or a runner (the fixture looks at every run).
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Wflint

from wflint.report.escape import runner_commands
from wflint.report.formats import FORMATS

BAD = ".github/workflows/bad.yml"
GOOD = ".github/workflows/good.yml"
NEIGHBOUR = "on: push\njobs:\n  one:\n    runs-on: x\n    steps:\n      - uses: some/action@v1\n"
HEAD = "on: push\njobs:\n  one:\n    name: One\n    runs-on: x\n    steps:\n"
MATRIX = "on: push\njobs:\n  a:\n    name: A\n    runs-on: x\n    steps: []\n    strategy:\n      matrix:\n"
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))


def judged(wflint: Wflint, name: str = BAD) -> str:
    """Check the repository and return what is said of the hostile file, when everything else holds."""
    wflint.write({GOOD: NEIGHBOUR, ".github/CODEOWNERS": "* @team\n"})
    outcome = wflint.check("-f", "json")
    said = json.loads(outcome.stdout)
    rules = {each["rule"] for each in said["findings"] if each["path"] == GOOD}
    assert rules == {"tagged-action", "unnamed-job"}, "the file beside it is still checked"
    of_it = [each for each in said["findings"] if each["path"] == name and each["level"] == "error"]
    failures = [each for each in said["failures"] if each["path"] == name]
    assert 1 <= len(of_it) <= 2, of_it
    assert len(failures) <= 1
    assert outcome.code == (3 if failures else 1)
    assert len(of_it[0]["message"]) <= 500
    assert len(outcome.stdout) < 10_000, "what is said is short, however long the file"
    return f"{of_it[0]['line']}:{of_it[0]['column']} {of_it[0]['message']}"


TEXTS: dict[str, tuple[bytes, str]] = {
    "binary": (bytes(range(256)), "3:115 byte 0x80"),
    "no YAML": (b"on: [push\njobs: }\n", "1:5"),
    "a tab": (b"on: push\njobs:\n\tone: {}\n", "3:1"),
    "two documents": (b"on: push\njobs: {}\n---\non: push\n", "3:1"),
    "a key twice": (b"on: push\njobs: {}\non: pull_request\n", "3:1"),
    "a key twice, in another case": (b"on: push\njobs:\n  a: {runs-on: x, Runs-On: y, steps: []}\n", "3:"),
    "a merge key": (b"on: push\njobs:\n  a: &a {runs-on: x}\n  b: {<<: *a}\n", "4:"),
    "a merge key of itself": (b"on: push\njobs: &a\n  <<: *a\n", ""),
    "a tag": (b"on: !!python/object/apply:os.system ['touch x']\njobs: {}\n", "1:"),
    "a mapping as key": (b"on: push\n? {a: b}\n: c\n", "2:"),
    "an alias of nothing": (b"on: *nothing\n", "1:5"),
    "an alias of itself": (b"on: push\njobs: &a [*a]\n", "2:"),
    "an alias bomb": (BOMB.encode(), ""),
    "a quadratic alias": (b"a: &a [" + b"x, " * 3000 + b"]\nb: [" + b"*a, " * 3000 + b"]\n", ""),
    "10,000 open brackets": (b"on: " + b"[" * 10_000, ""),
    "10,000 brackets": (b"on: " + b"[" * 10_000 + b"]" * 10_000, ""),
    "10,000 braces": (b"on: " + b"{a: " * 10_000 + b"}" * 10_000, ""),
    "10,000 dashes": (b"on:\n" + b"- " * 10_000 + b"x\n", ""),
    "1,000 indents": (b"".join(b" " * n + b"a:\n" for n in range(1_000)), ""),
    "100,000 entries": (b"on: push\nx: [" + b"a, " * 100_000 + b"]\n", ""),
    "5 MB": (b"on: push\n" + b"# x\n" * 1_250_000, ""),
    "a scalar of 5 MB": (b"on: push\nx: '" + b"y" * 5_000_000 + b"'\n", ""),
    "NUL": (b"on: push\njobs: \x00\n", "2:7"),
    "ESC": (b"on: push\nname: \x1b[31m\n", "2:7"),
    "DEL": (b"on: push\nname: a\x7f\n", "2:8"),
    "UTF-16": ("on: push\n".encode("utf-16"), "1:1"),
    "UTF-16 without a mark": ("on: push\n".encode("utf-16-le"), "1:"),
    "UTF-32": ("on: push\n".encode("utf-32"), "1:1"),
    "no UTF-8": (b"on: push\nname: caf\xe9\n", "2:"),
    "a lone surrogate": (b"on: push\nname: \xed\xa0\x80\n", "2:"),
    "an overlong slash": (b"on: push\nname: \xc0\xaf\n", "2:"),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_hostile_text(wflint: Wflint, what: str) -> None:
    text, place = TEXTS[what]
    wflint.write({BAD: text})
    assert judged(wflint).startswith(place)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n",
        b"# nothing\n",
        b"---\n",
        b"null\n",
        b"[]\n",
        b"text\n",
        b"on:\njobs:\n",
        b"on: push\njobs: []\n",
        b"on: 3\njobs: {a: 1, b: null, c: [], d: x}\n",
        b"jobs: {a: {steps: {}, runs-on: [[]], needs: {}, strategy: [], env: x, if: [], permissions: 3}}\n",
        b"jobs: {a: {steps: [null, 1, [], {}, {run: []}, {uses: {}}, {uses: ''}, {run: null}, {with: []}]}}\n",
        b"on: {push: 1, pull_request: [x], schedule: x, workflow_call: [], workflow_dispatch: 3}\njobs: {}\n",
        b"on: push\nx: " + b"9" * 5_000 + b"\ny: 2026-99-99\nz: .nan\nw: =\nv: 0o9\nu: !!int nope\n",
        b"\xef\xbb\xbfon: push\r\njobs: {}\r\n",
        "on: push\nname: a\u0085b\u2028c\u2029d\njobs: {}\n".encode(),
        b"on: push\rjobs: {}\r",
        "on: push\nname: 😀\njobs: {}".encode(),
    ],
)
def test_odd_shapes_raise_nothing(wflint: Wflint, text: bytes) -> None:
    names = [
        BAD,
        "action.yml",
        ".github/dependabot.yml",
        ".pre-commit-config.yaml",
        ".github/settings.yml",
        ".asf.yaml",
    ]
    wflint.write(dict.fromkeys([*names, ".github/CODEOWNERS", ".github/rulesets/main.json", "renovate.json"], text))
    wflint.write({GOOD: NEIGHBOUR})
    outcome = wflint.run("check", "--policy", "strict", "-f", "json", "--today", "2026-11-01")
    said = json.loads(outcome.stdout)
    assert said["failures"] == []
    assert outcome.code == 1


def expression(text: str) -> str:
    return HEAD + "      - run: make ${{ " + text + " }}\n"


LARGE: dict[str, str] = {
    "20,000 expressions": HEAD
    + "      - env:\n"
    + "".join(f"          e{n}: ${{{{ github.x }}}}\n" for n in range(20_000)),
    "an expression of 20,000 brackets": expression("(" * 20_000),
    "an expression of 20,000 indexes": expression("a" + "[0]" * 6_000),
    "an expression of 20,000 ors": expression("a || " * 4_000 + "a"),
    "an expression of nots": expression("!" * 20_000 + "a"),
    "an expression that does not end": HEAD + "      - run: " + "${{ " * 20_000 + "\n",
    "a matrix of 256 to the 20": MATRIX
    + "".join(f"        k{n}: [{', '.join(map(str, range(256)))}]\n" for n in range(20)),
    "a matrix with many exclusions": MATRIX
    + "        k: [1, 2]\n        j: [1, 2]\n        exclude:\n"
    + "          - {k: 1, j: 2}\n" * 3_000,
    "a script of 900 KB": HEAD + "      - run: |\n" + "          make a b c\n" * 45_000,
    "a script of quotes": HEAD + "      - run: |\n" + "          '\"`$(\n" * 20_000,
    "a script of substitutions": HEAD + "      - run: |\n          " + "$(" * 50_000 + "\n",
    "a script of ifs": HEAD + "      - run: |\n" + "          if true; then\n" * 10_000,
    "a script of here-documents": HEAD + "      - run: |\n" + "          cat <<A <<B <<C\n" * 10_000,
    "a script of one word": HEAD + "      - run: |\n          " + "a" * 900_000 + "\n",
    "3,000 jobs that need each other": "on: push\njobs:\n"
    + "".join(f"  j{n}: {{name: n, runs-on: x, needs: [j{(n + 1) % 3_000}], steps: []}}\n" for n in range(3_000)),
    "a filter of stars": "on:\n  push:\n    branches: ['" + "*a" * 5_000 + "']\njobs: {}\n",
    "3,000 ignores": HEAD + "      - uses: ./x # wflint: ignore[tagged-action] x\n" * 3_000,
    "a long key": "on: push\n? " + "k" * 500_000 + "\n: 1\njobs: {}\n",
    "100,000 blank lines": "on: push\n" + "\n" * 900_000 + "jobs: {}\n",
}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_large_costs_bounded_work(wflint: Wflint, what: str) -> None:
    """It has a limit of time only as every test has: a minute, of which a second or two are used."""
    wflint.write({BAD: LARGE[what], GOOD: NEIGHBOUR})
    outcome = wflint.process("check", "--policy", "strict", "-f", "concise", "--fail-on", "note")
    assert outcome.code in (1, 3), outcome.stderr
    assert "good.yml:6:" in outcome.stdout
    assert "the rule `" not in outcome.stdout, "no rule raised"
    assert max(map(len, outcome.stdout.splitlines())) < 2_000


def link_out(path: Path) -> None:
    (path.parent.parent.parent.parent / "outside.txt").write_text("canary: hunter2\n")
    path.symlink_to("../../../outside.txt")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path may have 107 bytes
        made.bind(path.name)
        os.chdir(here)


FILES: dict[str, Callable[[Path], object]] = {
    "a link out of the tree": link_out,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a file beside it": lambda path: path.symlink_to("good.yml"),
    "a pipe": os.mkfifo,
    "a socket": listening,
    "a folder": Path.mkdir,
}


@pytest.mark.parametrize("what", FILES)
def test_what_is_no_regular_file(wflint: Wflint, what: str) -> None:
    wflint.write({GOOD: NEIGHBOUR})
    FILES[what](wflint.root / BAD)
    assert "canary" not in judged(wflint)


def test_a_folder_of_workflows_that_is_a_link(wflint: Wflint) -> None:
    (wflint.folder / "elsewhere").mkdir()
    (wflint.folder / "elsewhere" / "ci.yml").write_text("canary: hunter2\n")
    (wflint.root / ".github").mkdir()
    (wflint.root / ".github" / "workflows").symlink_to(wflint.folder / "elsewhere")
    outcome = wflint.check()
    assert outcome.code == 3
    assert "canary" not in outcome.stdout


def test_a_file_nobody_may_read(wflint: Wflint) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    wflint.write({BAD: NEIGHBOUR})
    (wflint.root / BAD).chmod(0)
    judged(wflint)


def test_uses_that_lead_out_of_the_tree(wflint: Wflint) -> None:
    (wflint.folder / "outside").mkdir()
    (wflint.folder / "outside" / "action.yml").write_text("name: canary\nruns: {using: composite, steps: []}\n")
    steps = "".join(
        f"      - uses: {uses}\n" for uses in ("./../outside", "./a/../../outside", ".//", "./", "./../../../..")
    )
    wflint.write({BAD: HEAD + steps})
    outcome = wflint.run("check", "--policy", "strict", "-f", "json")
    assert outcome.code == 1
    assert "canary" not in outcome.stdout
    assert json.loads(outcome.stdout)["failures"] == []


def test_actions_and_workflows_that_call_each_other(wflint: Wflint) -> None:
    action = "name: x\ndescription: x\nruns:\n  using: composite\n  steps:\n    - uses: ./%s\n"
    call = "on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/%s.yml\n"
    wflint.write({"a/action.yml": action % "b", "b/action.yml": action % "a", "c/action.yml": action % "c"})
    wflint.write({f".github/workflows/{name}.yml": call % other for name, other in ("ab", "ba", "cc")})
    wflint.write({BAD: HEAD + "      - uses: ./a\n"})
    outcome = wflint.run("check", "--policy", "strict", "-f", "json")
    assert json.loads(outcome.stdout)["failures"] == []


NAMES = [
    b"new\nline.yml",
    b"\x1b[31mred.yml",
    b"::error::x.yml",
    b"##[error]x.yml",
    b"a\r::warning file=x::y.yml",
    b"-f.yml",
    b"--policy=lax.yml",
    b"$(touch x).yml",
    b"`touch x`.yml",
    b"caf\xe9.yml",
    "‮lmy.yml".encode(),
    b"[x](javascript:alert(1)).yml",
    b"<script>alert(1).yml",
    b"<img src=x onerror=alert(1)>.yml",
    b"a%0A::error::b.yml",
    b"x{0}.yml",
    b"a b,c:d;e.yml",
    b"*.yml",
    b"'\"&.yml",
]


@pytest.mark.parametrize("form", FORMATS)
def test_names_of_files_are_data(wflint: Wflint, form: str) -> None:
    folder = wflint.root / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("on: push\njobs: [\n")
    outcome = wflint.check("-f", form)
    assert outcome.code == 1
    clean(form, outcome.stdout, 11)
    assert not (wflint.root / "x").exists()


TEXT = [
    "::error::x",
    "::stop-commands::x",
    "##[error]x",
    "##[add-mask]x",
    "\x1b[2J",
    "a\u202eb",
    "a\u200bb",
    "\ud83d",
    "</script><script>alert(1)</script>",
    "](javascript:alert(1))",
    "![x](https://example.com/x)",
    "{0}",
    "%0A::error::x",
    "``` \n# x",
    "@everyone #1",
    "a\r::error::b",
    "x\n::error::y",
    "##\u200b[error]x",
    ":\u200b:error::x",
]


@pytest.mark.parametrize("form", FORMATS)
def test_what_files_contain_is_data(wflint: Wflint, form: str) -> None:
    """Hostile words as names, keys, refs and lines of scripts, which messages and snippets quote."""
    for number, text in enumerate(TEXT):
        word = json.dumps(text)
        lines = [line for line in text.split("\n") if line.isprintable()]
        script = "".join(f"          echo {line}\n          {line}\n" for line in lines) or "          echo\n"
        wflint.write(
            {
                f".github/workflows/w{number:02}.yml": (
                    f"on: push\nname: {word}\njobs:\n  {word}:\n    runs-on: x\n    steps:\n"
                    f"      - name: {word}\n        run: |\n{script}"
                    f"      - uses: {json.dumps(f'a/b@{text}')}\n"
                    f"      - {{run: {json.dumps(f'echo {text}')}, {word}: 1}}\n"
                )
            }
        )
    outcome = wflint.check("-f", form, "--statistics")
    assert outcome.code == 1
    clean(form, outcome.stdout, 30)


def clean(form: str, said: str, annotations: int) -> None:
    """Fail when an output holds what a terminal, a runner or a browser would obey."""
    hidden = {char for char in said if not (char.isprintable() or char == "\n")}
    assert not hidden
    if form == "github":
        assert len(runner_commands(said)) == annotations
    if form == "html":
        assert "<script" not in said
        assert "javascript:" not in said.replace("(javascript:alert(1))", "")
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(said)
    if form == "junit":
        from xml.etree import ElementTree

        ElementTree.fromstring(said)


RAISING = '''"""Raise.

Why.
"""
import sys
from wflint.api import Context, Finding, NoOptions, Workflow, rule


@rule(target=Workflow, level="note", tags=("made",))
def check(workflow, context):
    {body}
    yield
'''


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('::error::no')", "ValueError: ::error::no"),
        ("sys.exit(0)", "SystemExit: 0"),
        ("exit()", "SystemExit: None"),
        ("raise RecursionError('deep')", "RecursionError: deep"),
        ("check.check(workflow, context).__next__()\n    next(check.check(workflow, context))", "RecursionError"),
        ("raise MemoryError", "MemoryError"),
        ("raise AssertionError", "AssertionError"),
        ("raise UnicodeError(workflow.document.text + '\\ud800\\x1b')", "UnicodeError"),
        ("yield 3", "TypeError"),
        ("return 3", ""),
    ],
)
def test_a_rule_that_fails(wflint: Wflint, body: str, said: str) -> None:
    wflint.write({GOOD: NEIGHBOUR, "own/rules/own/bad-rule.py": RAISING.replace("{body}", body)})
    for form in ("json", "text", "sarif"):
        outcome = wflint.check("--bundle", "own", "--select", "bad-rule,tagged-action", "-f", form)
        if said:
            assert outcome.code == 3, outcome
            assert "bad-rule" in outcome.stdout
        assert "tagged-action" in outcome.stdout
        assert said in outcome.stdout or "::" in said


@pytest.fixture
def planted(wflint: Wflint) -> Wflint:
    """Return a repository that holds modules of the names of everything that wflint imports, and more."""
    wflint.write({GOOD: NEIGHBOUR, ".github/CODEOWNERS": "* @team\n"})
    planted = "import pathlib\npathlib.Path(__file__).with_name('EXECUTED').touch()\nraise SystemExit('executed')\n"
    names = (
        "yaml",
        "click",
        "ruamel",
        "pluggy",
        "re2",
        "json",
        "sitecustomize",
        "usercustomize",
        "site",
        "conftest",
        "re",
    )
    wflint.write({f"{name}.py": planted for name in names})
    wflint.write(
        {f"{name}/__init__.py": planted for name in ("wflint", "sarif_om", "jsonpath_ng", "rules", "tree_sitter")}
    )
    wflint.write(
        {"wflint/__main__.py": planted, "rules/own/own-rule.py": planted, "policies/recommended.yaml": "rules: {}\n"}
    )
    wflint.write({"evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n"})
    wflint.write({"evil-1.0.dist-info/entry_points.txt": "[wflint]\nevil = yaml\n"})
    return wflint


def test_plain_m_takes_the_tree_off_the_path(planted: Wflint) -> None:
    """Only a module named `wflint` itself could be taken for wflint then, and the console script has not even that."""
    for name in ("__init__.py", "__main__.py"):
        (planted.root / "wflint" / name).unlink()
    planted.write({f"{name}.py": (planted.root / "yaml.py").read_bytes() for name in ("pathlib", "fnmatch", "typing")})
    assert planted.process("check", python=("-m", "wflint")).code == 1
    assert not list(planted.root.rglob("EXECUTED"))


@pytest.mark.parametrize(
    "python", [("-P", "-m", "wflint"), ("-I", "-m", "wflint"), ("-P", "-c", "from wflint.cli import main; main()")]
)
def test_nothing_of_the_tree_is_executed(planted: Wflint, python: tuple[str, ...]) -> None:
    for arguments in (
        ["check", "--policy", "strict"],
        ["check", "-f", "sarif"],
        ["rules"],
        ["explain", "unpinned-uses"],
    ):
        outcome = planted.process(*arguments, python=python)
        assert "executed" not in outcome.stderr
        assert outcome.code == (1 if arguments[0] == "check" else 0), outcome
    assert not list(planted.root.rglob("EXECUTED"))


def test_a_bundle_is_named_by_hand_or_not_at_all(planted: Wflint) -> None:
    planted.write({"wflint.yml": "bundles: [.]\n"})
    outcome = planted.run("check")
    assert outcome.code == 2
    assert "`bundles` is not a key" in outcome.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_device(wflint: Wflint, form: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    wflint.write({GOOD: NEIGHBOUR})
    outcome = wflint.check("-f", form, "-o", "/dev/full")
    assert outcome.code == 2
    assert "could not be written" in outcome.stderr


def test_a_report_is_not_written_through_a_planted_link(wflint: Wflint) -> None:
    outside = wflint.folder / "outside"
    outside.write_text("before")
    wflint.write({GOOD: NEIGHBOUR})
    (wflint.root / "wflint.sarif").symlink_to(outside)
    assert wflint.check("-f", "sarif", "-o", "wflint.sarif").code == 2
    assert outside.read_text() == "before"


def test_a_bare_repository_in_the_tree_gives_git_no_orders(wflint: Wflint) -> None:
    """Git takes a folder with these files for a repository, whose configuration names programs."""
    config = "[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = touch EXECUTED\n\tsshCommand = touch EXECUTED\n"
    wflint.write({f"x/{name}/keep": "" for name in ("objects", "refs")})
    wflint.write({"x/HEAD": "ref: refs/heads/main\n", "x/config": config, f"x/{GOOD}": NEIGHBOUR})
    assert wflint.process("check", "x").code == 1
    assert not list(wflint.root.rglob("EXECUTED"))


@pytest.mark.parametrize("arguments", [["check"], ["rules"], ["--help"], ["explain", "unpinned-uses"]])
def test_nobody_reads(wflint: Wflint, arguments: list[str]) -> None:
    """Standard output is a full device, then a pipe that nobody reads: the run does not end well, and says so once."""
    import subprocess
    import sys

    wflint.write({GOOD: NEIGHBOUR})
    read, write = os.pipe()
    os.close(read)
    with Path("/dev/full").open("wb") as full:
        for out in (full.fileno(), write):
            done = subprocess.run(
                [sys.executable, "-P", "-m", "wflint", *arguments], stdout=out, stderr=subprocess.PIPE, check=False
            )
            assert done.returncode in ((2, 3) if arguments == ["check"] else (1, 2, 3))
            assert b"Traceback" not in done.stderr
            assert b"Exception ignored" not in done.stderr
            assert len(done.stderr.splitlines()) <= 1
    os.close(write)
