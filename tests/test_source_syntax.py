"""What is said of a text that is no YAML: where it is, and what to type."""

import pytest

from wflint.source.source import Source
from wflint.source.yaml import parse


@pytest.mark.parametrize(
    ("text", "pointed", "line", "word"),
    [
        ("a:\n\tb: c\n", "\t", 2, "tab"),
        ("a: @x\n", "@", 1, "cannot start with `@`"),
        ("a: %x\n", "%", 1, "cannot start with `%`"),
        ("a: 1\nb: 'x\nc: d\n", "'", 2, "never closed"),
        ('a: "x\nb: c\n', '"', 1, "never closed"),
        ("run: echo: x\n", ":", 1, "`:`"),
        ("a: b\n c: d\n", ":", 2, "`:`"),
        ("a:\n  b: 1\n c: 2\n", "c", 3, "indentation"),
        ("a:\n  - x\n y: 1\n", "y", 3, "indentation"),
        ("a: [1, 2\nb: 3\n", "[", 1, "bracket"),
        ("a: {x: 1\nb: 3\n", "{", 1, "bracket"),
        ("a: - b\n", "-", 1, "list"),
        ("a: | x\n", "x", 1, "`|`"),
        ('a: "\\d"\n', "\\", 1, "backslash"),
        ('a: "\\xzz"\n', "z", 1, "hexadecimal"),
        ("a: 1\nfoo\nb: 2\n", "f", 2, "neither"),
        ('a: "x" y\n', "y", 1, "ends at the quote"),
        ("a: !x!y z\n", "!", 1, "tag"),
        ("a: ]\n", "]", 1, "missing"),
        ("a: ? x\n", "?", 1, "key"),
        ("%YAML 3.0\n---\na: b\n", "%", 1, "version"),
        ("a: \x00\n", "\x00", 1, "U+0000 (NUL)"),
        ("a: b\nc: \x1b[0m\n", "\x1b", 2, "U+001B (ESC)"),
        ("a: \x9b\n", "\x9b", 1, "U+009B"),
        ("é: \ud800\n", "\ud800", 1, "U+D800"),
        ("a: \uffff\n", "\uffff", 1, "U+FFFF"),
        ("\ufeffa: 1\nb: @x\n", "@", 2, "cannot start with `@`"),
        ("a: '\u2028\nb: \x00", "\x00", 2, "U+0000"),
    ],
)
def test_located_and_explained(text: str, pointed: str, line: int, word: str) -> None:
    document = parse(Source("ci.yml", "workflow", text))
    assert document.root is None
    (problem,) = document.problems
    assert (problem.kind, problem.fatal) == ("syntax", True)
    assert text[slice(*problem.span)] == pointed
    assert document.position(problem.span.start).line == line
    assert word in problem.message
    assert problem.hint


def test_the_end_of_the_text_is_a_place() -> None:
    document = parse(Source("ci.yml", "workflow", "a: [\n"))
    assert document.problems[0].span == (5, 5)
    assert "file ends" in document.problems[0].message
    document = parse(Source("ci.yml", "workflow", "%YAML"))
    assert document.problems[0].span.end <= 5
