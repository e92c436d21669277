"""What a scalar means, and where its characters are written."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wflint.source.node import Mapping, Scalar
from wflint.source.scalar import core_value
from wflint.source.source import Source
from wflint.source.yaml import parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None), ("nULL", "nULL"),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("tRUE", "tRUE"),
        ("on", "on"), ("yes", "yes"), ("off", "off"), ("No", "No"), ("y", "y"),
        ("0", 0), ("-12", -12), ("+7", 7), ("010", 10), ("0o17", 15), ("0xfF", 255), ("-0x1", "-0x1"), ("0b1", "0b1"),
        ("1_000", "1_000"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("-", "-"), (".", "."), ("0x", "0x"),
        ("3.10", 3.1), ("1.", 1.0), (".5", 0.5), ("-1e3", -1000.0), ("1e5", 100000.0), ("1.2.3", "1.2.3"), ("e5", "e5"),
        (".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf), ("inf", "inf"), ("1e999", math.inf),
        ("１", "１"), ("12\n", "12\n"), ("9" * 5000, "9" * 5000), ("0x" + "f" * 5000, "0x" + "f" * 5000),
    ],
)  # fmt: skip
def test_core_schema(text: str, value: object) -> None:
    found = core_value(text)
    assert (type(found), found) == (type(value), value)


def test_not_a_number() -> None:
    found = core_value(".NaN")
    assert isinstance(found, float)
    assert math.isnan(found)


def test_quoted_scalars_are_text() -> None:
    assert scalar("k: '1'").value == "1"
    assert scalar("k: |-\n  1").value == "1"
    assert scalar("k: 1").value == 1


def scalar(text: str) -> Scalar:
    root = parse(Source("ci.yml", "file", text)).root
    assert isinstance(root, Mapping)
    found = root.get("k")
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize(
    ("text", "part", "written"),
    [
        ("k: echo ${{ x }}", "${{ x }}", "${{ x }}"),
        ("k: a\n  b ${{\n  x }}", "${{ x }}", "${{\n  x }}"),
        ("k: 'it''s x'", "'s", "''s"),
        ("k: 'it''s x'", "'", "''"),
        ('k: "a\\tb"', "\t", "\\t"),
        ('k: "a\\x41\\u0042\\U00000043d"', "ABC", "\\x41\\u0042\\U00000043"),
        ('k: "a \\\n   b"', "a b", "a \\\n   b"),
        ('k: "a\\""', '"', '\\"'),
        ("k: |\n   a\n     b\n", "  b", "  b"),
        ("k: |1\n   a\n", "  a", "  a"),
        ("k: >\n  a\n  b\n\n  c\n", "a b\nc", "a\n  b\n\n  c"),
        ("k: |\r\n  a\r\n  b\r\n", "a\nb", "a\r\n  b"),
        ("k: |\r\n  a\r\n", "a\n", "a\r\n"),
        ("k: |  # note\n  a # b\n", "# b", "# b"),
    ],
)
def test_parts(text: str, part: str, written: str) -> None:
    found = scalar(text)
    start = found.text.index(part)
    assert text[slice(*found.part(start, start + len(part)).span)] == written


def test_an_empty_part_is_a_place() -> None:
    found = scalar("k: 'ab'")
    assert found.part(1, 1).span == (5, 5)
    assert found.part(2, 2).span == (6, 6)
    assert scalar("k: |\nz: 1").part(0, 0).span == (4, 4)


def test_what_has_no_text_of_its_own_has_its_ends() -> None:
    found = scalar("k: *nowhere")
    assert [found.offset(0), found.offset(len(found.text))] == [3, 11]


_LINES = st.lists(st.text(alphabet="ab \t'\\#:é😀-", max_size=6), max_size=5)


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines = draw(_LINES)
    style = draw(st.sampled_from(["plain", "single", "double", "block"]))
    between = draw(st.sampled_from(["\n  ", "\n    ", "\n\n  ", "\n  \n  ", " \n\t\n  "]))
    if style == "plain":
        value = "x" + between.join(lines)
    elif style == "single":
        value = "'" + between.join(lines).replace("'", "''") + "'"
    elif style == "double":
        escape = draw(st.sampled_from(["\\n", "\\\n", "\\x41", "\\u0041", "\\U0001F600", '\\"', "\\ud83d\\ude00"]))
        value = '"' + between.join(lines).replace("\\", escape) + '"'
    else:
        header = "".join(draw(st.sampled_from(options)) for options in (["|", ">"], ["", "1", "2"], ["", "-", "+"]))
        value = header + draw(st.sampled_from(["", " # c"])) + draw(st.sampled_from(["\n  ", "\n\n  ", "\n \n   "]))
        value += between.replace("\t", "").join(lines)
    end = draw(st.sampled_from(["", "\n", "\n\n", "\n# c\n", "\nz: 1\n", "\n\n \nz: 1\n"]))
    return f"k: {value}{end}".replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


@given(texts())
@example("k: |1-\r\n \r\n  \r\n   b\r\n")
@example("k: >+\n \n  \n   \nz: 1\n")
@example('k: "a\\\n\n  b"')
def test_each_character_is_where_it_is_said_to_be(text: str) -> None:
    root = parse(Source("ci.yml", "file", text)).root
    if not isinstance(root, Mapping) or not isinstance(root.get("k"), Scalar):
        return
    found = scalar(text)
    offsets = [found.offset(index) for index in range(len(found.text) + 1)]
    assert offsets == sorted(set(offsets))
    for char, offset in zip(found.text, offsets, strict=False):
        folded = char in " \n" and text[offset] in "\r\n"
        escaped = found.style == "double" and text[offset] == "\\"
        assert text[offset] == char or folded or escaped
        assert found.start <= offset
        assert offset < found.end or char in " \t\n"
