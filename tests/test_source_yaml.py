"""Reading: YAML 1.2 as GitHub reads it, with exact spans."""

import gc
from typing import Any

import pytest

from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar, Sequence
from wflint.source.source import Kind, Problem, Source
from wflint.source.yaml import Limits, parse


def read(text: str, kind: Kind = "workflow") -> Document:
    return parse(Source("ci.yml", kind, text))


def node(document: Document, *path: str | int) -> Node:
    assert document.root is not None
    found = document.root.at(*path)
    assert found is not None
    return found


def written(document: Document, *path: str | int) -> str:
    start, end = node(document, *path).span
    return document.text[start:end]


def only(document: Document) -> Problem:
    assert len(document.problems) == 1
    return document.problems[0]


def pointed(document: Document) -> str:
    return document.text[slice(*only(document).span)]


def test_on_is_a_key() -> None:
    document = read("on: push\nyes: off\n")
    assert document.root is not None
    assert document.root.plain() == {"on": "push", "yes": "off"}
    assert document.problems == []


@pytest.mark.parametrize(
    ("value", "expected", "style"),
    [
        ("plain text", "plain text", "plain"),
        ("'it''s'", "it's", "single"),
        (r'"a\tb"', "a\tb", "double"),
        ("|\n  a\n  b", "a\nb", "literal"),
        (">-\n  a\n  b", "a b", "folded"),
    ],
)
def test_styles(value: str, expected: str, style: str) -> None:
    document = read(f"key: {value}")
    scalar = node(document, "key")
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.style, written(document, "key")) == (expected, style, value)


def test_spans_leave_out_what_follows() -> None:
    document = read(
        "# top\njobs:\n  build: # here\n    steps:\n      - run: |\n          one\n          two  \n\n"
        "      # end\n      - {a: 1} # flow\n    empty:   # nothing\n  last: [x]  \n\n# bottom\n"
    )
    assert written(document, "jobs", "build", "steps", 0, "run") == "|\n          one\n          two  "
    assert written(document, "jobs", "build", "steps", 0).endswith("two  ")
    assert written(document, "jobs", "build", "steps", 1) == "{a: 1}"
    assert written(document, "jobs", "build", "steps").endswith("{a: 1}")
    assert written(document, "jobs").endswith("last: [x]")
    empty = node(document, "jobs", "build", "empty")
    assert empty.span == (document.text.index("empty:") + 6,) * 2
    assert empty.plain() is None


@pytest.mark.parametrize(("block", "expected"), [("|", "|"), ("|-  # note", "|-"), (">2+", ">2+")])
def test_empty_block_scalars_end_at_their_header(block: str, expected: str) -> None:
    document = read(f"a: {block}\n\nb: 1\n")
    assert written(document, "a") == expected


def test_spans_leave_out_anchor_and_tag() -> None:
    document = read("a: &x !t text\nb: &y # c\n  k: v\nc: !<tag:x,1:y> &z\nd: &w [1]\n", "file")
    assert document.problems == []
    assert [written(document, key) for key in "abcd"] == ["text", "k: v", "", "[1]"]
    assert [node(document, key).anchor for key in "abcd"] == ["x", "y", "z", "w"]


def test_paths_of_values_and_keys() -> None:
    document = read("jobs:\n  build:\n    steps:\n      - run: x\n")
    run = node(document, "jobs", "build", "steps", 0, "run")
    assert run.route == "jobs.build.steps[0].run"
    assert run.key_node is not None
    assert run.key_node.route == run.route
    assert run.key_node.text == "run"


def test_size_counts_keys_and_expands_aliases() -> None:
    document = read("a: &a [1, 2]\nb: *a\n")
    assert node(document, "a").size == 3
    assert document.root is not None
    assert document.root.size == 1 + 2 + 3 + 3


def test_aliases_are_the_same_object() -> None:
    document = read("a: &a {x: 1}\nb: *a\nc: &c text\nd: *c\n")
    assert node(document, "a") is node(document, "b")
    assert node(document, "c") is node(document, "d")
    assert node(document, "b").route == "a"
    assert document.problems == []


