"""What is asked wrongly: exit code 2, nothing on standard output, one message that says where and what to type."""

from __future__ import annotations

import os

import pytest
from conftest import BUNDLE, Wflint

WORKFLOW = "on: push\njobs: {}\n"
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))


def told(wflint: Wflint, *arguments: str) -> str:
    """Run a check that is misuse and return its message."""
    outcome = wflint.check(*arguments)
    assert (outcome.code, outcome.stdout) == (2, ""), outcome
    assert outcome.stderr.startswith("wflint: ")
    assert len(outcome.stderr.splitlines()) <= 2, "one message, and a hint"
    return outcome.stderr


@pytest.mark.parametrize("name", ["wflint.yml", ".github/wflint.yml"])
@pytest.mark.parametrize(
    ("text", "where", "what", "hint"),
    [
        ("rules:\n  taged-action: on\n", "2:3", "no rule `taged-action`", "`tagged-action`"),
        ("rules:\n  tag:styl: on\n", "2:3", "no rule `tag:styl`", "`tag:style`"),
        (
            "overrides:\n  - files: ['*']\n    rules:\n      unamed-job: off\n",
            "4:7",
            "no rule `unamed-job`",
            "`unnamed-job`",
        ),
        (
            "waivers:\n  - {rule: taged-action, path: x, reason: x, owner: x}\n",
            "2:5",
            "no rule `taged-action`",
            "`tagged-action`",
        ),
        ("waivers:\n  - {rule: unnamed-job, path: x, owner: x}\n", "2:5", "needs `reason`", ""),
        ("waivers:\n  - {rule: unnamed-job, path: x, reason: ' ', owner: x}\n", "2:42", "needs `reason`", ""),
        (
            "waivers:\n  - {rule: unnamed-job, path: x, reason: x, owner: x, until: 2027-02-30}\n",
            "2:62",
            "not a date",
            "2027-01-31",
        ),
        ("rules:\n  tagged-action: {options: {alow: []}}\n", "2:29", "`alow` is not an option", "`allow`"),
        ("rules:\n  tagged-action: {options: {allow: 3}}\n", "2:36", "expected list of text", ""),
        ("rules:\n  tagged-action: {options: {allow: [[x]]}}\n", "2:37", "expected text", ""),
        ("rules:\n  tagged-action: {options: {suffix: '?'}}\n", "2:37", "`?` is not one of", ""),
        ("rules:\n  unnamed-job: {options: {x: 1}}\n", "2:27", "has no options", ""),
        ("rules:\n  unnamed-job: {options: []}\n", "2:26", "`options` is a mapping", ""),
        ("rules:\n  unnamed-job: {levle: error}\n", "2:17", "`levle` is not a key", "`level`"),
        ("rules:\n  unnamed-job: eror\n", "2:16", "`eror` is not a level", "`error`"),
        ("rules:\n  unnamed-job:\n", "2:15", "not a level", "on, off"),
        ("rules:\n  unnamed-job: []\n", "2:16", "mapping", ""),
        ("rules: []\n", "1:8", "`rules` is a mapping", ""),
        ("rules:\n  unnamed-job: {enforcement: mandatry}\n", "2:30", "`mandatry` is not", "`mandatory`"),
        (
            "overrides:\n  - files: ['*']\n    rules:\n      unnamed-job: {enforcement: mandatory}\n",
            "4:21",
            "enforcement is for all files",
            "",
        ),
        ("overrides:\n  - files: ['*']\n", "2:5", "needs `rules`", ""),
        ("overrides: {files: x}\n", "1:12", "expected a list", "dash"),
        ("extend: [strict]\n", "1:1", "`extend` is not a key", "`extends`"),
        ("extends: [strickt]\n", "1:11", "no pack `strickt`", "`strict`"),
        ("extends: [./nowhere.yml]\n", "1:11", "`./nowhere.yml` does not exist", ""),
        ("rules: [\n", "2:1", "", ""),
        ("rules: {}\nrules: {}\n", "2:1", "rules", ""),
        (BOMB, "", "", ""),
        ("just a text\n", "1:1", "a policy is a mapping", ""),
        ("- a list\n", "1:1", "a policy is a mapping", ""),
        ("rules: !!python/object/apply:os.system ['true']\n", "1:40", "", ""),
    ],
)
def test_a_bad_configuration(wflint: Wflint, name: str, text: str, where: str, what: str, hint: str) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW, name: text})
    message = told(wflint)
    assert f"wflint: {name}:{where}" in message
    assert what in message
    assert hint in message


@pytest.mark.parametrize("mark", ["policy.yml", "wflint.yml"])
def test_a_bad_policy_file_is_named(wflint: Wflint, mark: str) -> None:
    wflint.write({mark: "rules:\n  taged-action: on\n"})
    arguments = ("--policy", mark) if mark == "policy.yml" else ()
    assert f"wflint: {mark}:2:3: there is no rule `taged-action`" in told(wflint, *arguments)


def test_a_policy_with_a_byte_order_mark_is_read(wflint: Wflint) -> None:
    wflint.write({"wflint.yml": b"\xef\xbb\xbfrules:\n  taged-action: on\n"})
    assert "wflint.yml:2:3: there is no rule" in told(wflint)


