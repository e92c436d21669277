"""What declarative rules say of files, and what their fixes make of them."""

from __future__ import annotations

import pytest
from conftest import Wflint

from wflint.policy.bind import Bound
from wflint.policy.policy import Policy
from wflint.readers.kinds import kind_of
from wflint.rule.declarative.load import read
from wflint.rule.finding import Finding
from wflint.rule.rule import Context, Declared, Rule
from wflint.session import Run, lint
from wflint.source.source import Source
from wflint.testing import fixed

HEAD = "title: x\nlevel: warning\ntarget: workflow\n"
NAME = ".github/workflows/ci.yml"


def rule(text: str) -> Rule:
    return read(Source("rule.yaml", "file", text), id="rule", topic="team")


def findings(written: str, text: str, name: str = NAME) -> list[Finding]:
    made = rule(written)
    declared = Declared()
    bound = [Bound(made, "waivable", Context(made, made.level, made.options(), declared))]
    run = Run({made.id: made}, Policy(), bound, declared)
    report = lint([Source(name, kind_of(name) or "file", text)], run)
    assert not report.failures, report.failures
    return list(report.findings)


def said(written: str, text: str, name: str = NAME) -> list[tuple[int, str]]:
    return [(each.location.start.line, each.message) for each in findings(written, text, name)]


JOBS = "jobs:\n  a: {runs-on: x}\n  b: {runs-on: x, timeout-minutes: 90}\n  c: {runs-on: x, timeout-minutes: 5}\n"
TIMEOUT = HEAD + "select: $.jobs.*.timeout-minutes\nassert: {maximum: 60}\nmessage: '{key} at {path} is {value}'\n"


@pytest.mark.parametrize(
    ("absent", "expected"),
    [
        ("pass", [(3, "timeout-minutes at jobs.b.timeout-minutes is 90")]),
        (
            "fail",
            [
                (2, "timeout-minutes at jobs.a.timeout-minutes is nothing"),
                (3, "timeout-minutes at jobs.b.timeout-minutes is 90"),
            ],
        ),
        (
            "{default: 360}",
            [
                (2, "timeout-minutes at jobs.a.timeout-minutes is 360"),
                (3, "timeout-minutes at jobs.b.timeout-minutes is 90"),
            ],
        ),
        ("{default: 6}", [(3, "timeout-minutes at jobs.b.timeout-minutes is 90")]),
    ],
)
def test_what_is_absent_is_judged_as_the_rule_says(absent: str, expected: list[tuple[int, str]]) -> None:
    assert said(f"{TIMEOUT}absent: {absent}\n", JOBS) == expected


def test_a_guard_leaves_out_what_it_does_not_hold_for() -> None:
    written = (
        "select: $.jobs.*\nwhere: {required: [timeout-minutes]}\nassert: {required: [name]}\nmessage: '{key} in {file}'"
    )
    assert said(HEAD + written, JOBS) == [(3, f"b in {NAME}"), (4, f"c in {NAME}")]


def test_braces_of_expressions_stay_in_a_message() -> None:
    written = "assert: {required: [name]}\nmessage: 'write ${{ github.ref }} or {{key}}, not {file}'"
    assert said(HEAD + written, JOBS) == [(1, f"write ${{{{ github.ref }}}} or {{{{key}}}}, not {NAME}")]


def test_a_value_is_shown_in_one_short_line() -> None:
    written = "select: $.name\nabsent: pass\nassert: {maxLength: 3}\nmessage: '{value}'"
    [(_, message)] = said(HEAD + written, f'name: "{"x" * 70}\\n::error::y"\n')
    assert message == "x" * 59 + "…"


def test_items_and_roots_have_names_too() -> None:
    written = "select: $.on[*]\nassert: {not: {const: push}}\nmessage: '{key}'"
    assert said(HEAD + written, "on: [pull_request, push]\n") == [(1, "on[1]")]


def test_every_document_of_a_file_is_judged() -> None:
    written = (
        "title: x\nlevel: error\ntarget: {file: 'apps/**/*.yaml'}\nselect: $\n"
        "where: {properties: {kind: {const: Application}}, required: [kind]}\n"
        "absent: fail\nassert: {properties: {rev: {const: dev}}}\nmessage: '{path} is {value}'\n"
    )
    text = "kind: Other\n---\nkind: Application\nrev: main\n---\nkind: Application\nrev: dev\n---\nkind: Application\n"
    assert said(written, text, "apps/x/a.yaml") == [(4, "rev is main"), (9, "apps/x/a.yaml is a mapping")]
    assert said(written, text, "other/a.yaml") == []


RENOVATE = (
    "title: x\nlevel: error\ntarget: {file: renovate.json}\nselect: $.automerge\nabsent: pass\n"
    "assert: {const: false}\nmessage: '{key}'\n"
)


def test_a_file_that_is_read_as_text_otherwise_is_judged_too() -> None:
    assert said(RENOVATE, '{\n  "automerge": true\n}\n', "renovate.json") == [(2, "automerge")]


def test_a_file_that_is_no_json_is_a_failure_of_the_run() -> None:
    with pytest.raises(AssertionError, match="neither YAML nor JSON"):
        said(RENOVATE, "{ // comment\n", "renovate.json")


def after(written: str, text: str) -> str:
    return fixed(text, NAME, findings(written, text))


