"""Schemas hold and break as the jsonschema library says, and break at the right node."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.errors import RuleError
from wflint.rule.declarative import schema
from wflint.rule.declarative.keyword import Absent, Check, at
from wflint.source import yaml
from wflint.source.node import Node
from wflint.source.source import Source

KEYS = ["a", "b", "ab", "c"]
SCALARS = st.sampled_from(["", "a", "ab", "abc", "2026-11-01", 0, 1, 2, -1, 1.0, 1.5, 10**30, True, False, None])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)
COUNT = st.integers(0, 3)
NUMBER = st.sampled_from([0, 1, 2, 1.5, -1])
NAMES = st.lists(st.sampled_from(KEYS), max_size=2, unique=True)
TYPES = st.sampled_from(["object", "array", "string", "number", "integer", "boolean", "null"])
PATTERNS = st.sampled_from(["^a", "b$", "c", "^$"])


def keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=2)
    optional = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
        "enum": st.lists(DATA, max_size=3),
        "const": DATA,
        "required": NAMES,
        "properties": st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
        "additionalProperties": inner,
        "patternProperties": st.dictionaries(PATTERNS, inner, max_size=2),
        "propertyNames": inner,
        "minProperties": COUNT,
        "maxProperties": COUNT,
        "dependentRequired": st.dictionaries(st.sampled_from(KEYS), NAMES, max_size=2),
        "items": inner,
        "prefixItems": some,
        "contains": inner,
        "minItems": COUNT,
        "maxItems": COUNT,
        "uniqueItems": st.booleans(),
        "minimum": NUMBER,
        "maximum": NUMBER,
        "exclusiveMinimum": NUMBER,
        "exclusiveMaximum": NUMBER,
        "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minLength": COUNT,
        "maxLength": COUNT,
        "pattern": PATTERNS,
        "allOf": some,
        "anyOf": some,
        "oneOf": some,
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
    }
    chosen = st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True)
    return chosen.map(_whole).flatmap(lambda names: st.fixed_dictionaries({name: optional[name] for name in names}))


def _whole(names: list[str]) -> list[str]:
    return [*names, "if"] if {"then", "else"} & set(names) and "if" not in names else names


SCHEMAS = st.recursive(st.booleans(), keywords, max_leaves=6)


def node(data: Any) -> Node:
    return parsed(json.dumps(data))


def parsed(text: str) -> Node:
    root = yaml.parse(Source("rule.yaml", "file", text)).root
    assert root is not None
    return root


def check(text: str, absent: Absent = "pass", **params: Any) -> Check:
    return schema.compiled(parsed(text), params, absent)


@given(SCHEMAS, DATA)
def test_a_schema_holds_where_the_jsonschema_library_says_so(written: Any, data: Any) -> None:
    expected = jsonschema.Draft202012Validator(written).is_valid(data)
    assert (not schema.compiled(node(written), {})(node(data))) is expected


@pytest.mark.parametrize(
    ("written", "data", "places"),
    [
        ("{properties: {a: {type: string}}}", "a: 1\nb: 2", ["1"]),
        ("{required: [z]}", "a: 1", ["a"]),
        ("{properties: {a: {required: [z]}}}", "a: {b: 1}", ["a"]),
        ("{additionalProperties: false, properties: {a: true}}", "a: 1\nb: 2", ["b"]),
        ("{propertyNames: {pattern: '^[a-z]+$'}}", "a: 1\nB: 2", ["B"]),
        ("{items: {minimum: 2}}", "[1, 2, 1]", ["1", "1"]),
        ("{uniqueItems: true}", "[x, y, x]", ["x"]),
        ("{if: {required: [a]}, then: {properties: {b: {const: 1}}}}", "a: 1\nb: 2", ["2"]),
        ("{items: {anyOf: [{type: string}, {type: 'null'}]}}", "[x, 1]", ["1"]),
        ("{properties: {a: {type: string}}}", "a:", ["a"]),
    ],
)
def test_what_breaks_is_told_at_its_place(written: str, data: str, places: list[str]) -> None:
    found = map(at, check(written)(parsed(data)))
    assert [place.document.text[slice(*place.span)] for place in found] == places


@pytest.mark.parametrize(
    ("format", "good", "bad"),
    [
        ("full-commit-sha", ["a" * 40], ["a" * 39, "v1", ""]),
        ("pinned-action", ["a/b@" + "0" * 40, "./x", "docker://a@sha256:" + "0" * 64], ["a/b@v1", "docker://a:1", "a"]),
        ("pinned-image", ["a@sha256:" + "0" * 64, "r.io/a:1@sha256:" + "f" * 64], ["a:1", "a@sha256:0", "a"]),
        ("expression", ["${{ a.b }}", "${{ 1 }}"], ["x ${{ a }}", "x", "${{ a }}${{ b }}", "${{ ( }}"]),
        ("secret-reference", ["${{ secrets.X }}", "${{ github.token }}"], ["${{ secrets.X || 'y' }}", "${{ env.X }}"]),
        ("cron", ["0 0 * * 1"], ["@daily", "99 * * * *"]),
        ("date", ["2027-01-31"], ["2027-02-31", "20270131", "soon"]),
    ],
)
def test_formats(format: str, good: list[str], bad: list[str]) -> None:
    holds = check(f"format: {format}")
    assert [text for text in (*good, *bad) if not holds(node(text))] == good


def test_a_format_says_nothing_of_what_is_no_text() -> None:
    assert not check("format: date")(node(1))


def test_params_stand_for_values() -> None:
    holds = check("{maximum: {param: most}, not: {enum: [{param: other}, 7]}}", most=5, other=3)
    assert [bool(holds(node(value))) for value in (2, 3, 6)] == [False, True, True]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{requird: [a]}", "did you mean `required`"),
        ("{type: strng}", "did you mean `string`"),
        ("{format: full-commit}", "did you mean `full-commit-sha`"),
        ("{pattern: '(a'}", "is no pattern"),
        ("{pattern: '(?=a)'}", "is no pattern"),
        ("{minimum: x}", "is a number"),
        ("{minLength: 1.5}", "whole number"),
        ("{maxItems: .inf}", "whole number"),
        ("{maximum: .nan}", "is a number"),
        ("{properties: [a]}", "mapping"),
        ("{anyOf: []}", "list of schemas"),
        ("{then: {type: string}}", "wants an `if`"),
        ("{items: {param: x}}", "a schema is"),
        ("{const: {param: x}}", "`x` is no param"),
        ("{multipleOf: 0}", "above 0"),
        ("[a]", "a schema is"),
        ("{$ref: '#/a'}", "keyword"),
    ],
)
def test_what_is_no_schema_is_refused_at_its_place(written: str, message: str) -> None:
    with pytest.raises(RuleError, match=message) as refused:
        check(written)
    assert refused.value.line == 1


def test_a_property_that_may_be_absent_wants_a_decision() -> None:
    with pytest.raises(RuleError, match=r"`a` may be absent.*required"):
        check("{properties: {a: {const: 1}}}", "undecided")
    check("{properties: {a: {const: 1}}, required: [a]}", "undecided")
    check("{properties: {a: false}}", "undecided")
    check("{anyOf: [{properties: {a: {const: 1}}}, {properties: {b: {const: 1}}}]}", "undecided")


def test_a_property_that_is_absent_can_fail() -> None:
    holds = check("{properties: {a: {properties: {b: {const: 1}}}}}", "fail")
    assert [bool(holds(parsed(data))) for data in ("{a: {b: 1}}", "{a: {}}", "{}")] == [False, True, True]


def test_a_multiple_is_one_of_the_number_as_written() -> None:
    holds = check("multipleOf: 0.1")
    assert [bool(holds(parsed(text))) for text in ("0.3", "0.35", "1e300", ".inf", "x")] == [
        False,
        True,
        False,
        False,
        False,
    ]
