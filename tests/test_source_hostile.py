"""Texts made to harm: each is refused or read, none hangs, none exhausts Python's stack."""

import pytest

from wflint.source.source import Source
from wflint.source.yaml import parse

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
CHAIN = "- &a0 [x]\n" + "".join(f"- &a{number} [*a{number - 1}]\n" for number in range(1, 10_000))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param(LAUGHS, "50,000", id="billion laughs"),
        pytest.param(f"a: &a [{'x,' * 20_000}]\nb: [{'*a,' * 20_000}]\n", "50,000", id="quadratic laughs"),
        pytest.param("[" + "x," * 60_000 + "]", "50,000", id="many values"),
        pytest.param("".join(f"k{number}:\n" for number in range(30_000)), "50,000", id="many keys"),
        pytest.param(CHAIN, "50 levels", id="depth by alias"),
        pytest.param("[" * 10_000, "50 levels", id="deep flow, open"),
        pytest.param("[" * 10_000 + "]" * 10_000, "50 levels", id="deep flow"),
        pytest.param("{a: " * 10_000 + "}" * 10_000, "50 levels", id="deep flow mappings"),
        pytest.param("- " * 10_000, "50 levels", id="deep lists"),
        pytest.param("? " * 10_000, "50 levels", id="deep keys"),
        pytest.param("".join(" " * level + "a:\n" for level in range(1_000)), "50 levels", id="deep mappings"),
        pytest.param("[a:b, " + "[" * 10_000, "50 levels", id="deep for the second parser"),
        pytest.param("a: " + "x" * 5_000_000, "1,048,576", id="five megabytes"),
        pytest.param("%TAG !a! b\n" * 50_000 + "---\na: b\n", "%TAG", id="directives"),
        pytest.param("a: [x:y, " + "x\x85," * 300_000, "", id="too long for the second parser"),
        pytest.param("\x00" * 1_000_000, "U+0000", id="nothing but NUL"),
        pytest.param("'" * 1_000_001, "never closed", id="nothing but quotes"),
        pytest.param("#" * 1_000_000, "empty", id="one long comment"),
        pytest.param("\n" * 1_000_000, "empty", id="nothing but lines"),
        pytest.param("k" * 5_000 + ": v", "`:`", id="long key"),
    ],
)
def test_refused(text: str, word: str) -> None:
    document = parse(Source("ci.yml", "workflow", text))
    assert document.root is None
    (problem,) = document.problems
    assert problem.fatal
    assert word in problem.message
    assert 0 <= problem.span.start <= problem.span.end <= len(text)
    assert document.comments == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "x" * 1_000_000, id="long scalar"),
        pytest.param("a: " + "x y " * 250_000, id="many words"),
        pytest.param("a: " + "x#" * 500_000, id="many hashes"),
        pytest.param("a: " + "x\u2028" * 500_000, id="foreign line breaks"),
        pytest.param('a: "' + "\\x41" * 250_000 + '"', id="escapes"),
        pytest.param("a: |\n" + "  x\n" * 250_000, id="long block"),
        pytest.param("a: x" + " " * 1_000_000, id="blanks"),
        pytest.param("\n" * 1_000_000 + "a: b", id="lines"),
        pytest.param("a: 1\n" + "# c\n" * 20_000, id="comments"),
    ],
)
def test_read(text: str) -> None:
    document = parse(Source("ci.yml", "workflow", text))
    assert document.problems == []
    assert document.root is not None
    scalar = document.root.get("a")
    assert scalar is not None
    assert text[scalar.end :].strip("\n #c") == ""
    assert len(document.comments) == (20_000 if "# c" in text else 0)


def test_duplicates_of_a_late_key() -> None:
    text = "".join(f"k{number}: 1\n" for number in range(12_000)) + "k11999: 1\n" * 12_000
    document = parse(Source("ci.yml", "workflow", text))
    assert document.root is not None
    assert len(document.problems) == 12_000
