"""The value of an expression, known or not."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.expression.evaluate import constant, evaluate, is_boolean, parts, render, truth
from wflint.expression.parser import parse
from wflint.expression.value import UNKNOWN, Open, to_text

CONTEXTS: dict[str, Any] = {
    "github": Open(event_name="push", ref="refs/heads/Main", event={"issue": {"title": "Hi", "number": 7}}),
    "matrix": {"os": "ubuntu-latest", "Node": 20, "fast": True, "none": None, "list": [1, "two", None]},
    "jobs": {"a": {"result": "success"}, "b": {"result": "failure"}, "c": {}},
    "some": ["x", UNKNOWN],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.event_name", "push"),
        ("GitHub['EVENT'].issue.title", "Hi"),
        ("github.actor", UNKNOWN),
        ("github.event.comment", None),
        ("github.event.comment.body", None),
        ("runner.os", UNKNOWN),
        ("matrix.node", 20),
        ("matrix.list[1]", "two"),
        ("matrix.list['1']", "two"),
        ("matrix.list[9]", None),
        ("matrix.list[-1]", None),
        ("matrix.os.length", None),
        ("matrix[runner.os]", UNKNOWN),
        ("join(jobs.*.result)", "success,failure"),
        ("jobs.*.result[0]", []),
        ("matrix.os.*", []),
        ("some[0]", "x"),
        ("some[1]", UNKNOWN),
        ("github.*", UNKNOWN),
    ],
)
def test_access(text: str, value: object) -> None:
    assert evaluate(parse(text), CONTEXTS) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'Push' == 'pUSH'", True),
        ("'a' < 'B'", True),
        ("1 == '1'", True),
        ("'0x10' == 16", True),
        ("null == 0", True),
        ("null == ''", True),
        ("true == 1", True),
        ("true == 'true'", False),
        ("'' == 0", True),
        ("'a' == 0", False),
        ("'a' != 0", True),
        ("NaN == NaN", False),
        ("'a' < 1", False),
        ("'a' >= 1", False),
        ("2 >= 2", True),
        ("3 > '2'", True),
        ("matrix == matrix", True),
        ("fromJSON('[]') == fromJSON('[]')", False),
        ("fromJSON('{}') == 0", False),
        ("matrix.fast == true", True),
        ("matrix.fast == 'true'", False),
        ("runner.os == 'Linux'", UNKNOWN),
    ],
)
def test_comparison(text: str, value: object) -> None:
    assert evaluate(parse(text), CONTEXTS) is value


@pytest.mark.parametrize("text", ["false", "0", "-0", "''", "null", "NaN", "matrix.none", "!matrix", "'a' && ''"])
def test_what_counts_as_false(text: str) -> None:
    assert truth(parse(text), CONTEXTS) is False
    assert evaluate(parse(f"!({text})"), CONTEXTS) is True


@pytest.mark.parametrize("text", ["true", "1", "' '", "'false'", "'0'", "Infinity", "matrix", "fromJSON('[]')"])
def test_what_counts_as_true(text: str) -> None:
    assert truth(parse(text), CONTEXTS) is True


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("'a' && 'b'", "b", True),
        ("'' && 'b'", "", False),
        ("'' || 'b' || 'c'", "b", True),
        ("0 || ''", "", False),
        ("false && x", False, False),
        ("'a' || x", "a", True),
        ("x && 'a'", UNKNOWN, UNKNOWN),
        ("x && false", UNKNOWN, False),
        ("x || 'a'", UNKNOWN, True),
        ("(x || 'a') && 'b'", "b", True),
        ("!(x && '')", True, True),
        ("x == 1 && false", False, False),
        ("x == 1 || !''", True, True),
        ("x == 1 && true", UNKNOWN, UNKNOWN),
        ("x && y && 0", UNKNOWN, False),
        ("x == y", UNKNOWN, UNKNOWN),
    ],
)
def test_unknown_sides(text: str, value: object, holds: object) -> None:
    assert evaluate(parse(text), {}) == value
    assert truth(parse(text), {}) is holds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("contains('Hello world', 'LLO')", True),
        ("contains(fromJSON('[\"push\", 1]'), 'PUSH')", True),
        ("contains(fromJSON('[\"push\", 1]'), '1')", True),
        ("contains(fromJSON('[\"push\"]'), 'pu')", False),
        ("contains(matrix, 'os')", False),
        ("contains(jobs.*.result, 'failure')", True),
        ("contains(some, 'x')", True),
        ("contains(some, 'y')", UNKNOWN),
        ("contains(123, 2)", True),
        ("startsWith('Hello', 'he')", True),
        ("endsWith('Hello', 'LO')", True),
        ("startsWith(matrix, 'O')", False),
        ("format('{0}-{1}-{0}', 'a', 1.50)", "a-1.5-a"),
        ("format('{{0}} {0}', true)", "{0} true"),
        ("format('{1}', 'a')", UNKNOWN),
        ("format('{', 'a')", UNKNOWN),
        ("format('{0}', matrix)", "Object"),
        ("join(matrix.list, '-')", "1-two-"),
        ("join('a', '-')", "a"),
        ("join(some)", UNKNOWN),
        ("toJSON('a\"é')", '"a\\"é"'),
        ('toJSON(fromJSON(\'{"a": [1.0, null], "b": {}}\'))', '{\n  "a": [\n    1,\n    null\n  ],\n  "b": {}\n}'),
        ("toJSON(github)", UNKNOWN),
        ("toJSON(some)", UNKNOWN),
        ("fromJSON('true')", True),
        ("fromJSON('{\"A\": 1}').a", 1),
        ("fromJSON('{')", UNKNOWN),
        ("fromJSON(x)", UNKNOWN),
        ("hashFiles('**')", UNKNOWN),
        ("case(false, 'a', matrix.fast, 'b', 'c')", "b"),
        ("case(false, 'a', 'c')", "c"),
        ("case(x, 'a', 'c')", UNKNOWN),
        ("case(1, 'a', 'c')", UNKNOWN),
        ("case(true, 'a')", UNKNOWN),
        ("success()", UNKNOWN),
        ("always()", True),
        ("nonsense(1)", UNKNOWN),
        ("contains('a')", UNKNOWN),
    ],
)
def test_functions(text: str, value: object) -> None:
    assert evaluate(parse(text), CONTEXTS) == value


def test_calls_can_be_supplied() -> None:
    tree = parse("Failure() || hashFiles('x') == 'abc'")
    assert evaluate(tree, {}, calls={"failure": False, "hashfiles": "abc"}) is True


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (1, "1"),
        (1.0, "1"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1E+15"),
        (123456789012345, "123456789012345"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
        (10**400, "Infinity"),
        ([1], "Array"),
        ({}, "Object"),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    assert to_text(value) == text


def test_render() -> None:
    assert render("plain", {}) == "plain"
    assert render("${{ matrix.os }} on ${{ matrix.node }}, ${{ matrix.none }}!", CONTEXTS) == "ubuntu-latest on 20, !"
    assert render("a ${{ x }}", CONTEXTS) is UNKNOWN
    assert render("a ${{ ", CONTEXTS) is UNKNOWN
    assert parts("a ${{ x }} b ${{ matrix.os }}${{ = }}", CONTEXTS) == ["a ", UNKNOWN, " b ", "ubuntu-latest", UNKNOWN]


@pytest.mark.parametrize(
    ("text", "value"),
    [("format('{0}', 1) == '1'", True), ("always()", UNKNOWN), ("github.ref", UNKNOWN), ("success()", UNKNOWN)],
)
def test_constant(text: str, value: object) -> None:
    assert constant(parse(text)) is value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!a", True),
        ("a == b || contains(a, b)", True),
        ("a && b == c", False),
        ("a", False),
        ("true", True),
        ("1", False),
    ],
)
def test_is_boolean(text: str, expected: bool) -> None:
    assert is_boolean(parse(text)) is expected


def test_unknown_is_no_condition() -> None:
    with pytest.raises(TypeError, match="is UNKNOWN"):
        bool(UNKNOWN)


def nested(step: str, times: int) -> str:
    text = "'\"aaaaaaaaaaaaaaaa'"
    for _ in range(times):
        text = step.replace("@", text)
    return text


@pytest.mark.parametrize(
    "text",
    [
        nested("toJSON(@)", 45),
        nested("format('" + "{0}" * 50 + "', @)", 40),
        "format('" + "{0}" * 4000 + "', format('" + "{0}" * 2000 + "', 'aaaaaaaaaa'))",
        "fromJSON('" + "[" * 10_000 + "]" * 10_000 + "')",
        "fromJSON('" + "[" * 100 + "]" * 100 + "')",
    ],
)
def test_what_grows_without_bound_is_unknown(text: str) -> None:
    assert evaluate(parse(text), {}) is UNKNOWN


def test_each_node_is_visited_once() -> None:
    text = "x"
    for _ in range(22):
        text = f"x && (true == ({text}))"
    assert evaluate(parse(text), {}) is UNKNOWN


known: st.SearchStrategy[Any] = st.sampled_from([None, True, False, 0, 1, "", "a", "1", [], {}])
operators = st.sampled_from(["&&", "||", "==", "<", "!="])
texts = st.recursive(
    st.sampled_from(["x", "y", "true", "''", "1", "null"]),
    lambda inner: st.builds("({} {} {})".format, inner, operators, inner) | st.builds("!{}".format, inner),
    max_leaves=8,
)


@given(texts, known, known)
def test_what_is_told_of_the_unknown_holds_for_every_value(text: str, x: Any, y: Any) -> None:
    tree = parse(text)
    for contexts in ({}, {"x": x}, {"y": y}):
        value, holds = evaluate(tree, contexts), truth(tree, contexts)
        full = {"x": x, "y": y}
        assert value is UNKNOWN or value == evaluate(tree, full)
        assert holds is UNKNOWN or holds is truth(tree, full)
