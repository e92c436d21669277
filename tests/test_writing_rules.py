"""The page about writing rules does what it says: its files are written, its commands run, its tables hold."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Wflint

from wflint.rule.declarative import jsonpath
from wflint.rule.declarative.formats import FORMATS
from wflint.rule.declarative.load import KEYS
from wflint.rule.declarative.message import BUILT_IN
from wflint.rule.declarative.schema import KEYWORDS
from wflint.rule.declarative.selector import Selector
from wflint.rule.declarative.target import TARGETS
from wflint.source import yaml
from wflint.source.source import Source

PAGE = (Path(__file__).parent.parent / "docs" / "writing-rules.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^`(?P<name>\S+)`:\n\n```\w+\n(?P<text>.*?)^```$|^```console\n(?P<console>.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"^\$ wflint (?P<words>.*)\n(?P<said>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def table(heading: str) -> list[list[str]]:
    """Return the cells of the first table after a text."""
    rows = PAGE.partition(heading)[2].split("\n\n|", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\|)\|(?!\|)", row.strip("|"))] for row in rows]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def uncounted(said: str) -> str:
    """Return an output without the size of packs: it counts the rules that are always on."""
    return re.sub(r"\(\d+ rules\)", "(rules)", said)


def test_every_file_and_command_of_the_page(wflint: Wflint) -> None:
    commands = 0
    for block in BLOCK.finditer(PAGE):
        if block["name"]:
            wflint.write({block["name"]: block["text"]})
            continue
        for command in COMMAND.finditer(block["console"]):
            commands += 1
            outcome = wflint.run(*command["words"].split())
            assert uncounted(outcome.stdout) == uncounted(command["said"]), f"{command['words']}\n{outcome.stderr}"
    assert commands == PAGE.count("\n$ wflint")


def test_every_path_of_the_page_finds_what_it_says() -> None:
    [written] = [block["text"] for block in BLOCK.finditer(PAGE) if block["name"] == ".github/workflows/ci.yml"]
    root = yaml.parse(Source("ci.yml", "workflow", written)).root
    assert root is not None
    for path, found in table("these paths find"):
        [text] = words(path)
        assert [str(node.plain()) for node in Selector(jsonpath.parse(text)).find([root])] == words(found), path


def test_the_page_names_all_that_there_is() -> None:
    assert [words(row[0])[0] for row in table("what `$` is")] == [*TARGETS, "{file: GLOB}"]
    assert [words(row[0])[0] for row in table("`format` knows")] == list(FORMATS)
    assert [words(row[0])[0] for row in table("## The message")] == [f"{{{name}}}" for name in (*BUILT_IN, "NAME")]
    assert [words(row[0])[0] for row in table("## All keys")] == list(KEYS)
    keywords = PAGE.partition("The keywords are those of JSON Schema:")[2].partition("A schema may be")[0]
    assert sorted(words(keywords)) == sorted(KEYWORDS)
