"""Finding the expressions in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.expression.error import ExpressionError
from wflint.expression.find import find, find_in_condition, single


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing here", []),
        ("${{ a }}", [" a "]),
        ("x-${{a}}-${{ b }}${{c}}", ["a", " b ", "c"]),
        ("${{ '}}' }}", [" '}}' "]),
        ("${{ 'it''s }}' }} y", [" 'it''s }}' "]),
        ("${{ a\n  && b }}", [" a\n  && b "]),
        ("${{ a }}}", [" a "]),
        ("${{}}", [""]),
        ("$${{ a }} it's ${{ b }}", [" a ", " b "]),
        ("${{ a } }}", [" a } "]),
        ("$ {{ a }} {{ b }} ${ { c }}", []),
        ("${{ a ${{ b }}", [" a ${{ b "]),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    found = list(find(text))
    assert [embedded.text for embedded in found] == expected
    for embedded in found:
        assert text[embedded.span.start : embedded.span.end] == "${{" + embedded.text + "}}"
        assert text[embedded.inner.start : embedded.inner.end] == embedded.text


@pytest.mark.parametrize("text", ["a ${{ b", "a ${{ b }", "a ${{ 'b }}", "a ${{ b''' }}"])
def test_what_is_never_closed_is_found_to_the_end(text: str) -> None:
    [embedded] = find(text)
    assert not embedded.closed
    assert embedded.span == (2, len(text))
    assert embedded.inner == (5, len(text))
    with pytest.raises(ExpressionError, match="never closed"):
        embedded.parse()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github.ref == 'x'", ["github.ref == 'x'"]),
        ("${{ a }}", [" a "]),
        ("${{ a }} && ${{ b }}", [" a ", " b "]),
        ("", []),
        (" \n", []),
    ],
)
def test_a_bare_condition_is_an_expression_as_a_whole(text: str, expected: list[str]) -> None:
    assert [embedded.text for embedded in find_in_condition(text)] == expected


@pytest.mark.parametrize("text", ["${{ a }} ", " ${{ a }}", "${{ a }}${{ b }}", "a", "", "${{ a"])
def test_more_or_less_than_one_expression_is_not_single(text: str) -> None:
    assert single(text) is None


def test_single() -> None:
    embedded = single("${{ fromJSON('{}}') }}")
    assert embedded is not None
    assert embedded.text == " fromJSON('{}}') "


@given(st.lists(st.sampled_from(["${{", "}}", "}", "'", "a", " ", "$"]), max_size=40).map("".join))
def test_what_is_found_is_apart_and_in_order(text: str) -> None:
    at = 0
    for embedded in find(text):
        assert at <= embedded.span.start < embedded.inner.start <= embedded.inner.end <= embedded.span.end <= len(text)
        assert text.startswith("${{", embedded.span.start)
        at = embedded.span.end
    assert "${{" not in text[at:]
