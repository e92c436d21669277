"""The action: its own script, run by bash as a runner would, over repositories that mean harm."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Wflint

from wflint.report.escape import runner_commands
from wflint.source import yaml
from wflint.source.node import Mapping, Scalar, Sequence
from wflint.source.source import Source

ROOT = Path(__file__).parents[1]
WORKFLOW = "on: push\njobs:\n  one:\n    runs-on: x\n    steps:\n      - uses: some/action@v1\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the action's scripts are for bash")


class Step(NamedTuple):
    """A step of the action, with the inputs that its variables stand for."""

    run: str
    env: dict[str, str]


def action() -> Mapping:
    root = yaml.parse(Source("action.yml", "action", (ROOT / "action.yml").read_text(encoding="utf-8"))).root
    assert isinstance(root, Mapping)
    return root


def step(name: str) -> Step:
    runs = action().get("runs")
    assert isinstance(runs, Mapping)
    steps = runs.get("steps")
    assert isinstance(steps, Sequence)
    found = next(each for each in steps if isinstance(each, Mapping) and plain(each.get("name")) == name)
    env = found.get("env")
    assert isinstance(env, Mapping)
    return Step(plain(found.get("run")), {key: plain(value) for key, value in env.items()})


def plain(node: object) -> str:
    return node.text if isinstance(node, Scalar) else ""


class Ran(NamedTuple):
    """What a step came to."""

    code: int
    stdout: str
    outputs: dict[str, str]
    summary: str


def run(wflint: Wflint, which: str, **inputs: str) -> Ran:
    """Run a step of the action as a runner does, with these inputs and the defaults of the others."""
    temporary = wflint.folder / "temp"
    script = temporary / "wflint" / "bin" / "wflint"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m wflint "$@"\n')
    script.chmod(0o755)
    text, env = step(which)
    values = {"github.action_path": str(ROOT)}
    declared = action().get("inputs")
    assert isinstance(declared, Mapping)
    for name, each in declared.items():
        values[f"inputs.{name}"] = inputs.get(name.replace("-", "_"), plain(each.get("default")))
    given = {key: values[re.sub(r"^\$\{\{ | \}\}$", "", value)] for key, value in env.items()}
    file = wflint.folder / "step.sh"
    file.write_text(text)
    (wflint.folder / "output").write_text("")
    (wflint.folder / "summary").write_text("")
    own = {
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(wflint.folder / "output"),
        "GITHUB_STEP_SUMMARY": str(wflint.folder / "summary"),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(file)],
        env={**os.environ, **own, **given},
        cwd=wflint.root,
        capture_output=True,
        check=False,
    )
    assert runner_commands(done.stderr.decode()) == []
    outputs = dict(line.split("=", 1) for line in (wflint.folder / "output").read_text().splitlines())
    return Ran(done.returncode, done.stdout.decode(), outputs, (wflint.folder / "summary").read_text())


def test_findings(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    ran = run(wflint, "Check")
    assert ran.code == 1
    assert ran.outputs == {"exit-code": "1", "sarif-file": "wflint.sarif"}
    assert runner_commands(ran.stdout)
    assert "unpinned-uses" in ran.summary
    log = json.loads((wflint.root / "wflint.sarif").read_text())
    assert "unpinned-uses" in {result["ruleId"] for result in log["runs"][0]["results"]}


def test_no_findings(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    ran = run(wflint, "Check", fail_on="never", annotations="false", summary="false", sarif_file="out/x.sarif")
    assert (ran.code, ran.summary, runner_commands(ran.stdout)) == (2, "", []), "there is no folder `out`"
    ran = run(wflint, "Check", fail_on="never", annotations="false", summary="false", sarif_file="a b.sarif")
    assert (ran.code, ran.summary, runner_commands(ran.stdout)) == (0, "", [])
    assert ran.outputs == {"exit-code": "0", "sarif-file": "a b.sarif"}
    assert (wflint.root / "a b.sarif").is_file()


def test_inputs_of_several_lines(wflint: Wflint) -> None:
    wflint.write({"one.yml": WORKFLOW, "two words.yml": WORKFLOW, "--no-config": "x", "main.json": "{}\n"})
    ran = run(wflint, "Check", paths="one.yml\n\ntwo words.yml\n", settings="main.json\n", annotations="false")
    assert ran.code == 1
    assert "one.yml:6:27" in ran.stdout
    assert "two words.yml:6:27" in ran.stdout


def test_a_policy_and_where_it_is_read(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW, "org policy.yml": "rules: {unpinned-uses: note}\n"})
    assert run(wflint, "Check", policy="org policy.yml").code == 0
    ran = run(wflint, "Check", policy_ref="no-such-revision")
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")


@pytest.mark.parametrize(
    "hostile", ["$(touch EXECUTED)", "`touch EXECUTED`", "; touch EXECUTED", '"; touch EXECUTED; "', "--no-config", "-"]
)
def test_inputs_are_data(wflint: Wflint, hostile: str) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    for name in ("paths", "settings", "fail_on", "policy_ref"):
        assert run(wflint, "Check", **{name: hostile}).code in (0, 2), name
    run(wflint, "Check", sarif_file=hostile.replace("/", ""))
    assert not list(wflint.folder.rglob("EXECUTED"))


def test_an_output_cannot_be_added(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    ran = run(wflint, "Check", sarif_file="x.sarif\nexit-code=0")
    assert ran.outputs == {"exit-code": "1", "sarif-file": "x.sarifexit-code=0"}


def test_names_are_data(wflint: Wflint) -> None:
    folder = wflint.root / ".github" / "workflows"
    folder.mkdir(parents=True)
    names = (
        "$(touch EXECUTED).yml",
        "`touch EXECUTED`.yml",
        "a\n::error::b.yml",
        "##[error]x.yml",
        "-x.yml",
        "a b.yml",
    )
    for name in names:
        (folder / name).write_text(WORKFLOW)
    ran = run(wflint, "Check", annotations="false")
    assert ran.code == 1
    assert runner_commands(ran.stdout) == []
    assert not list(wflint.folder.rglob("EXECUTED"))


def test_a_summary_of_before_is_not_repeated(wflint: Wflint) -> None:
    wflint.write({".github/workflows/ci.yml": WORKFLOW})
    assert run(wflint, "Check").summary
    assert run(wflint, "Check", policy="nowhere").summary == ""


def test_setting_up_executes_nothing_of_the_checkout(wflint: Wflint) -> None:
    """The step makes an environment with Python, in a folder that may hold modules of any name."""
    planted = "from pathlib import Path\nPath(__file__).with_name('EXECUTED').touch()\n"
    wflint.write(
        {f"{name}.py": planted for name in ("venv", "ensurepip", "pip", "site", "sitecustomize", "json", "re")}
    )
    fake = wflint.folder / "fake"
    fake.mkdir()
    (fake / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@" --without-pip\n')
    (fake / "python").chmod(0o755)
    text = step("Install wflint").run.replace('"$RUNNER_TEMP/wflint/bin/pip" install', "echo")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", text],
        env={
            **os.environ,
            "PATH": f"{fake}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(wflint.folder),
            "ACTION_PATH": "x",
        },
        cwd=wflint.root,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (wflint.folder / "wflint" / "bin" / "python").exists()
    assert not list(wflint.folder.rglob("EXECUTED"))


def test_scripts_hold_no_expressions() -> None:
    for name in ("Install wflint", "Check"):
        assert "${{" not in step(name).run


def test_it_holds_to_the_strictest_policy(wflint: Wflint) -> None:
    wflint.write({"action.yml": (ROOT / "action.yml").read_bytes()})
    outcome = wflint.run("check", "--policy", "strict", "--fail-on", "note", "action.yml")
    assert outcome.code == 0, outcome.stdout