@pytest.mark.parametrize("text", [b"\xff\xfer\x00", b"rules: \x00", b"rules: \xe9"])
def test_a_policy_that_is_no_text(wflint: Wflint, text: bytes) -> None:
    wflint.write({"wflint.yml": text})
    assert "wflint: wflint.yml" in told(wflint)
    (wflint.root / "wflint.yml").rename(wflint.root / "policy.yml")
    assert "wflint: policy.yml" in told(wflint, "--policy", "policy.yml")


def test_extends_in_a_circle(wflint: Wflint) -> None:
    wflint.write({"wflint.yml": "extends: [a.yml]\n", "a.yml": "extends: [b.yml]\n", "b.yml": "extends: [a.yml]\n"})
    message = told(wflint)
    assert "`a.yml` extends itself" in message
    assert "b.yml" in message


def test_extends_in_a_circle_of_spellings(wflint: Wflint) -> None:
    wflint.write({"policy.yml": "extends: [./policy.yml]\n"})
    told(wflint, "--policy", "policy.yml")
    wflint.write({"wflint.yml": "extends: [./wflint.yml]\n"})
    told(wflint)


def test_extends_that_multiplies(wflint: Wflint) -> None:
    wflint.write({f"p{n}.yml": f"extends: [p{n + 1}.yml, p{n + 1}.yml]\n" for n in range(40)})
    wflint.write({"p40.yml": "rules: {}\n", "wflint.yml": "extends: [p0.yml]\n"})
    assert "more than 50 policies are extended" in told(wflint)


def test_extending_what_stands_outside(wflint: Wflint) -> None:
    (wflint.folder / "outside.yml").write_text("rules: {}\n")
    wflint.write({"wflint.yml": "extends: [../outside.yml]\n"})
    assert "../outside.yml: cannot be read: the path leads out of the repository" in told(wflint)


def test_two_configurations(wflint: Wflint) -> None:
    wflint.write({"wflint.yml": "rules: {}\n", ".github/wflint.yml": "rules: {}\n"})
    message = told(wflint)
    assert "`wflint.yml` and `.github/wflint.yml`" in message
    assert "keep one" in message


def test_a_configuration_that_is_a_link(wflint: Wflint) -> None:
    (wflint.folder / "lax.yml").write_text("rules: {}\n")
    (wflint.root / "wflint.yml").symlink_to(wflint.folder / "lax.yml")
    assert "wflint: wflint.yml: " in told(wflint)
    assert "link" in told(wflint)


def test_a_configuration_that_is_a_pipe(wflint: Wflint) -> None:
    os.mkfifo(wflint.root / "wflint.yml")
    assert "wflint: wflint.yml: " in told(wflint)


def test_extending_a_link(wflint: Wflint) -> None:
    (wflint.folder / "secret.yml").write_text("canary: hunter2\n")
    (wflint.root / "base.yml").symlink_to(wflint.folder / "secret.yml")
    wflint.write({"wflint.yml": "extends: [base.yml]\n"})
    message = told(wflint)
    assert "base.yml: cannot be read: it is a symbolic link" in message
    assert "canary" not in message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[tool.wflint.rules]\ntaged-action = "on"\n', "`tagged-action`"),
        ("[tool.wflint]\nrule = {}\n", "`rules`"),
        ("[tool.wflint]\nextends = 3\n", "3"),
        ("[tool.wflint\n", "no TOML"),
        ("[tool]\nwflint = " + "[" * 5_000, "nested too deeply"),
        ("[tool.wflint]\n" + "a." * 50_000 + "a = 1\n", "too many parts"),
        ("[tool.wflint." + "'a' . " * 50_000 + "a]\n", "too many parts"),
        ("[tool\n", ""),
        ("tool = 3\n", ""),
        ("[tool]\nwflint = 3\n", "a policy is a mapping"),
    ],
)
def test_a_bad_pyproject(wflint: Wflint, text: str, what: str) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW, "pyproject.toml": text})
    if not what:
        assert wflint.check("--select", "unnamed-job").code == 0, "this says nothing of wflint"
        return
    message = told(wflint)
    assert message.startswith("wflint: pyproject.toml: "), "the lines of the table are not those of the file"
    assert what in message


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["nowhere"], "`nowhere` does not exist", ""),
        ([".github/workflows/ci.yaml"], "does not exist", "`ci.yml`"),
        (["--settings", "rules.json"], "`rules.json` does not exist", "`ruleset.json`"),
        (["--policy", "recomended"], "`recomended`", "`recommended`"),
        (["--policy", "./polici.yml"], "`./polici.yml`", "policy.yml"),
        (["--format", "sarff"], "`sarff`", "`sarif`"),
        (["--format", ""], "no format ``", ""),
        (["--format"], "--format", ""),
        (["-f", "json", "-f", "sarif"], "two reports would go to standard output", ""),
        (["-f", "json", "-o", "x", "-f", "sarif", "-o", "x"], "two reports would go to `x`", ""),
        (["-f", "json", "-o", "x", "-f", "sarif", "-o", "./x"], "two reports would go to", ""),
        (["-o", "nowhere/x"], "nowhere/x", ""),
        (["-o", "."], "directory", ""),
        (["--select", "taged-action"], "`taged-action`", "`tagged-action`"),
        (["--ignore", "tag:mad"], "`tag:mad`", "`tag:made`"),
        (["--fail-on", "eror"], "eror", "error"),
        (["--colour", "always"], "--colour", "--color"),
        (["--bundle", "nowhere"], "nowhere is no bundle", ""),
        (["--bundle", ".github"], ".github is no bundle", "`rules/`"),
        (["--today", "soon"], "soon", ""),
        (["-", "other"], "-", ""),
        (["--stdin-filename", "x.yml"], "--stdin-filename", ""),
    ],
)
def test_bad_arguments(wflint: Wflint, arguments: list[str], what: str, hint: str) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW, "ruleset.json": "{}\n", "policy.yml": "rules: {}\n"})
    message = told(wflint, *arguments)
    assert what in message
    assert hint in message
    assert not (wflint.root / "x").exists()


