"""Paths find what jsonpath-ng finds, at the nodes that hold it."""

from __future__ import annotations

import json
from typing import Any

import jsonpath_rfc9535
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpath_ng.ext.parser import ExtendedJsonPathParser

from wflint.rule.declarative import jsonpath, matcher
from wflint.rule.declarative.found import Found
from wflint.rule.declarative.jsonpath import PathError
from wflint.rule.declarative.pattern import PatternError
from wflint.rule.declarative.selector import Selector
from wflint.source import yaml
from wflint.source.node import Node
from wflint.source.source import Source

ORACLE = ExtendedJsonPathParser()

KEYS = st.sampled_from(["a", "b", "c", "d-e"])
LEAVES = st.sampled_from(["x", "xy", "", 0, 1, 1.5, 2, True, False, None])
DATA = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=20
)
LITERALS = st.sampled_from(["'x'", '"xy"', "0", "1", "1.5", "true", "false", "null"])
OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
SINGLE = st.lists(st.one_of(KEYS.map(".{}".format), st.sampled_from(["[0]", "[1]", "['c']"])), max_size=2).map("".join)
TESTS = st.recursive(
    st.one_of(
        SINGLE.map("@{}".format).filter(lambda path: path != "@"),
        SINGLE.map("!@{}".format).filter(lambda path: path != "!@"),
        st.tuples(SINGLE, OPERATORS, LITERALS).map(lambda t: f"@{t[0]} {t[1]} {t[2]}"),
        st.tuples(SINGLE, OPERATORS, SINGLE).map(lambda t: f"@{t[0]} {t[1]} @{t[2]}"),
    ),
    lambda inner: st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=4,
)
COMMON = st.one_of(
    KEYS.map(".{}".format),
    st.sampled_from([".*", "[*]", "[0]", "[-1]", "[1:]", "[:2]", "[::2]", "[::-1]", "['a','b']", "[0,2]"]),
    st.sampled_from(["..a", "..*", "..['b']"]),
    TESTS.map("[?{}]".format),
)
PATHS = st.lists(COMMON, max_size=4).map(lambda steps: "$" + "".join(steps))
OURS = st.sampled_from(
    ["$.* where a", "$.*.* wherenot b", "$..a where b", "a.b", "$.a.(b.c)", "$..(a.b)", "$[?(@.a = 1)]", "@.a"]
)


def tree(data: Any) -> Node:
    root = yaml.parse(Source("data.json", "file", json.dumps(data))).root
    assert root is not None
    return root


def ours(path: str, root: Node) -> list[tuple[str | int, ...]]:
    found = matcher.find(matcher.compiled(jsonpath.parse(path)), root, root)
    return list(dict.fromkeys(node.path for node in found))


def theirs(path: str, data: Any) -> list[tuple[str | int, ...]]:
    """Return the paths that jsonpath-ng finds, each once."""
    found: dict[tuple[str | int, ...], None] = {}
    for each in ORACLE.parse(path).find(data):
        match: Any = each
        steps: list[str | int] = []
        while match.context is not None:
            fields = getattr(match.path, "fields", None)
            steps.append(fields[0] if fields else match.path.indices[0] % len(match.context.value))
            match = match.context
        found[tuple(reversed(steps))] = None
    return list(found)


@given(DATA, PATHS | OURS)
def test_a_path_finds_what_jsonpath_ng_finds(data: Any, path: str) -> None:
    assert ours(path, tree(data)) == theirs(path, data)


@given(DATA, PATHS)
def test_a_path_of_the_common_subset_finds_what_the_rfc_says(data: Any, path: str) -> None:
    # A name with a dash wants quotes there.
    standard = jsonpath_rfc9535.find(path.replace(".d-e", "['d-e']"), data)
    assert set(ours(path, tree(data))) == {tuple(node.location) for node in standard}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ('$[?@.uses =~ "^actions/"].uses', ["actions/checkout@v4"]),
        ("$[?@.uses =~ 'setup'].uses", ["other/setup-x@v1"]),
        ("$[?(!@.uses)].run", ["make"]),
    ],
)
def test_patterns_and_negation_in_filters(path: str, values: list[str]) -> None:
    root = tree([{"uses": "actions/checkout@v4"}, {"uses": "other/setup-x@v1"}, {"run": "make"}])
    assert [node.plain() for node in Selector(jsonpath.parse(path)).find([root])] == values


