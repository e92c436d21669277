"""Workflows in the code blocks of Markdown files are checked where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.bundled import bundled
from wflint.model import fragment
from wflint.policy.bind import Selection, bind
from wflint.policy.load import Packs, load_pack
from wflint.rule.catalogue import load
from wflint.rule.rule import Declared
from wflint.session import Run, lint
from wflint.source import markdown
from wflint.source.source import Source

CATALOGUE = load([bundled("rules")])
POLICY = load_pack("recommended", Packs([bundled("policies")]))
DECLARED = Declared(today=date(2026, 11, 1))


def found(text: str, *rules: str) -> list[tuple[str, int, int]]:
    """Return where the rules find something: rule, line, column."""
    run = Run(CATALOGUE, POLICY, bind(POLICY, CATALOGUE, DECLARED, Selection(rules)), DECLARED)
    report = lint([Source("design.md", "markdown", text)], run, complete=False)
    assert report.texts == {"design.md": text}
    places = [(f.rule, f.location.start.line, f.location.start.column) for f in report.findings]
    return [place for place in places if place[0] in rules]


def kinds(text: str) -> Sequence[tuple[str, str | None]]:
    return [(each.kind, each.fragment) for each in fragment.documents(Source("design.md", "markdown", text))]


WORKFLOW = """\
# How we ship

Some words.

```yaml
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1
```

More words.
"""


def test_a_workflow_is_checked_at_the_lines_of_the_markdown() -> None:
    assert found(WORKFLOW, "unpinned-uses") == [("unpinned-uses", 12, 30)]


def test_columns_count_the_indentation_of_the_block() -> None:
    indented = "1. So:\n\n" + "\n".join(f"   {line}" for line in WORKFLOW.split("\n")[4:13])
    assert found(indented, "unpinned-uses") == [("unpinned-uses", 10, 33)]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("on: push\njobs: {}\n", ("workflow", None)),
        ("name: x\non: push\n", ("workflow", "head")),
        ("jobs:\n  a: {runs-on: x, steps: []}\n", ("workflow", "jobs")),
        ("a:\n  runs-on: x\n  steps: []\n", ("workflow", "job map")),
        ("runs-on: x\nsteps:\n  - run: make\n", ("workflow", "job")),
        ("- name: x\n  uses: a/b@v1\n- run: make\n", ("workflow", "steps")),
        ("name: x\ndescription: x\nruns: {using: composite, steps: []}\n", ("action", None)),
        ("version: 2\nupdates: []\n", ("dependabot", None)),
        ("repos:\n  - {repo: local, hooks: []}\n", ("pre-commit", None)),
        ("required_status_checks: {strict: true, contexts: [a]}\n", ("settings", None)),
        ('{"name": "main", "enforcement": "active", "rules": []}\n', ("settings", None)),
    ],
)
def test_blocks_are_told_apart_by_what_they_hold(block: str, kind: tuple[str, str | None]) -> None:
    assert kinds(f"```yaml\n{block}```\n") == [kind]


@pytest.mark.parametrize(
    "block",
    [
        "apiVersion: v1\nkind: Pod\n",
        "deploy() {\n  kubectl apply\n}\n",
        "just words\n",
        "- a\n- b\n",
        "",
        "env: {A: b}\n",
        "\t- x",
    ],
)
def test_what_is_no_workflow_is_passed_over(block: str) -> None:
    assert kinds(f"```yaml\n{block}\n```\n") == []


def test_other_languages_are_passed_over() -> None:
    assert kinds("```bash\non: push\njobs: {}\n```\n```\non: push\njobs: {}\n```\n") == []


def test_steps_and_jobs_are_checked_without_asking_for_what_may_stand_elsewhere() -> None:
    steps = "```yaml\n- uses: someone/action@v1\n- run: echo ${{ steps.elsewhere.outputs.x }}\n```\n"
    assert found(steps, "unpinned-uses", "timeout-missing", "missing-permissions", "expr-step-undefined") == [
        ("unpinned-uses", 2, 24)
    ]
    jobs = "```yaml\nbuild:\n  runs-on: x\n  needs: setup\n  steps: []\n```\n"
    assert found(jobs, "timeout-missing", "missing-permissions", "needs-unknown") == [("timeout-missing", 2, 1)]


JOB_BY_JOB = """\
```yaml
build:
  runs-on: x
  timeout-minutes: 5
  steps: []
```

And then:

```yaml
deploy:
  runs-on: x
  timeout-minutes: 5
  needs: build
  if: needs.build.outputs.changed == 'true'
  steps: []
```
"""


def test_jobs_told_one_by_one_are_read_as_one_workflow() -> None:
    assert kinds(JOB_BY_JOB) == [("workflow", "job map")]
    assert [place[:2] for place in found(JOB_BY_JOB, "outputs-undefined", "needs-undefined")] == [
        ("outputs-undefined", 15)
    ]


@pytest.mark.parametrize(("old", "new"), [("deploy:", "build:"), ("```yaml\ndeploy:", "```yaml\n  deploy:")])
def test_jobs_that_do_not_fit_together_are_read_one_by_one(old: str, new: str) -> None:
    text = JOB_BY_JOB.replace(old, new)
    if new.startswith("```"):
        head, tail = text.split("And then:")
        text = head + "And then:" + tail.replace("\n  ", "\n    ").replace("\n    deploy", "\n  deploy")
    assert kinds(text) == [("workflow", "job map"), ("workflow", "job map")]
    assert found(text, "yaml-parse") == []


def test_a_fence_that_was_forgotten_does_not_swallow_the_next_block() -> None:
    text = "```yaml\non: push\njobs: {}\n\n```yaml\n- uses: a/b@v1\n```\n"
    assert kinds(text) == [("workflow", None), ("workflow", "steps")]


def test_longer_fences_quote_shorter_ones_and_tildes_are_fences_too() -> None:
    text = "````markdown\n```\n- uses: a/b@v1\n```\n````\n\n~~~yml\n- uses: a/b@v1\n~~~\n"
    assert kinds(text) == [("workflow", "steps")]


def test_comments_in_a_block_ignore_findings() -> None:
    text = WORKFLOW.replace("@v1", "@v1 # wflint: ignore[unpinned-uses] an example")
    assert found(text, "unpinned-uses", "ignore-unused") == []


def test_windows_line_ends() -> None:
    assert found(WORKFLOW.replace("\n", "\r\n"), "unpinned-uses") == [("unpinned-uses", 12, 30)]


def test_a_branch_protection_block_is_held_against_the_jobs_of_the_document() -> None:
    protection = "```yaml\nrequired_status_checks:\n  strict: true\n  contexts: [build, no-such-job]\n```\n"
    text = WORKFLOW.replace("on: push", "on: pull_request") + protection
    assert [(rule, line) for rule, line, _ in found(text, "required-check-no-producer")] == [
        ("required-check-no-producer", 19)
    ]


@given(
    st.lists(st.sampled_from(["```yaml", "```", "~~~", "````", "on: push", "jobs:", "- uses: a/b@v1", "  x", "\t", ""]))
)
def test_any_order_of_fences_is_survived(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in markdown.blocks(text):
        assert 0 <= block.span.start <= block.span.end <= len(text)
        assert len(markdown.alone(text, block.span)) == block.span.end
    kinds(text)