def test_an_anchor_may_be_defined_again() -> None:
    document = read("a: &a 1\nb: &a 2\nc: *a\n")
    assert node(document, "c") is node(document, "b")


def test_duplicate_keys_ignore_case_in_workflows() -> None:
    document = read("Jobs: 1\njobs: 2\nother: 3\n")
    assert document.root is not None
    assert document.root.plain() == {"Jobs": 1, "other": 3}
    problem = only(document)
    assert (pointed(document), problem.fatal) == ("jobs", False)
    assert "line 1" in problem.message


def test_duplicate_keys_heed_case_elsewhere() -> None:
    document = read("Jobs: 1\njobs: 2\njobs: {x: 3}\n", "dependabot")
    assert document.root is not None
    assert document.root.plain() == {"Jobs": 1, "jobs": 2}
    assert document.position(only(document).span.start).line == 3


def test_merge_keys_are_refused_in_workflows() -> None:
    document = read("a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n")
    assert node(document, "b").plain() == {"y": 2}
    assert (pointed(document), only(document).fatal) == ("<<", False)


def test_merge_keys_are_resolved_elsewhere() -> None:
    document = read(
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  <<: *b\n  <<: *a\n", "file"
    )
    assert node(document, "c").plain() == {"x": 3, "y": 1, "z": 2}
    assert node(document, "d").plain() == {"y": 2, "z": 2, "x": 1}
    assert document.problems == []


def test_merging_a_scalar_is_a_problem() -> None:
    document = read("a:\n  <<: text\n", "file")
    assert pointed(document) == "text"


def test_tags_are_refused_in_workflows_and_ignored() -> None:
    document = read("a: !!int text\nb: !x {c: 1}\n")
    assert document.root is not None
    assert document.root.plain() == {"a": "text", "b": {"c": 1}}
    assert [document.text[slice(*problem.span)] for problem in document.problems] == ["!!int", "!x"]
    assert not any(problem.fatal for problem in document.problems)


def test_an_unquoted_negation_is_a_tag() -> None:
    document = read("if: !cancelled()\n")
    assert pointed(document) == "!cancelled()"
    assert "quotes" in (only(document).hint or "")


@pytest.mark.parametrize("text", ["? [a]\n: 1\nb: 2\n", "{x: y}: 1\nb: 2\n", "k: &k [a]\n*k : 1\nb: 2\n"])
def test_keys_that_are_no_text(text: str) -> None:
    document = read(text)
    assert node(document, "b").plain() == 2
    assert not only(document).fatal


def test_an_alias_may_be_a_key() -> None:
    document = read("a: &a name\n*a : 1\n")
    assert node(document, "name").plain() == 1


def test_second_documents_are_set_aside_in_workflows() -> None:
    document = read("a: 1\n---\nb: 2\n--- c\n")
    assert document.root is not None
    assert document.root.plain() == {"a": 1}
    assert len(document.roots) == 1
    assert (pointed(document), only(document).fatal) == ("---", False)


def test_documents_of_a_stream() -> None:
    document = read("a: &a 1\n---\nb: *a\n---\n- c\n", "file")
    assert [type(root) for root in document.roots] == [Mapping, Mapping, Sequence]
    assert pointed(document) == "*a"


def test_an_alias_inside_its_own_value() -> None:
    document = read("a: &a [*a]\n")
    assert (pointed(document), only(document).fatal) == ("*a", False)
    assert node(document, "a", 0).string == "*a"


def test_an_alias_without_anchor() -> None:
    document = read("a: *unknown\n")
    assert (pointed(document), only(document).fatal) == ("*unknown", False)
    assert pointed(read("branches:\n  - *.x\n")) == "*.x"
    assert read("branches: *\n").problems[0].fatal


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "~", "\ufeff"])
def test_empty_files(text: str) -> None:
    document = read(text)
    assert document.root is None
    assert only(document).message == "The file is empty."
    assert read(text, "file").problems == []


def test_a_source_that_could_not_be_read_keeps_its_problem() -> None:
    problem = Problem("unreadable", "It is a folder.")
    document = parse(Source("x.yml", "workflow", "", problem))
    assert document.root is None
    assert document.problems == [problem]


