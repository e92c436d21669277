"""The graph on one self-contained page, with the findings below it: no scripts, no requests."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from wflint.analysis.graph import Graph
from wflint.report import words
from wflint.report.escape import markup, message
from wflint.report.graph.marks import Mark
from wflint.report.graph.svg import STYLE as DRAWING
from wflint.report.graph.svg import drawing
from wflint.report.html import prose
from wflint.report.report import Report
from wflint.rule.finding import Finding

_STYLE = """
:root { color-scheme: light dark; --error: #c62828; --warning: #9a6700; --note: #0969da; --line: #8884 }
@media (prefers-color-scheme: dark) { :root { --error: #ff7b72; --warning: #e3b341; --note: #79c0ff } }
@media (prefers-color-scheme: dark) { body { background: #0d1117 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem } h1 { font-size: 1.5rem; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin-top: 2rem } h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; overflow-wrap: anywhere }
main { overflow-x: auto } ul { margin: 0; padding-left: 1.2rem } li { margin: .2rem 0; overflow-wrap: anywhere }
.error { color: var(--error) } .warning { color: var(--warning) } .note { color: var(--note) }
.place { opacity: .7; font-size: .9em } code { font: .9em ui-monospace, monospace }
h3:target, g:target > rect { outline: 2px solid var(--note); outline-offset: 3px }
"""


def render(graph: Graph, marks: Mapping[str, Mark], report: Report, rest: Iterable[Finding]) -> Iterator[str]:
    """Yield the page; `rest` are the findings that stand in no workflow."""
    digests = " ".join(f"'sha256-{_digest(style)}'" for style in (_STYLE, DRAWING))
    policy = f"default-src 'none'; style-src {digests}; base-uri 'none'; form-action 'none'"
    anchors = {id: f"f{id}" for id in marks}
    jobs = sum(len(group.jobs) for group in graph.groups)
    heading = f"{words.counted(len(graph.groups), 'workflow')}, {words.counted(jobs, 'job')}: {words.tally(report)}"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta name="referrer" content="no-referrer">\n<title>wflint: {heading}</title>\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{heading}</h1>\n<main>\n"
    yield from drawing(graph, marks, anchors)
    yield "</main>\n"
    yield from _findings(graph, marks, anchors, report, list(rest))
    yield "</body>\n</html>\n"


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def _findings(
    graph: Graph, marks: Mapping[str, Mark], anchors: Mapping[str, str], report: Report, rest: list[Finding]
) -> Iterator[str]:
    pages = words.pages(report.rules)
    if report.failures:
        yield "<h2>What could not be checked</h2>\n<ul>\n"
        yield from (f'<li class="error">{markup(words.failed(failure))}</li>\n' for failure in report.failures)
        yield "</ul>\n"
    if report.findings:
        yield "<h2>Findings</h2>\n"
    for group in graph.groups:
        for node in group.nodes:
            if (mark := marks.get(node.id)) is not None:
                what = f"{group.title} / {node.title}" if node.kind == "job" else group.title
                back = group.id
                yield f'<h3 id="{anchors[node.id]}"><a href="#{back}">{markup(message(what))}</a></h3>\n'
                yield from _list(mark.findings, pages)
    if rest:
        yield "<h3>Elsewhere</h3>\n"
        yield from _list(rest, pages)


def _list(findings: Iterable[Finding], pages: Mapping[str, str]) -> Iterator[str]:
    yield "<ul>\n"
    for finding in words.gravest_first(findings):
        rule = f"<code>{markup(finding.rule)}</code>"
        address = pages.get(finding.rule)
        name = f'<a href="{markup(address)}">{rule}</a>' if address else rule
        yield f'<li><span class="{finding.level}">{finding.level}</span> {prose(message(finding.message))} {name} '
        yield f'<span class="place">{markup(words.place(finding.location))}</span></li>\n'
    yield "</ul>\n"
