"""The expression parser: what it builds, where it points, what it says."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.expression.error import ExpressionError
from wflint.expression.parser import MAX_DEPTH, MAX_LENGTH, parse
from wflint.expression.tree import Call, Comparison, Index, Literal, Logical, Name, Not, Property, Star, Tree, walk
from wflint.source.span import Span

NOWHERE = Span(0, 0)
POWER = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}


def unparse(tree: Tree, power: int = 0) -> str:
    """Print a tree so that parsing gives it back, with no more parentheses than that takes."""
    match tree:
        case Literal(value=str(text)):
            return "'" + text.replace("'", "''") + "'"
        case Literal(value=bool() | None as word):
            return {True: "true", False: "false", None: "null"}[word]
        case Literal():
            return repr(tree.value).replace("inf", "Infinity")
        case Name():
            return tree.name
        case Property() | Index() | Star():
            base = unparse(tree.base, 9)
            if isinstance(tree.base, Literal):
                base = f"({base})"
            if isinstance(tree, Property):
                return f"{base}.{tree.name}"
            return f"{base}.*" if isinstance(tree, Star) else f"{base}[{unparse(tree.index)}]"
        case Call():
            return f"{tree.name}({', '.join(map(unparse, tree.arguments))})"
        case Not():
            text, strength = f"!{unparse(tree.operand, 8)}", 8
        case Comparison():
            strength = POWER[tree.operator]
            text = f"{unparse(tree.left, strength)} {tree.operator} {unparse(tree.right, strength + 1)}"
        case Logical():
            strength = POWER[tree.operator]
            text = f" {tree.operator} ".join(unparse(operand, strength + 1) for operand in tree.operands)
    return f"({text})" if strength < power else text


def literal(value: str | float | bool | None) -> Literal:
    return Literal(value, NOWHERE)


names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,6}", fullmatch=True)
contexts = names.filter(lambda name: name not in {"true", "false", "null", "NaN", "Infinity"})
numbers = st.floats(allow_nan=False).map(lambda number: number + 0.0)
values: st.SearchStrategy[Any] = st.none() | st.booleans() | st.text(max_size=8) | numbers
leaves: st.SearchStrategy[Tree] = st.builds(literal, values) | st.builds(Name, contexts, st.just(NOWHERE))


def larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    at = st.just(NOWHERE)
    several = st.lists(inner, max_size=3).map(tuple)
    operands = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Property, inner, names, at),
        st.builds(Index, inner, inner, at),
        st.builds(Star, inner, at),
        st.builds(Call, names, several, at),
        st.builds(Not, inner, at),
        st.builds(Comparison, inner, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), inner, at),
        st.builds(Logical, st.sampled_from(["&&", "||"]), operands, at),
    )


trees = st.recursive(leaves, larger, max_leaves=12)
fragments = st.lists(
    st.sampled_from([*"()[].,*!'\"= {}$|&-", "&&", "||", "==", "<=", "a", "github", "1", "0x", "'x'", "true", "f("])
    | st.characters(),
    max_size=30,
).map("".join)


@given(trees)
def test_a_printed_tree_is_read_back(tree: Tree) -> None:
    assert parse(unparse(tree)) == tree


@given(trees)
def test_every_span_reads_back_as_its_node(tree: Tree) -> None:
    text = unparse(tree)
    for node in walk(parse(text)):
        assert parse(text[node.span.start : node.span.end]) == node


@given(fragments | st.text())
def test_any_text_is_a_tree_or_an_error_inside_it(text: str) -> None:
    try:
        spans = [node.span for node in walk(parse(text))]
    except ExpressionError as error:
        spans = [error.span]

    assert all(0 <= start <= end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("'it''s'", "it's"),
        ("''", ""),
        ("'}} ${{'", "}} ${{"),
        ("711", 711.0),
        ("-9.2", -9.2),
        ("+1", 1.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-2.99e-2", -0.0299),
        ("1E+3", 1000.0),
        ("0xff", 255.0),
        ("0xffffffff", -1.0),
        ("0o17", 15.0),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
    ],
)
def test_literals(text: str, value: object) -> None:
    tree = parse(f"\t{text} \n")
    assert isinstance(tree, Literal)
    assert tree.value == value
    assert type(tree.value) is type(value)
    assert tree.span == (1, 1 + len(text))


def test_nan_is_a_literal() -> None:
    tree = parse("NaN")
    assert isinstance(tree, Literal)
    assert isinstance(tree.value, float)
    assert math.isnan(tree.value)


@pytest.mark.parametrize(
    ("text", "explicit"),
    [
        ("!a == b", "(!a) == b"),
        ("a < b == c > d", "(a < b) == (c > d)"),
        ("a == b && c != d", "(a == b) && (c != d)"),
        ("a || b && c", "a || (b && c)"),
        ("a == b == c", "(a == b) == c"),
        ("!a.b[c].d", "!(a.b[c].d)"),
        ("!!a", "!(!(a))"),
        ("f (a)", "f(a)"),
        ("a . b [ c ]", "a.b[c]"),
        ("a.true.null", "(a.true).null"),
        ("a[*].b", "a.*.b"),
    ],
)
def test_what_binds_more_strongly(text: str, explicit: str) -> None:
    assert parse(text) == parse(explicit)


def test_a_chain_of_one_operator_is_one_node() -> None:
    tree = parse(" || ".join("a" * 200))
    assert isinstance(tree, Logical)
    assert len(tree.operands) == 200


def test_spans_stop_at_the_parentheses_around_a_node() -> None:
    tree = parse(" (a || b) && c ")
    assert tree.span == (1, 14)
    assert [child.span for child in tree.children] == [(2, 8), (13, 14)]


def test_names_have_spans_of_their_own() -> None:
    tree = parse("contains(github.event.x, y)")
    assert isinstance(tree, Call)
    assert tree.name_span == (0, 8)
    first = tree.arguments[0]
    assert isinstance(first, Property)
    assert first.name_span == (22, 23)


@pytest.mark.parametrize(
    ("text", "span", "message"),
    [
        ("", (0, 0), "the expression is empty"),
        ("  ", (0, 2), "the expression is empty"),
        ("a == 'b", (5, 7), "never closed"),
        ("a == 'it's'", (10, 11), "a quote within it is written `''`"),
        ('a == "b"', (5, 6), "single quotes"),
        ("a = b", (2, 3), "equality is `==`"),
        ("a & b", (2, 3), "`&&`"),
        ("a | b", (2, 3), "`||`"),
        ("a + b", (2, 3), "no arithmetic"),
        ("a ? b : c", (2, 3), "`case("),
        ("${{ a", (0, 1), "closed with `}}`"),
        ("a\x00", (1, 2), "U+0000"),
        ("é", (0, 1), "`é` has no meaning"),
        ("a b", (2, 3), "an operator is missing before `b`"),
        ("a.", (2, 2), "a property's name is missing at the end"),
        ("a..b", (2, 3), "a property's name is missing before `.`"),
        ("a ==", (4, 4), "a value is missing at the end"),
        ("== a", (0, 2), "a value is missing before `==`"),
        ("f(a, )", (5, 6), "a value is missing before `)`"),
        ("f(a b)", (4, 5), "`)` is missing before `b`"),
        ("f(a", (1, 2), "`)` is missing"),
        ("a[b", (1, 2), "`]` is missing"),
        ("a)", (1, 2), "`)` closes nothing"),
        ("a, b", (1, 2), "`,` stands outside a call"),
        ("'a'.b", (3, 4), "a literal has no properties"),
        ("1x", (0, 2), "`1x` is not a number"),
        ("1.2.3", (0, 5), "`1.2.3` is not a number"),
        ("0x1ffffffff", (0, 11), "is not a number"),
        ("*", (0, 1), "a value is missing before `*`"),
    ],
)
def test_errors_say_what_is_wrong_and_where(text: str, span: tuple[int, int], message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.span == span


@pytest.mark.parametrize(
    ("opening", "closing", "levels"),
    [("(", ")", MAX_DEPTH), ("!", "", MAX_DEPTH - 1), ("f(", ")", MAX_DEPTH - 1), ("a[", "]", MAX_DEPTH - 1)],
)
def test_depth_is_limited(opening: str, closing: str, levels: int) -> None:
    parse(opening * levels + "a" + closing * levels)
    for many in (levels + 1, 5_000):
        with pytest.raises(ExpressionError, match="50 levels deep"):
            parse(opening * many + "a" + closing * many)


def test_depth_is_limited_without_brackets() -> None:
    parse("a" + ".b" * (MAX_DEPTH - 1))
    with pytest.raises(ExpressionError, match="50 levels deep"):
        parse("a" + ".b" * 5_000)
    with pytest.raises(ExpressionError, match="50 levels deep"):
        parse("a" + " == b" * 3_000)


def test_length_is_limited() -> None:
    longest = "'" + "a" * (MAX_LENGTH - 2) + "'"
    assert parse(f"  {longest}  ").span == (2, MAX_LENGTH + 2)
    with pytest.raises(ExpressionError, match="longer than 21,000"):
        parse(longest + "a")
