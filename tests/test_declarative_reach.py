"""A path that can never find anything is told when the rule is loaded."""

from __future__ import annotations

import pytest

from wflint.facts.schema import Kind
from wflint.rule.declarative import jsonpath
from wflint.rule.declarative.reach import dead


@pytest.mark.parametrize(
    ("kind", "start", "path"),
    [
        ("workflow", "(root)", "$.jobs.*.steps[*].uses"),
        ("workflow", "(root)", "$.jobs.build.steps[0].with.token"),
        ("workflow", "(root)", "$..uses"),
        ("workflow", "(root)", "$..ANY_VARIABLE"),
        ("workflow", "(root)", "$..steps[?(@.uses =~ 'x')].with.fetch-depth"),
        ("workflow", "(root)", "$.on.workflow_dispatch.inputs.*.type"),
        ("workflow", "(root)", "$.on.push.branches[*]"),
        ("workflow", "(root)", "$.permissions.contents"),
        ("workflow", "(root)", "$.jobs[?(@.runs-on != 'x' && !@.nothing)]"),
        ("workflow", "(root)", "$.jobs.*.strategy.matrix.os[*]"),
        ("workflow", "(root)", "$.jobs.*.services.*.image"),
        ("workflow", "jobs.*", "$.steps[*].env.TOKEN"),
        ("workflow", "jobs.*", "$"),
        ("workflow", "jobs.*.steps[]", "$.parallel[*].steps[*].run"),
        ("action", "(root)", "$.runs.steps[*].shell"),
        ("dependabot", "(root)", "$.updates[*].cooldown.default-days"),
        ("pre_commit", "(root)", "$.repos[*].hooks[*].id"),
    ],
)
def test_a_path_that_can_find_something(kind: Kind, start: str, path: str) -> None:
    assert dead(jsonpath.parse(path), kind, start) is None


@pytest.mark.parametrize(
    ("kind", "start", "path", "hint"),
    [
        ("workflow", "(root)", "$.job.*.steps", "did you mean `jobs`?"),
        ("workflow", "(root)", "$.jobs.*.step[*]", "did you mean `steps`?"),
        ("workflow", "(root)", "$.jobs.*.timeout-minute", "did you mean `timeout-minutes`?"),
        ("workflow", "(root)", "$.jobs.*.steps[?(@.user)].with", "did you mean `uses`?"),
        ("workflow", "(root)", "$.on.pull_requests", "did you mean `pull_request`?"),
        ("workflow", "jobs.*", "$.jobs.*", None),
        ("workflow", "jobs.*.steps[]", "$.user", "did you mean `uses`?"),
        ("workflow", "(root)", "$.name.first", None),
        ("workflow", "(root)", "$.jobs[0]", None),
        ("pre_commit", "(root)", "$.repos[*].revs", "did you mean `rev`?"),
    ],
)
def test_a_path_that_never_does(kind: Kind, start: str, path: str, hint: str | None) -> None:
    found = dead(jsonpath.parse(path), kind, start)
    assert found is not None
    assert "finds nothing" in found.message
    if hint is not None:
        assert found.hint == hint