def test_what_cannot_be_opened(wflint: Wflint) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    wflint.write({"policy.yml": "rules: {}\n", ".github/workflows/ci.yml": WORKFLOW})
    (wflint.root / "policy.yml").chmod(0)
    assert "policy.yml" in told(wflint, "--policy", "policy.yml")


def test_a_policy_that_is_a_folder(wflint: Wflint) -> None:
    wflint.write({"policy.yml/x": ""})
    assert "`policy.yml`" in told(wflint, "--policy", "policy.yml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('"""X."""\nimport nothing_of_this_name\n', ":2: ModuleNotFoundError"),
        ('"""X."""\nraise SystemExit(0)\n', ":2: SystemExit"),
        ('"""X."""\nraise KeyError("::error::x")\n', ":2: KeyError"),
        ('"""X.\n', "SyntaxError"),
        ('"""X."""\n', "defines `check`"),
        ("from wflint.api import Job, rule\n@rule(target=Job, level='note')\ndef check(j, c): yield\n", "docstring"),
        ("\x00", "x-y.py"),
    ],
)
def test_a_rule_file_that_is_none(wflint: Wflint, text: str, what: str) -> None:
    wflint.write({"bundle/rules/own/x-y.py": text, ".github/workflows/ci.yml": WORKFLOW})
    message = told(wflint, "--bundle", "bundle")
    assert message.startswith("wflint: bundle/rules/own/x-y.py")
    assert what in message


@pytest.mark.parametrize("name", ["X-y.py", "x_y.py", "x--y.py"])
def test_a_rule_file_that_is_named_badly(wflint: Wflint, name: str) -> None:
    wflint.write({f"bundle/rules/own/{name}": '"""X."""\n'})
    assert name in told(wflint, "--bundle", "bundle")


def test_a_rule_that_exists_already(wflint: Wflint) -> None:
    text = (BUNDLE / "rules/made/unnamed-job.py").read_text()
    wflint.write({"bundle/rules/own/unnamed-job.py": text})
    assert "the rule `unnamed-job` exists already" in told(wflint, "--bundle", "bundle")


def test_an_example_that_contradicts_itself(wflint: Wflint) -> None:
    rule = (
        (BUNDLE / "rules/made/unnamed-job.py")
        .read_text()
        .replace("```yaml passes", "```yaml fixed\n```\n\n```yaml passes", 1)
    )
    wflint.write({"bundle/rules/own/other-job.py": rule.replace("# finding", "")})
    outcome = wflint.run("explain", "other-job", "--bundle", "bundle")
    assert outcome.code == 2, outcome
    assert "other-job.py" in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [(["chek"], "`check`"), ([".github"], ""), (["explain", "unpined-uses"], "`unpinned-uses`"), (["explain"], "RULE")],
)
def test_bad_commands(wflint: Wflint, arguments: list[str], hint: str) -> None:
    outcome = wflint.run(*arguments)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert hint in outcome.stderr


@pytest.mark.parametrize("name", ["::error::x", "##[error]x", "a\x1b[31mb", "a\n::error::b"])
def test_what_is_quoted_cannot_command_anybody(wflint: Wflint, name: str) -> None:
    """Every run is judged by the fixture; here is nothing but names that would be obeyed."""
    wflint.write({"wflint.yml": f"rules: {{ {name!r}: on }}\n"})
    for arguments in (
        [name],
        ["--policy", name],
        ["--format", name],
        ["--select", name],
        ["--bundle", name],
        [f"--{name}"],
    ):
        assert wflint.check(*arguments).code == 2
    assert wflint.run(name).code == 2
    assert wflint.run("explain", name).code == 2


def test_an_option_whose_words_mean_nothing_is_told_at_its_place(wflint: Wflint) -> None:
    policy = 'rules:\n  stage-order:\n    options:\n      stages: {a: {jobs: [x]}}\n      order: ["a before b"]\n'
    wflint.write({"policy.yaml": policy})
    outcome = wflint.run("check", "--policy", "policy.yaml")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "policy.yaml:5:14: `b` in `a before b` is none of the stages: a" in outcome.stderr