@pytest.mark.parametrize(
    "path",
    [
        "$.a + 1",
        "$.a.`len`",
        "$.a.`keys`",
        "$.a.`parent`",
        "$.a.`sub(/x/, y)`",
        "$.a.`split(x, 0, -1)`",
        "$.a.`sorted`",
        "$.a[\\b]",
        "$.a | $.b",
        "$.a[?(@.b == word)]",
        "$.a[?(@.b =~ 5)]",
        "$.a[::0]",
        "$.a[",
        "",
        "..a",
        "$.a[?($..b == 1)]",
        "$.a[?(@.b[?(@..c)])]",
        "$" + ".a" * 300,
        "$" + "[?(@" * 6 + ")]" * 6,
    ],
)
def test_what_finds_no_place_or_costs_too_much_is_refused(path: str) -> None:
    with pytest.raises(PathError):
        jsonpath.parse(path)


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(PatternError, match="missing"):
        Selector(jsonpath.parse("$.a[?(@.b =~ '(x')]"))


def test_patterns_take_linear_time() -> None:
    root = tree([{"a": "a" * 100_000 + "!"}])
    assert list(Selector(jsonpath.parse("$[?(@.a =~ '(a+)+$')]")).find([root])) == []


def test_nodes_that_aliases_share_are_looked_at_once() -> None:
    text = "a: &a [x]\n" + "".join(f"{name}: [*a, *a, *a, *a]\n" for name in "bcdefgh")
    root = yaml.parse(Source("alias.yaml", "file", text)).root
    assert root is not None
    assert len(list(Selector(jsonpath.parse("$..*..*..*..*")).find([root]))) <= 40


def test_the_tail_of_a_path_is_there_or_absent() -> None:
    root = tree({"jobs": {"a": {"env": {"X": 1}}, "b": {"env": {}}, "c": {}}})
    selector = Selector(jsonpath.parse("$.jobs.*.env.X"))
    assert [node.route for node in selector.find([root])] == ["jobs.a.env.X"]
    assert [(each.node.route, each.missing) for each in selector.absent([root])] == [
        ("jobs.b.env", ("X",)),
        ("jobs.c", ("env", "X")),
    ]


def test_an_index_in_the_tail_may_be_missing_too() -> None:
    root = tree({"a": [1]})
    assert list(Selector(jsonpath.parse("$.a[1].b")).absent([root])) == [Found(root.entries["a"], (1, "b"))]  # type: ignore[attr-defined]


def test_what_is_kept_of_one_path_serves_another() -> None:
    root = tree({"a": [{"b": 1}, {"b": 2, "c": 3}]})
    kept: dict[str, list[Node]] = {}
    for path, found in (
        ("$.a[*].b", [1, 2]),
        ("$.a[*].c", [3]),
        ("$.a[?(@.b == $.a[1].b)].c", [3]),
        ("$.a[*].b", [1, 2]),
    ):
        assert [node.plain() for node in Selector(jsonpath.parse(path)).find([root], kept)] == found


def test_every_root_is_its_own_in_a_filter() -> None:
    roots = [tree({"name": "x", "items": ["x", "y"]}), tree({"name": "y", "items": ["x", "y"]})]
    found = Selector(jsonpath.parse("$.items[?(@ == $.name)]")).find(roots)
    assert [node.plain() for node in found] == ["x", "y"]


@given(
    st.lists(st.sampled_from([".a", ".b-c", "..d", ".*", "[*]", ".true", ".or", ".on", "..e_1", ".len"]), max_size=5)
)
def test_plain_paths_mean_what_jsonpath_ng_says(steps: list[str]) -> None:
    text = "$" + "".join(steps)
    # With a filter that is always there, the same path is not plain any more.
    assert jsonpath.parse(text) == jsonpath.parse(f"{text}[?(@.x)]")[:-1]
