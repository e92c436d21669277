"""`wflint graph`: a repository as a graph, in words and drawn."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import BUNDLE, TODAY, Outcome, Wflint
from hypothesis import given, settings
from hypothesis import strategies as st
from made_settings import checks, ruleset

from wflint.analysis.graph import Graph, graph
from wflint.analysis.repository import Repository
from wflint.report.graph import html, svg
from wflint.report.graph.boxes import Box
from wflint.report.graph.layers import columns
from wflint.report.graph.layout import Panel, layout
from wflint.report.graph.measure import fitted, width
from wflint.report.report import Report
from wflint.source.source import Source
from wflint.source.yaml import parse

GOLDEN = Path(__file__).parent / "golden" / "graph"
SVG = "{http://www.w3.org/2000/svg}"
CI = """\
name: CI
on:
  push: {branches: [main]}
  pull_request:
jobs:
  build:
    name: Build
    runs-on: ubuntu-latest
    strategy: {matrix: {python: ["3.11", "3.12"]}}
    steps: []
  lint:
    uses: ./.github/workflows/lint.yml
  gate:
    needs: [build, lint]
    if: ${{ always() }}
    runs-on: ubuntu-latest
    steps: []
"""
LINT = "on: workflow_call\njobs:\n  ruff:\n    runs-on: ubuntu-latest\n    steps: []\n"
DEPLOY = """\
name: Deploy
on:
  workflow_run: {workflows: [CI], types: [completed]}
jobs:
  ship:
    runs-on: ubuntu-latest
    environment: Prod
    steps:
      - uses: some/action@v1