SET = (
    HEAD
    + "select: $.jobs.*\nassert: {required: [timeout-minutes]}\nmessage: x\nfix: {title: y, set: {timeout-minutes: 10}}"
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "jobs:\n  a:\n    name: x  # y\n    runs-on: x\n",
            "jobs:\n  a:\n    name: x  # y\n    timeout-minutes: 10\n    runs-on: x\n",
        ),
        ("jobs:\n  a:\n    env:\n      B: c\n", "jobs:\n  a:\n    timeout-minutes: 10\n    env:\n      B: c\n"),
        ("jobs:\n  a:\n    name: x", "jobs:\n  a:\n    name: x\n    timeout-minutes: 10"),
        ("jobs:\r\n  a:\r\n    name: x\r\n", "jobs:\r\n  a:\r\n    name: x\r\n    timeout-minutes: 10\r\n"),
        ("jobs: {a: {name: x}}\n", "jobs: {a: {timeout-minutes: 10, name: x}}\n"),
        ("jobs:\n  a: {}\n", "jobs:\n  a: {timeout-minutes: 10}\n"),
        ("jobs:\n  a: &a\n    name: x\n", "jobs:\n  a: &a\n    name: x\n"),
        ("jobs:\n  a:\n    ? name\n    : x\n", "jobs:\n  a:\n    ? name\n    : x\n"),
    ],
)
def test_a_fix_sets_a_key(before: str, expected: str) -> None:
    assert after(SET, before) == expected


def test_a_fix_sets_what_is_absent_or_other() -> None:
    written = (
        HEAD + "select: $.jobs.*.fail-fast\nabsent: fail\nassert: {const: true}\nmessage: x\n"
        "fix: {title: y, replace: true}"
    ).replace("jobs.*.fail-fast", "jobs.*.continue-on-error")
    before = "jobs:\n  a:\n    continue-on-error: 'no'\n  b:\n    name: x\n"
    assert after(written, before) == before.replace("'no'", "true")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ubuntu-24.04", "ubuntu-24.04"),
        ("'24'", '"24"'),
        ("'true'", '"true"'),
        ("false", "false"),
        ("'a: b'", '"a: b"'),
    ],
)
def test_a_fix_replaces_a_scalar_by_what_reads_back_as_the_same(value: str, expected: str) -> None:
    fix = f"fix: {{title: y, replace: {value}}}"
    written = f"{HEAD}select: $.jobs.*.runs-on\nabsent: pass\nassert: {{const: z}}\nmessage: x\n{fix}"
    assert after(written, "jobs:\n  a:\n    runs-on: x # y\n") == f"jobs:\n  a:\n    runs-on: {expected} # y\n"


REMOVE = (
    HEAD + "select: $.jobs.*.continue-on-error\nabsent: pass\nassert: false\nmessage: x\nfix: {title: y, remove: true}"
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "jobs:\n  a:\n    name: x\n    continue-on-error: true  # y\n    if: z\n",
            "jobs:\n  a:\n    name: x\n    if: z\n",
        ),
        ("jobs:\n  a:\n    name: x\n    continue-on-error: true", "jobs:\n  a:\n    name: x\n"),
        ("jobs:\r\n  a:\r\n    continue-on-error: true\r\n\r\n    if: z\r\n", "jobs:\r\n  a:\r\n\r\n    if: z\r\n"),
        ("jobs:\n  a:\n    continue-on-error: |\n      x\n      y\n    if: z\n", "jobs:\n  a:\n    if: z\n"),
        ("jobs:\n  a:\n    continue-on-error: true\n", None),
        ("jobs:\n  a: {continue-on-error: true, if: z}\n", None),
        ("jobs:\n  a:\n    continue-on-error: &x true\n    if: *x\n", None),
    ],
)
def test_a_fix_takes_an_entry_out(before: str, expected: str | None) -> None:
    assert after(REMOVE, before) == (before if expected is None else expected)


FLOATING = (
    "title: x\nlevel: error\ntarget: {file: '**/kustomization.yaml'}\nselect: $.images[*]\nabsent: fail\n"
    "assert: {properties: {newTag: {pattern: '^sha-'}}}\nmessage: '`{value}`'\n"
)


def test_a_run_reads_the_files_that_its_rules_ask_for(wflint: Wflint) -> None:
    tags = "images:\n  - name: a\n    newTag: latest\n"
    wflint.write(
        {
            "house/rules/team/floating-tag.yaml": FLOATING,
            ".github/workflows/ci.yml": "on: push\njobs: {}\n",
            "deploy/dev/kustomization.yaml": tags,
            "deploy/prod/kustomization.yaml": tags,
            "deploy/prod/other.yaml": tags,
        }
    )
    options = ("check", "--no-config", "--bundle", "house", "--select", "floating-tag", "-f", "concise")
    assert wflint.run(*options).stdout.splitlines() == [
        "deploy/dev/kustomization.yaml:3:13: error: `latest` [floating-tag]",
        "deploy/prod/kustomization.yaml:3:13: error: `latest` [floating-tag]",
    ]
    assert wflint.run(*options, "deploy/dev").stdout.count("[floating-tag]") == 1
    assert wflint.run(*options, "deploy/dev/kustomization.yaml").stdout.count("[floating-tag]") == 1


def test_a_rule_that_cannot_run_is_misuse(wflint: Wflint) -> None:
    wflint.write(
        {
            "house/rules/team/wrong.yaml": HEAD + "select: $.jbos\nassert: true\nmessage: x\n",
            ".github/workflows/ci.yml": "on: push\njobs: {}\n",
        }
    )
    outcome = wflint.run("check", "--no-config", "--bundle", "house", "--select", "wrong")
    assert outcome.code == 2
    assert "wrong.yaml:4:9" in outcome.stderr
    assert "did you mean `jobs`?" in outcome.stderr
