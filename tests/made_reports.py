"""Reports made by hand, which the tests of the formats render."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wflint.bundled import bundled
from wflint.model.target import Target
from wflint.report.report import Failure, Report
from wflint.rule.finding import FileEdit, Finding, Fix, Level, Location, Related, Waived
from wflint.rule.rule import NoOptions, Rule
from wflint.source.edit import Edit
from wflint.source.lines import Lines
from wflint.source.span import Span

CI = ".github/workflows/ci.yml"
RELEASE = ".github/workflows/release é.yml"
TEXTS = {
    CI: """\
name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: "日本語 ☕"
        run: |
          echo ${{ github.event.issue.title }}
          echo done
  test:
    needs: [build, biuld]
    runs-on: ubuntu-latest
""",
    RELEASE: "on: push\njobs:\n  release:\n    steps: []\n",
    ".github/dependabot.yml": "version: 2\n",
}
PINNED = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8"


class PinOptions(NamedTuple):
    allow: tuple[str, ...] = ("actions/*",)
    max_age: int = 30


def _check(target: Any, context: Any) -> Iterator[Finding]:
    yield from ()


def made_rule(id: str, title: str, level: Level, **more: Any) -> Rule:
    """Return a rule that finds nothing."""
    given = {
        "docs": f"{title} because it is better.\n\n```yaml fails\non: push  # finding\n```",
        "tags": ("style",),
        "target": Target,
        "options": NoOptions,
        "check": _check,
        "read_examples": tuple,
        "file": "/elsewhere/rules/style/a.py",
        "topic": "style",
    }
    return Rule(id=id, title=title, level=level, **{**given, **more})


RULES = {
    rule.id: rule
    for rule in (
        made_rule(
            "unpinned-uses",
            "Pin actions to a full-length commit SHA",
            "error",
            tags=("supply-chain", "security"),
            options=PinOptions,
            file=str(Path(bundled("rules")) / "supply-chain" / "unpinned-uses.py"),
            topic="supply-chain",
            security_severity=7.5,
        ),
        made_rule("template-injection", "Keep expressions out of scripts", "error", security_severity=9.3),
        made_rule("unknown-needs", "Need jobs that exist", "error"),
        made_rule("job-name-missing", "Give every job a name", "note"),
        made_rule("timeout-missing", "Give every job a timeout", "warning"),
        made_rule("unreadable", "Let every file be read", "error", always=True),
    )
}


def at(path: str, words: str, route: str = "", *, text: str | None = None) -> Location:
    """Return the location of the first occurrence of some words in a file."""
    source = TEXTS[path] if text is None else text
    lines, start = Lines(source), source.index(words)
    end = start + len(words)
    return Location(path, Span(start, end), lines.position(start), lines.position(end), route)


def sample() -> Report:
    """Return a report with every kind of thing in it."""
    uses = at(CI, "actions/checkout@v4", "jobs.build.steps[0].uses")
    findings = (
        Finding(
            "unpinned-uses",
            "error",
            "`actions/checkout@v4` is not pinned to a commit",
            uses,
            fix=Fix("Pin it to the commit", (FileEdit(CI, Edit(uses.span, PINNED)),), safe=True),
        ),
        Finding(
            "template-injection",
            "error",
            "`github.event.issue.title` is put into a script",
            at(CI, "${{ github.event.issue.title }}", "jobs.build.steps[1].run"),
            related=(Related(at(CI, "run: |", "jobs.build.steps[1]"), "in this script"),),
        ),
        Finding(
            "timeout-missing", "warning", "the step has no timeout", at(CI, '"日本語 ☕"', "jobs.build.steps[1].name")
        ),
        Finding(
            "unknown-needs",
            "error",
            "there is no job `biuld`; did you mean `build`?",
            at(CI, "biuld", "jobs.test.needs[1]"),
            related=(
                Related(at(CI, "build", "jobs.build"), "the job that may be meant"),
                Related(at(RELEASE, "release", "jobs.release"), "as it is done here"),
            ),
            fix=Fix("Need `build`", (FileEdit(CI, Edit(at(CI, "biuld").span, "build")),)),
        ),
        Finding(
            "job-name-missing",
            "note",
            "the job `release` has no name",
            at(RELEASE, "release:\n    steps: []\n", "jobs.release"),
        ),
    )
    waived = Waived(
        Finding("timeout-missing", "warning", "the job has no timeout", at(CI, "test", "jobs.test")),
        "it is killed by the runner [after](1) an hour",
        "waiver",
    )
    return Report(findings, (waived,), (), RULES, TEXTS)


def incomplete() -> Report:
    """Return the report of a run in which a rule raised and a file could not be read."""
    return Report(
        sample().findings,
        (),
        (
            Failure("the rule raised ZeroDivisionError", CI, "timeout-missing"),
            Failure("the file is a link", "x/action.yml"),
        ),
        RULES,
        TEXTS,
    )


HOSTILE = (
    "::error::stop",
    "  ::add-mask::a",
    "##[error]legacy",
    "\x1b[2J\x1b]0;title\x07",
    "one\r::set-output name=a::b\r\n::stop-commands::x\n##[group]",
    "\u202eevil\u2066\u200b\ufeff",
    "#\u200b#[error]hidden",
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;",
    "[click](https://evil.example) ![](https://evil.example/x.png) <https://evil.example> https://e.example @octocat",
    "```\n</details><b>`` ` *x* _y_ |a|b| ~~z~~ $x$",
    "{0} {{1}} [text](1) \\[",
    "\x00\x7f\x85\x9b31m\u2028\u2029",
    "\udc80\ud800 name",
    "]]> --> <!-- ${{ x }} % %0A %25",
    "x" * 9000,
    "",
    ":",
)


def hostile() -> Report:
    """Return a report in which every text that a file under judgement can influence is hostile."""
    text = "\n".join(HOSTILE)
    texts = dict.fromkeys(HOSTILE, text)
    findings, waived, failures = [], [], []
    for number, name in enumerate(HOSTILE):
        position = at(name, name, name, text=text)
        other = at(HOSTILE[number - 1], "::", text=text)
        finding = Finding(
            f"rule-{number}" if number % 2 else name,
            ("error", "warning", "note")[number % 3],
            name,
            position,
            (Related(other, name), Related(position, name)),
            Fix(name, (FileEdit(name, Edit(position.span, name)),), safe=bool(number % 2)),
        )
        findings.append(finding)
        waived.append(Waived(finding, name, "ignore"))
        failures.append(Failure(name, name, name))
    rules = {name: made_rule(name, name, "error", docs=name, tags=HOSTILE) for name in HOSTILE}
    return Report(tuple(findings), tuple(waived), tuple(failures), rules, texts)
