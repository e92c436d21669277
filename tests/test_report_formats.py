"""Every format: golden files, and hostile text that comes out harmless."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import category
from xml.etree import ElementTree

import pytest
from made_reports import CI, HOSTILE, RULES, TEXTS, at, hostile, incomplete, sample

from wflint import __version__
from wflint.errors import UsageError
from wflint.report import github, markdown
from wflint.report.escape import runner_commands
from wflint.report.formats import FORMATS, load
from wflint.report.report import Report
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding, Level

GOLDEN = Path(__file__).parent / "golden" / "report"


def rendered(name: str, report: Report, style: Style = PLAIN) -> str:
    return "".join(load(name)(report, style))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", [sample, incomplete], ids=["sample", "incomplete"])
def test_golden(name: str, made: Callable[[], Report]) -> None:
    file = GOLDEN / f"{made.__name__}.{name}.txt"
    said = rendered(name, made())
    if name == "sarif":
        said = json.dumps(json.loads(said), indent=2).replace(f'"{__version__}"', '"VERSION"') + "\n"
    if os.environ.get("WFLINT_UPDATE_GOLDEN"):
        file.write_text(said, "utf-8")
    assert said == file.read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_a_report_too(name: str) -> None:
    said = rendered(name, Report((), texts=TEXTS))
    assert said == "" if name == "concise" else said.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_gives_no_commands_and_no_control_characters(name: str) -> None:
    said = rendered(name, hostile(), Style(waived=True))
    ours = re.compile(r"::(error|warning|notice) (file=[^:]*,)?title=[^:,]*::")
    commands = runner_commands(said)
    assert [line for line in commands if name != "github" or not ours.match(line)] == []
    assert not [line for line in said.split("\n") if line.lstrip().startswith("::") and not ours.match(line)]
    raw = {character for character in said if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert raw == {"\n"}
    said.encode("utf-8")


def test_colour_is_the_only_control_in_a_coloured_text() -> None:
    said = rendered("text", hostile(), Style(color=True))
    assert re.sub(r"\x1b\[[0-9;]+m", "", said) == rendered("text", hostile())


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_hostile_text_leaves_json_that_is_json(name: str) -> None:
    assert json.loads(rendered(name, hostile()))


def test_hostile_text_leaves_xml_that_is_xml() -> None:
    root = ElementTree.fromstring(rendered("junit", hostile()))
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
    }
    assert root.get("tests") == str(len(root.findall(".//testcase")))


class Page(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)


def test_hostile_text_adds_no_element_and_no_address_to_the_page() -> None:
    page, harmless = Page(), Page()
    page.feed(rendered("html", hostile()))
    harmless.feed(rendered("html", incomplete()))
    harmless.feed(rendered("html", sample()))
    assert page.tags <= harmless.tags
    assert {name for name, _ in page.attributes} <= {name for name, _ in harmless.attributes}
    assert not [value for name, value in page.attributes if name in {"href", "src"}]
    assert "script" not in page.tags
    policy = [value for name, value in page.attributes if name == "content" and value and "default-src" in value]
    assert policy
    assert "script-src" not in str(policy[0])


def test_hostile_text_is_neither_link_nor_image_nor_html_in_markdown() -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    tokens = [child for token in parser.parse(rendered("markdown", hostile())) for child in token.children or [token]]
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "html_block", "em_open", "fence", "hr"}
    assert {token.content for token in tokens if token.type == "html_inline"} <= {"<!-- -->", "<br>"}


def test_markdown_stops_within_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "BUDGET", 500)
    said = rendered("markdown", sample())
    assert len(said.encode()) < 600
    assert said.endswith("more findings had no room here.\n")


def many(level: Level, number: int) -> tuple[Finding, ...]:
    return tuple(Finding("job-name-missing", level, f"number {each}", at(CI, "build")) for each in range(number))


def test_annotations_beyond_githubs_limit_are_printed_and_counted() -> None:
    report = Report(many("note", 2) + many("error", 12), (), (), RULES, TEXTS)
    lines = rendered("github", report).splitlines()
    commands = [line.split()[0] for line in runner_commands("\n".join(lines))]
    assert commands == ["::error"] * github.MOST_OF_A_LEVEL + ["::notice"] * 2
    assert lines[12].endswith("error: number 10 [job-name-missing]")
    assert lines[14].startswith("2 errors not annotated:")


def test_rdjson_columns_count_bytes() -> None:
    diagnostics = json.loads(rendered("rdjson", sample()))["diagnostics"]
    found = next(one for one in diagnostics if one["code"]["value"] == "timeout-missing")
    assert found["location"]["range"] == {"start": {"line": 8, "column": 15}, "end": {"line": 8, "column": 30}}


def test_gitlab_fingerprints_are_unique() -> None:
    entries = json.loads(rendered("gitlab", Report(many("error", 5), (), hostile().failures, RULES, TEXTS)))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 5 + len(HOSTILE)


def test_jsonl_says_what_json_says() -> None:
    whole = json.loads(rendered("json", incomplete()))
    lines = [json.loads(line) for line in rendered("jsonl", incomplete()).splitlines()]
    assert [line.pop("type") for line in lines] == ["finding"] * 5 + ["failure"] * 2 + ["summary"]
    assert lines[:5] == whole["findings"]
    assert lines[5:7] == whole["failures"]
    assert lines[7] == {"version": 1, **whole["summary"]}


def test_a_fix_is_told_as_edits_that_can_be_made() -> None:
    finding = json.loads(rendered("json", sample()))["findings"][0]
    (edit,) = finding["fix"]["edits"]
    line = TEXTS[edit["path"]].split("\n")[edit["line"] - 1]
    assert line[edit["column"] - 1 : edit["end_column"] - 1] == "actions/checkout@v4"


def test_the_names_of_formats_import_no_format() -> None:
    code = (
        "import sys, wflint.report.formats as f\n"
        "assert not set(f.FORMATS.values()) & set(sys.modules) and 'sarif_om' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parent.parent).returncode == 0


def test_a_name_that_is_no_format_is_misuse() -> None:
    with pytest.raises(UsageError, match="did you mean `sarif`"):
        load("sarfi")
