"""Source excerpts point at exactly what they mean."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from wflint.report.escape import runner_commands
from wflint.report.snippet import LONGEST_LINE, body, headline, show
from wflint.report.sources import Sources
from wflint.report.style import ansi, unpainted
from wflint.rule.finding import Finding, Location, Related
from wflint.source.lines import Lines
from wflint.source.span import Position, Span

PATH = "a.yml"
LINES = st.text(st.sampled_from("ab \t\r\n:#[é日☕e\u0301\u200b\x1b"), max_size=60)


def location(text: str, start: int, end: int, path: str = PATH) -> Location:
    lines = Lines(text)
    return Location(path, Span(start, end), lines.position(start), lines.position(end))


def excerpt(text: str, start: int, end: int, *related: Related) -> list[str]:
    """Return the excerpt's lines without the place above them."""
    finding = Finding("rule", "error", "wrong", location(text, start, end), related)
    return list(body(finding, Sources({PATH: text}), unpainted))[1:]


def test_carets_stand_under_the_span() -> None:
    assert excerpt("on: push\n", 4, 8) == ["  |", "1 | on: push", "  |     ^^^^"]


def test_tabs_wide_and_combining_characters_keep_carets_in_place() -> None:
    assert excerpt("\ta: x", 4, 5) == ["  |", "1 |     a: x", "  |        ^"]
    assert excerpt("日本: x", 4, 5) == ["  |", "1 | 日本: x", "  |       ^"]
    assert excerpt("日本: x", 0, 2) == ["  |", "1 | 日本: x", "  | ^^^^"]
    assert excerpt("e\u0301: x", 4, 5) == ["  |", "1 | e\u0301: x", "  |    ^"]


def test_what_cannot_be_printed_is_named_and_counted() -> None:
    assert excerpt("\x1b: ##[x", 6, 7) == ["  |", "1 | \\u{1b}: ##\\u{5b}x", "  |                 ^"]


def test_an_empty_span_gets_one_caret() -> None:
    assert excerpt("ab\n", 2, 2) == ["  |", "1 | ab", "  |   ^"]
    assert excerpt("", 0, 0) == ["  |", "1 |", "  | ^"]


def test_a_span_of_several_lines_shows_its_first_and_its_last() -> None:
    text = "a:\n  b: 1\n  c: 2\n  d: 3\n"
    assert excerpt(text, 0, len(text)) == ["  |", "1 | a:", "  | ^^", "...", "4 |   d: 3", "  |   ^^^^"]


def test_related_places_of_the_file_are_labels_and_others_are_notes() -> None:
    text, other = "needs: b\nx: 1\nb: {}\n", "b:\n"
    near = Related(location(text, 14, 15), "the job")
    far = Related(location(other, 0, 1, "b.yml"), "as here")
    finding = Finding("rule", "error", "wrong", location(text, 7, 8), (near, far))
    assert list(body(finding, Sources({PATH: text, "b.yml": other}), unpainted)) == [
        " --> a.yml:1:8",
        "  |",
        "1 | needs: b",
        "  |        ^",
        "2 | x: 1",
        "3 | b: {}",
        "  | - the job",
        "  = note: as here",
        " --> b.yml:1:1",
        "  |",
        "1 | b:",
        "  | -",
    ]


def test_a_long_line_is_cut_around_the_span() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    _, source, carets = excerpt(text, 5000, 5004)
    assert len(source) < LONGEST_LINE + 10
    assert source.count("…") == 2
    assert source[carets.index("^") : carets.rindex("^") + 1] == "HERE"


def test_without_the_text_the_place_is_told() -> None:
    finding = Finding("rule", "note", "wrong", location("a", 0, 1))
    assert list(body(finding, Sources({}), unpainted)) == [" --> a.yml:1:1"]


def test_a_place_beyond_the_text_does_no_harm() -> None:
    far = Location(PATH, Span(500, 600), Position(90, 7), Position(91, 3))
    finding = Finding("rule", "error", "wrong", far, (Related(far, "too"),))
    assert list(body(finding, Sources({PATH: "a\n"}), unpainted))[-1] == "  | - too"


def test_colours_change_nothing_but_colours() -> None:
    finding = Finding("rule", "error", "wrong", location("a: b", 3, 4))
    assert headline(finding, ansi) == "\x1b[1;31merror[rule]\x1b[0m\x1b[1m: wrong\x1b[0m"


@given(LINES, st.data())
def test_carets_never_leave_the_line(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    first, last = sorted((data.draw(ends), data.draw(ends)))
    printed = excerpt(text, start, end, Related(location(text, first, last), "label"))
    assert runner_commands("\n".join(printed)) == []
    for above, below in pairwise(printed):
        assert "\n" not in below
        assert not [character for character in below if category(character) in {"Cc", "Cf", "Cs"}]
        if "^" in below and above.partition("|")[0].strip():
            width = max(_columns(above), above.index("|") + 2)
            assert below.index("^") <= width
            assert len(below) <= width + 1


@given(LINES, st.integers(0, 60))
def test_columns_of_a_shown_line_ascend_to_its_width(line: str, focus: int) -> None:
    shown = show(line, focus)
    columns = list(shown.columns)
    assert columns == sorted(columns)
    assert columns[-1] == _columns(shown.text)


def _columns(text: str) -> int:
    return sum({"日": 2, "☕": 2, "\u0301": 0}.get(character, 1) for character in text)


def test_a_credential_is_shown_as_stars_in_every_excerpt_of_its_line() -> None:
    text = "a: one\nkey: abc def\n  ghi\n"
    hidden = {PATH: [Span(12, 26)]}
    finding = Finding("rule", "error", "wrong", location(text, 7, 10))
    shown = list(body(finding, Sources({PATH: text}, hidden), unpainted))
    assert shown[1:] == ["  |", "2 | key: *** ***", "  | ^^^"]
    kept = Sources({PATH: text}, hidden).lines(PATH)
    assert kept is not None
    assert kept.text == text
