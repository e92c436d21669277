"""Foreign text is safe wherever it goes."""

from __future__ import annotations

import json
import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import HOSTILE

from wflint.report import escape

NASTY = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(),
    st.text(st.sampled_from(":#[]() \t\r\n\\`*_{}<>&@!|$\x1b\x00\x85\u200b\u202e\u2028\ud800aw./0")),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain `text` — 日本 ☕ é", "plain `text` — 日本 ☕ é"),
        ("a\x1b[31mb\r\n", "a\\u{1b}[31mb\\u{d}\\u{a}"),
        ("\u202e\u200b\ud800\x85\ufeff", "\\u{202e}\\u{200b}\\u{d800}\\u{85}\\u{feff}"),
        ("###[error]", "###\\u{5b}error]"),
    ],
)
def test_printable(text: str, said: str) -> None:
    assert escape.printable(text) == said


@given(NASTY)
def test_what_is_printable_hides_nothing(text: str) -> None:
    said = escape.printable(text)
    assert not [character for character in said if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert "##[" not in said


@given(NASTY)
def test_a_line_is_one_line_and_no_command(text: str) -> None:
    said = escape.line(text)
    assert "\n" not in said
    assert "\r" not in said
    assert not said.lstrip().startswith("::")
    assert escape.runner_commands(said) == []


def test_a_line_names_the_colon_that_would_start_a_command() -> None:
    assert escape.line("  ::error::x") == "  \\u{3a}:error::x"
    assert escape.line("a ::error::x") == "a ::error::x"


@given(NASTY)
def test_a_command_stays_one_command(text: str) -> None:
    value, data = escape.command_property(text), escape.command_data(escape.message(text))
    line = f"::error title={value}::{data}"
    assert escape.runner_commands(f"{line}\n") == [line]
    assert not {":", ",", "\r", "\n"} & set(value)


def test_command_data_keeps_our_own_line_breaks() -> None:
    assert escape.command_data("50%\nhelp\r") == "50%25%0Ahelp%0D"


@given(NASTY)
def test_json_carries_the_text_exactly(text: str) -> None:
    encoded = escape.dumps({"text": escape.exact(text)})
    assert encoded.isascii()
    assert encoded.isprintable()
    assert escape.runner_commands(encoded) == []
    assert json.loads(encoded)["text"] == re.sub(r"[\ud800-\udfff]", lambda one: f"\\u{{{ord(one[0]):x}}}", text)


@given(NASTY)
def test_a_code_span_is_closed_by_its_own_fence_alone(text: str) -> None:
    span = escape.code_span(text)
    fence = re.match("`+", span)
    assert fence is not None
    inside = span[len(fence[0]) : -len(fence[0])]
    assert span.endswith(fence[0])
    assert fence[0] not in re.findall("`+", inside)
    assert "\n" not in span


@given(NASTY)
def test_a_sarif_text_has_no_link_and_no_placeholder(text: str) -> None:
    said = escape.sarif_text(escape.printable(text))
    assert not re.search(r"(?<!\\)\]\(\d+\)", said.replace("\\\\", ""))
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})", said)


def test_a_sarif_text_that_could_not_be_misread_is_left_alone() -> None:
    assert escape.sarif_text("jobs.build.steps[0] uses ${{ x }}") == "jobs.build.steps[0] uses ${{ x }}"
    assert escape.sarif_text("[a](1) {0}") == "\\[a\\](1) {{0}}"
    assert escape.sarif_link("steps[0]", 2) == "[steps\\[0\\]](2)"


def test_a_message_is_bounded() -> None:
    assert len(escape.message("x" * 9000)) == escape.LONGEST_MESSAGE


@pytest.mark.parametrize(
    "line",
    [
        "::error::x",
        " \t::error file=a::x",
        "\u3000::stop-commands::t",
        "\u200b::error::x",
        "anything ##[error]x",
        "#\u200b#[error]x",
        "a\r::error::x",
    ],
)
def test_the_runner_obeys(line: str) -> None:
    assert escape.runner_commands(f"before\n{line}\nafter") != []


@pytest.mark.parametrize("line", ["a ::error::x", ":: x", "#[error]x", "##\\u{5b}error]", "##[no end"])
def test_the_runner_ignores(line: str) -> None:
    assert escape.runner_commands(f"before\n{line}\nafter") == []
