"""Every mistake in a rule file is told at its line, with the nearest word that would do."""

from __future__ import annotations

import re

import pytest

from wflint.errors import RuleError
from wflint.rule.declarative.check import Check
from wflint.rule.declarative.load import read
from wflint.rule.options import build, describe
from wflint.rule.rule import Rule
from wflint.source.document import Document
from wflint.source.source import Source
from wflint.testing import problems

GOOD = """\
title: Give every job a timeout.
level: warning
tags: [reliability]
target: job
select: $.timeout-minutes
absent: {default: 360}
assert: {maximum: {param: max-minutes}}
params:
  max-minutes: {type: integer, default: 30, description: The longest.}
message: "`{path}` is {value}, more than {max-minutes}"
docs: |
  A stuck job holds a runner.
examples:
  - fails: |
      jobs:
        a:  # finding
          runs-on: x
    # why it is here
  - passes: |
      jobs:
        a: {runs-on: x, timeout-minutes: 5}
"""


def rule(text: str = GOOD) -> Rule:
    return read(Source("rules/team/timeout.yaml", "file", text), id="timeout", topic="team")


def compiled(text: str) -> None:
    loaded = rule(text)
    assert isinstance(loaded.check, Check)
    loaded.check.compile(loaded.options())


def test_a_rule_file_makes_a_rule() -> None:
    loaded = rule()
    assert (loaded.id, loaded.title, loaded.level, loaded.tags, loaded.target) == (
        "timeout",
        "Give every job a timeout",
        "warning",
        ("reliability",),
        Document,
    )
    assert loaded.docs.startswith("A stuck job holds a runner.\n\n```yaml fails\njobs:\n")
    assert problems(loaded) == []


def test_params_are_the_options() -> None:
    loaded = rule()
    assert describe(loaded.options) == (("max-minutes", "whole number", 30, "The longest.", False),)
    assert build(loaded.options, {}).max_minutes == 30


def changed(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (changed("level:", "levl:"), 2, "did you mean `level`"),
        (changed("warning", "warn"), 2, "did you mean `warning`"),
        (changed("target: job", "target: jobs"), 4, "did you mean `job`"),
        (changed("target: job", "target: file"), 4, "wants a glob"),
        (changed("target: job", "target: {files: x}"), 4, "did you mean `file`"),
        (changed("{default: 360}", "fials"), 6, "did you mean `fail`"),
        (changed("{default: 360}", "default"), 6, "which default"),
        (changed("{max-minutes}", "{max-minute}"), 10, "did you mean `{max-minutes}`"),
        (changed("{param: max-minutes}", "{param: max-minute}"), 7, "did you mean `max-minutes`"),
        (changed("{param: max-minutes}", "3").replace(", more than {max-minutes}", ""), 9, "used nowhere"),
        (changed("type: integer", "type: int"), 9, "type of a param"),
        (changed("default: 30", "default: x"), 9, "expected whole number, found x"),
        (changed(", description: The longest.", ""), 9, "needs `description`"),
        (changed("assert: {maximum: {param: max-minutes}}\n", ""), 1, "needs `assert`"),
        (changed("title:", "title: {}\n#"), 1, "is a text"),
        (changed("tags: [reliability]", "tags: reliability"), 3, "is a list"),
        (changed("level: warning", "level: warning\nsecurity-severity: 11"), 3, "0.1 to 10.0"),
        (changed("docs: |", "fix: {title: x}\ndocs: |"), 11, "one of `replace`, `set` and `remove`"),
        (changed("passes:", "pases:"), 19, "did you mean `passes`"),
        ("", None, "is empty"),
        ("a: [", 1, "ends before"),
    ],
)
def test_a_mistake_is_told_at_its_line(text: str, line: int | None, message: str) -> None:
    with pytest.raises(RuleError, match=re.escape(message)) as wrong:
        rule(text)
    assert wrong.value.line == line
    assert wrong.value.path == "rules/team/timeout.yaml"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (changed("$.timeout-minutes", "$.timeout-minute"), 5, "did you mean `timeout-minutes`"),
        (changed("$.timeout-minutes", "$.timeout["), 5, "no JSONPath"),
        (changed("$.timeout-minutes", "$.steps[?(@.run =~ '(')].run"), 5, "no pattern"),
        (changed("absent: {default: 360}\n", ""), 5, "may be absent"),
        (changed("$.timeout-minutes", "$.steps[*]"), 6, "no name here"),
        (changed("maximum", "maximun"), 7, "did you mean `maximum`"),
    ],
)
def test_a_mistake_in_a_path_or_a_schema_is_told_when_the_rule_is_to_run(text: str, line: int, message: str) -> None:
    with pytest.raises(RuleError, match=re.escape(message)) as wrong:
        compiled(text)
    assert wrong.value.line == line


def test_an_example_that_contradicts_itself_is_told_at_its_line() -> None:
    with pytest.raises(RuleError, match="# finding") as wrong:
        assert rule(GOOD.replace("  # finding", "")).examples
    assert wrong.value.line == 14
