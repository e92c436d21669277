"""Questions about a syntax tree."""

import pytest

from wflint.expression.parser import parse
from wflint.expression.tree import contexts, height, path, walk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github", "github"),
        ("GitHub.Event.Issue.TITLE", "github event issue title"),
        ("github['event']['issue'].title", "github event issue title"),
        ("github [ 'EVENT' ] . issue['title']", "github event issue title"),
        ("github.event.commits.*.message", "github event commits * message"),
        ("github.event.commits[*].message", "github event commits * message"),
        ("github.event.commits[0].message", "github event commits 0 message"),
        ("secrets[matrix.name]", "secrets *"),
        ("(github.event).issue", "github event issue"),
    ],
)
def test_path_ignores_how_an_access_is_written(text: str, expected: str) -> None:
    assert path(parse(text)) == tuple(expected.split())


@pytest.mark.parametrize("text", ["'github'", "fromJSON(a).b", "(a || b).c", "!a", "f()", "a == b"])
def test_what_begins_with_no_context_has_no_path(text: str) -> None:
    assert path(parse(text)) is None


def test_an_index_is_one_step_whatever_it_holds() -> None:
    assert path(parse("steps['a.b']")) == ("steps", "a.b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'x'", []),
        ("a.b == c.d && !e", ["a.b", "c.d", "e"]),
        ("format('{0}', a.b, c)", ["a.b", "c"]),
        ("a[b.c].d[e]", ["a.*.d.*", "b.c", "e"]),
        ("fromJSON(a.b)[c].d", ["a.b", "c"]),
        ("(a.b || c).d", ["a.b", "c"]),
        ("a[b[c]]", ["a.*", "b.*", "c"]),
    ],
)
def test_contexts_are_whole_accesses_in_order(text: str, expected: list[str]) -> None:
    found = list(contexts(parse(text)))
    assert [".".join(route) for _, route in found] == expected


def test_contexts_come_with_their_nodes() -> None:
    text = "startsWith( github.ref , 'x')"
    [(node, _)] = contexts(parse(text))
    assert text[node.span.start : node.span.end] == "github.ref"


def test_walk_goes_through_the_text() -> None:
    tree = parse("f(a.b, !c) || d[e]")
    kinds = [type(node).__name__ for node in walk(tree)]
    assert kinds == ["Logical", "Call", "Property", "Name", "Not", "Name", "Index", "Name", "Name"]
    assert height(tree) == 4


def test_trees_are_equal_wherever_they_stand() -> None:
    assert parse("a.b == 'c'") == parse("  a . b=='c'")
    assert parse("a.b") != parse("a.c")