"""
SNAPSHOT = {
    "wflint-snapshot": 1,
    "repository": "o/r",
    "sections": {
        "repository": {"status": 200, "body": {"full_name": "o/r", "name": "r", "default_branch": "main"}},
        "rulesets": {"status": 200, "body": [ruleset(checks("gate", "lint / ruff", "missing", "license/cla"))]},
        "environments": {
            "status": 200,
            "body": {
                "total_count": 1,
                "environments": [
                    {
                        "name": "prod",
                        "protection_rules": [
                            {"type": "wait_timer", "wait_timer": 30},
                            {
                                "type": "required_reviewers",
                                "reviewers": [{"type": "Team", "reviewer": {"slug": "ops", "id": 1}}],
                            },
                        ],
                        "deployment_branch_policy": {"protected_branches": True, "custom_branch_policies": False},
                    }
                ],
            },
        },
    },
}
FILES = {
    ".github/workflows/ci.yml": CI,
    ".github/workflows/deploy.yml": DEPLOY,
    ".github/workflows/lint.yml": LINT,
    ".github/wflint-settings.json": json.dumps(SNAPSHOT),
}
HOSTILE = "</title><script>alert(1)</script>\"'&lt; ]]> 1. x #35; }}%%{init}%% \\N ```\u202e\x1b::error::##[group]"


def made(files: Mapping[str, str]) -> Graph:
    kinds = {name: "workflow" if "workflows/" in name else "settings" for name in files}
    return graph(Repository([parse(Source(name, kinds[name], text)) for name, text in files.items()]))  # type: ignore[arg-type]


def drawn(wflint: Wflint, form: str, *arguments: str) -> Outcome:
    own = ("--bundle", str(BUNDLE), "--policy", "made", "--today", TODAY)
    return wflint.run("graph", "--format", form, *own, *arguments)


def golden(name: str, said: str) -> None:
    """Compare with the file of this name, or write it when WFLINT_UPDATE_GOLDEN is set."""
    file = GOLDEN / name
    if os.environ.get("WFLINT_UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_what_other_programs_draw(wflint: Wflint, form: str) -> None:
    wflint.write(FILES)
    outcome = drawn(wflint, form)
    assert (outcome.code, outcome.stderr) == (0, "")
    golden(f"small.{form}", outcome.stdout)


def test_the_graph_of_a_repository() -> None:
    found = made(FILES)
    titles = {node.id: node.title for node in found.nodes} | {group.events.id: group.title for group in found.groups}
    links = {(edge.kind, titles[edge.source], titles[edge.target]) for edge in found.edges}
    assert links == {
        ("starts", "CI", "Build"),
        ("starts", "CI", "lint"),
        ("needs", "Build", "gate"),
        ("needs", "lint", "gate"),
        ("calls", "lint", "lint.yml"),
        ("follows", "CI", "Deploy"),
        ("starts", "Deploy", "ship"),
        ("starts", "lint.yml", "ruff"),
        ("deploys", "ship", "Prod"),
        ("reports", "gate", "gate"),
        ("reports", "ruff", "lint / ruff"),
    }
    (prod,) = found.environments
    assert prod.details == ("approved by the team ops", "waits 30 minutes", "protected branches only")
    assert {check.title: (check.details, check.is_open) for check in found.checks} == {
        "gate": ((), False),
        "lint / ruff": ((), False),
        "missing": (("no job reports it",), True),
        "license/cla": (("reported from elsewhere",), False),
    }


@pytest.mark.parametrize(
    ("sections", "details", "is_open"),
    [
        ({}, (), False),
        (
            {"environments": {"total_count": 0, "environments": []}},
            ("it does not exist, and nothing will protect it",),
            True,
        ),
        ({"environments": {"total_count": 2, "environments": []}}, (), False),
        (
            {
                "environments": {
                    "total_count": 1,
                    "environments": [{"name": "PROD", "protection_rules": [], "deployment_branch_policy": None}],
                }
            },
            ("nothing protects it",),
            True,
        ),
    ],
)
def test_what_is_known_of_an_environment(sections: dict[str, object], details: tuple[str, ...], is_open: bool) -> None:
    snapshot = {
        "wflint-snapshot": 1,
        "sections": {name: {"status": 200, "body": body} for name, body in sections.items()},
    }
    (prod,) = made({**FILES, ".github/wflint-settings.json": json.dumps(snapshot)}).environments
    assert (prod.details, prod.is_open) == (details, is_open)


def test_without_settings_nothing_is_said_of_them() -> None:
    found = made({name: text for name, text in FILES.items() if "workflows/" in name})
    assert found.checks == ()
    assert found.environments[0].details == ()


def test_findings_are_marked_on_their_job(wflint: Wflint) -> None:
    wflint.write(FILES)
    page = drawn(wflint, "html").stdout
    tree = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    marked = {
        box.findall(f"{SVG}text")[0].text: link.get("href")
        for box in tree.iter(f"{SVG}g")
        for link in box.findall(f"{SVG}a")
        if (link.get("href") or "").startswith("#f")
    }
    assert "ship" in marked
    for target in marked.values():
        assert f'id="{str(target)[1:]}"' in page
    assert drawn(wflint, "html", "--no-findings").stdout.count("#f") < page.count("#f")
    assert "tagged-action" in page


def test_a_page_that_asks_for_nothing(wflint: Wflint) -> None:
    wflint.write(FILES)
    page = drawn(wflint, "html").stdout
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert len(re.findall(r"<style>", page)) == policy[1].count("sha256-")
    assert not re.search(r"<script|<img|<link|<iframe|\bon\w+=|style=|javascript:|@import|url\((?!#)", page)
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)


def test_a_picture_is_whole_and_names_everything(wflint: Wflint) -> None:
    wflint.write(FILES)
    outcome = drawn(wflint, "svg", "--output", "graph.svg")
    assert (outcome.code, outcome.stdout) == (0, "")
    tree = ElementTree.parse("graph.svg").getroot()
    assert tree.tag == f"{SVG}svg"
    texts = [each.text for each in tree.iter(f"{SVG}text")]
    for expected in (
        "Build",
        "build · matrix of 2",
        "if always()",
        "calls lint.yml",
        "deploys to Prod",
        "required: gate",
    ):
        assert expected in texts


@pytest.mark.parametrize("form", ["mermaid", "dot", "svg", "html"])
def test_names_of_strangers(wflint: Wflint, form: str) -> None:
    name = json.dumps(HOSTILE)
    job = f"    name: {name}\n    runs-on: x\n    environment: {name}\n    if: {name}\n    steps: []\n"
    text = f"name: {name}\non: {{push: {{branches: [{name}]}}}}\njobs:\n  end:\n{job}  {name}:\n{job}    needs: end\n"
    required = json.dumps(ruleset(checks(HOSTILE)))
    wflint.write({'.github/workflows/<b>&".yml': text, ".github/rulesets/main.json": required})
    outcome = drawn(wflint, form)
    assert outcome.code == 0
    said = outcome.stdout
    assert "\x1b" not in said
    assert "\u202e" not in said
    if form in ("svg", "html"):
        assert "<script" not in said
        ElementTree.fromstring(said[said.index("<svg") : said.index("</svg>") + 6])
    if form == "mermaid":
        labels = [label for line in said.splitlines() for label in re.findall(r'"(.*?)"', line)]
        assert labels
        for label in labels:
            assert not re.search(r"[<>`*{}\[\]\\%]|&|::", label.replace("<br/>", ""))
    if form == "dot":
        for label in re.findall(r'label="((?:[^"\\]|\\.)*)"', said):
            assert re.sub(r'\\["\\n]', "", label).count("\\") == 0


@pytest.mark.parametrize("form", ["mermaid", "dot", "svg", "html"])
def test_nothing_to_draw(wflint: Wflint, form: str) -> None:
    outcome = drawn(wflint, form)
    assert outcome.code == 0
    assert "there are no workflows here" in outcome.stderr
    assert outcome.stdout


def test_a_file_that_cannot_be_read_is_told(wflint: Wflint) -> None:
    wflint.write({**FILES, ".github/workflows/bad.yml": b"\xff\xfe\x00"})
    outcome = drawn(wflint, "svg")
    assert (outcome.code, "bad.yml" in outcome.stderr) == (3, True)


def test_one_workflow_alone(wflint: Wflint) -> None:
    wflint.write(FILES)
    outcome = drawn(wflint, "mermaid", ".github/workflows/deploy.yml")
    assert "ship" in outcome.stdout
    assert "Build" not in outcome.stdout


NAMES = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def workflows(draw: st.DrawFn) -> str:
    """Return a workflow of jobs that need one another in all ways, in circles too."""
    count = draw(st.integers(1, 12))
    jobs = {
        f"j{number}": {
            "name": draw(NAMES),
            "needs": [f"j{other}" for other in draw(st.lists(st.integers(0, 12), max_size=4))],
            "runs-on": "x",
            "environment": draw(NAMES),
        }
        for number in range(count)
    }
    return json.dumps({"name": draw(NAMES), "on": {"push": None}, "jobs": jobs})


def apart(one: Box | Panel, other: Box | Panel) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + one.height <= other.y or other.y + other.height <= one.y


@settings(max_examples=60, deadline=None)
@given(st.lists(workflows(), min_size=1, max_size=4))
def test_no_box_lies_on_another_and_none_sticks_out(texts: list[str]) -> None:
    found = made({f".github/workflows/{number}.yml": text for number, text in enumerate(texts)})
    picture = layout(found, {})
    assert all(apart(one, other) for one, other in combinations(picture.panels, 2))
    for panel in picture.panels:
        assert panel.x >= 0
        assert panel.y >= 0
        assert panel.x + panel.width <= picture.width
        assert panel.y + panel.height <= picture.height
        assert all(apart(one, other) for one, other in combinations(panel.boxes, 2))
        for box in panel.boxes:
            assert panel.x < box.x
            assert panel.y < box.y
            assert box.x + box.width < panel.x + panel.width
            assert box.y + box.height < panel.y + panel.height
            assert all(width(line, bold=index == 0) <= box.width for index, line in enumerate(box.lines))
    assert sum(len(panel.boxes) for panel in picture.panels) == len(list(found.nodes)) - len(found.groups)
    ElementTree.fromstring("".join(svg.render(found, {})))
    page = "".join(html.render(found, {}, Report(()), ()))
    assert "<script" not in page


def test_many_jobs_that_need_the_same_are_one_bundle() -> None:
    jobs = {"first": {"runs-on": "x"}, "last": {"runs-on": "x", "needs": [f"j{number}" for number in range(9)]}}
    jobs |= {f"j{number}": {"runs-on": "x", "needs": "first"} for number in range(9)}
    (panel,) = layout(made({".github/workflows/a.yml": json.dumps({"on": "push", "jobs": jobs})}), {}).panels
    (frame,) = panel.frames
    assert (len(panel.boxes), len(panel.links)) == (11, 2)
    inside = [box for box in panel.boxes if frame.x < box.x and box.x + box.width < frame.x + frame.width]
    assert len(inside) == 9
    assert all(frame.y < box.y and box.y + box.height < frame.y + frame.height for box in inside)


def test_jobs_come_after_those_they_need() -> None:
    links = [("a", "c"), ("b", "c"), ("c", "d"), ("a", "d"), ("x", "y"), ("y", "x"), ("y", "z")]
    assert columns(list("abcdxyz"), links) == [["a", "b"], ["c"], ["d"], ["x", "y", "z"]]


@given(NAMES, st.integers(20, 300))
def test_what_is_cut_fits(text: str, most: int) -> None:
    cut = fitted(text, most)
    assert width(cut) <= most
    assert cut == text or cut.endswith("…")
