"""The pipeline: sources in, report out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wflint.analysis.repository import Repository
from wflint.bundled import bundled
from wflint.model.job import Job
from wflint.model.workflow import Workflow
from wflint.policy.bind import Bound
from wflint.policy.policy import Policy
from wflint.report.report import Report
from wflint.rule.catalogue import load
from wflint.rule.finding import Finding, Level
from wflint.rule.rule import Check, Context, Declared, NoOptions, Rule
from wflint.session import Run, lint
from wflint.source.source import Source

TEXT = "on: push\njobs:\n  one: {runs-on: x, steps: []}\n  two: {runs-on: x, steps: []}\n"
DECLARED = Declared(today=date(2026, 11, 1))
SHIPPED = load([bundled("rules")])


def workflow(text: str = TEXT, name: str = ".github/workflows/ci.yml") -> Source:
    return Source(name, "workflow", text)


def rule(id: str, target: type[Any], check: Check, level: Level = "error") -> Rule:
    return Rule(id, "Title", "", level, ("made",), target, NoOptions, check, tuple, f"{id}.py", "made")


def report(*rules: Rule, sources: list[Source] | None = None, complete: bool = True) -> Report:
    bound = [Bound(each, "waivable", Context(each, each.level, each.options(), DECLARED)) for each in rules]
    catalogue = {each.id: each for each in rules}
    given = [workflow()] if sources is None else sources
    return lint(given, Run(catalogue, Policy(), bound, DECLARED), complete=complete)


def each_job(job: Job, context: Context[Any]) -> Iterator[Finding]:
    yield context.finding(job, f"job {job.id}")
    yield context.finding(job, f"job {job.id}")


def the_repository(repository: Repository, context: Context[Any]) -> Iterator[Finding]:
    yield context.finding(repository, "repository")


def test_findings_are_in_the_order_of_their_places_and_each_is_said_once() -> None:
    found = report(rule("b", Job, each_job), rule("a", Job, each_job), sources=[workflow(name="z"), workflow(name="a")])
    said = [(each.location.path, each.location.start.line, each.rule) for each in found.findings]
    assert said == [(path, line, name) for path in ("a", "z") for line in (3, 4) for name in ("a", "b")]


def test_rules_about_the_whole_repository_want_the_whole_repository() -> None:
    wide = rule("wide", Repository, the_repository)
    assert [each.message for each in report(wide).findings] == ["repository"]
    assert report(wide, complete=False).findings == ()


def test_a_rule_that_raises_costs_its_own_findings_and_is_named() -> None:
    def on_the_first(job: Job, context: Context[Any]) -> Iterator[Finding]:
        if job.id == "one":
            raise KeyError("no")
        yield context.finding(job, "fine")

    found = report(rule("bad", Job, on_the_first), rule("good", Job, each_job))
    assert [(each.rule, each.location.start.line) for each in found.findings] == [("good", 3), ("bad", 4), ("good", 4)]
    (failure,) = found.failures
    assert (failure.rule, failure.path) == ("bad", ".github/workflows/ci.yml")
    assert "KeyError" in failure.message
    assert found.exit_code("error") == 3


def test_a_view_that_raises_costs_the_rules_about_it_only() -> None:
    class Broken(Repository):
        @classmethod
        def each(cls, repository: Repository) -> Any:
            raise ZeroDivisionError

    found = report(rule("bad", Broken, the_repository), rule("good", Workflow, lambda _w, _c: iter(())))
    assert [failure.rule for failure in found.failures] == ["bad"]


def test_every_rule_of_the_run_and_every_text_is_in_the_report() -> None:
    found = report(rule("quiet", Job, lambda _job, _context: iter(())))
    assert set(found.rules) == {"quiet"}
    assert found.texts == {".github/workflows/ci.yml": TEXT}
    assert found.exit_code("note") == 0


def test_nothing_to_check_is_nothing_found() -> None:
    assert report(rule("wide", Job, each_job), sources=[]).exit_code("note") == 0


VOCABULARY = """
on jobs steps uses run with env if needs runs-on strategy matrix secrets permissions container services outputs
concurrency environment defaults shell inputs actions/checkout@v4 ./here docker://x:latest ${{ ${{github.actor}}
self-hosted * push pull_request_target schedule workflow_call workflow_run types cron a ~ 3 true
"""
WORDS = st.sampled_from(VOCABULARY.split())
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=25
)


@settings(max_examples=200, deadline=None)
@given(
    VALUES,
    st.dictionaries(WORDS, VALUES, max_size=3),
    st.sampled_from(["workflow", "action", "dependabot", "pre-commit", "settings"]),
)
def test_no_shape_makes_a_shipped_rule_raise(jobs: Any, more: dict[str, Any], kind: Any) -> None:
    body = {
        "on": more.get("on", "push"),
        "jobs": {"a": jobs, "b": {"runs-on": "x", "steps": [jobs, more]}},
        "runs": jobs,
    }
    sources = [Source(".github/workflows/ci.yml", kind, json.dumps({**more, **body})), workflow(name="b.yml")]
    found = report(*SHIPPED.values(), sources=sources)
    assert [failure.message for failure in found.failures] == []