def test_a_byte_order_mark_is_counted() -> None:
    document = read("\ufeffon: push\njobs: 'x'\n")
    assert [written(document, key) for key in ("on", "jobs")] == ["push", "'x'"]
    assert document.root is not None
    assert document.root.start == 1


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(line_break: str) -> None:
    document = read(line_break.join(["on: push", "jobs:", "  a: |", "    x", "    y", "  b: [é, 💥]", "  c: z", ""]))
    assert node(document, "jobs").plain() == {"a": "x\ny\n", "b": ["é", "💥"], "c": "z"}
    assert written(document, "jobs", "a") == f"|{line_break}    x{line_break}    y"
    assert written(document, "jobs", "b", 1) == "💥"
    assert document.position(node(document, "jobs", "c").start).line == 7


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_foreign_line_breaks_are_characters(char: str) -> None:
    document = read(f"a{char}b: x{char} y # c{char}d: 1\ne: '\ue000\\N'\nf: [\"{char}\"]\n")
    assert document.root is not None
    assert document.root.plain() == {f"a{char}b": f"x{char} y", "e": "\ue000\\N", "f": [char]}
    assert written(document, f"a{char}b") == f"x{char} y"


def test_a_stand_in_is_told_from_an_escape() -> None:
    assert node(read('a: "\u2028\\ue000\\ue001\ue002"'), "a").plain() == "\u2028\ue000\ue001\ue002"


def test_yaml_that_libyaml_refuses() -> None:
    document = read("on: {push: {branches: [a:b, c?d]}}\nx: &a.b 1\ny: *a.b\nz:   # nothing\n")
    assert document.problems == []
    assert node(document, "on", "push", "branches").plain() == ["a:b", "c?d"]
    assert written(document, "on", "push", "branches", 0) == "a:b"
    assert node(document, "y").plain() == 1
    assert node(document, "z").span == (document.text.index("z:") + 2,) * 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{\n\t"a": [1, -2.5e3, true, null],\n\t"b": {}\n}\n', {"a": [1, -2500.0, True, None], "b": {}}),
        ('{"a": "\\ud83d\\ude00 \\/ \\u00e9", "b":[[],{"c":""}]}', {"a": "😀 / é", "b": [[], {"c": ""}]}),
        ('{"%s"\n:\t"x\\/"}' % ("k" * 2000), {"k" * 2000: "x/"}),
        ('["\\/"]', ["/"]),
    ],
)
def test_json(text: str, value: Any) -> None:
    document = read(text, "settings")
    assert document.problems == []
    assert document.root is not None
    assert document.root.plain() == value
    assert document.root.span == (0, len(text.rstrip()))


def test_json_spans() -> None:
    document = read('{"a": "\\ud83d\\ude00x", "b": [10]}', "settings")
    assert written(document, "a") == '"\\ud83d\\ude00x"'
    assert written(document, "b", 0) == "10"
    scalar = node(document, "a")
    assert isinstance(scalar, Scalar)
    assert document.text[slice(*scalar.part(0, 1).span)] == "\\ud83d\\ude00"
    assert document.text[slice(*scalar.part(1, 2).span)] == "x"


def test_surrogate_pairs_in_yaml() -> None:
    assert node(read('a: "\\ud83d\\ude00"\n'), "a").plain() == "😀"
    assert read('a: "\\ud83d"\n').problems[0].fatal


@pytest.mark.parametrize(
    "text", ['["\\/" 1]', '["\\/"]]', '["\\/"}', '{"\\/": 1,, }', '["\\/", "', '"\\/" "x"', '{1: "\\/" "x"}']
)
def test_what_is_no_json_either(text: str) -> None:
    assert only(read(text, "settings")).kind == "syntax"


def test_collecting_garbage_goes_on() -> None:
    read("a: 1")
    assert gc.isenabled()
    gc.disable()
    try:
        read("a: 1")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_limits_can_be_raised() -> None:
    text = "[" * 60 + "]" * 60
    assert parse(Source("a", "file", text), Limits(depth=60)).problems == []
    assert parse(Source("a", "file", text), Limits(depth=59)).root is None
