"""One self-contained page: no scripts, no requests, readable in light and dark."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from wflint.report import snippet, words
from wflint.report.escape import markup, message
from wflint.report.report import Report
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Ink, Style
from wflint.rule.finding import Finding

_STYLE = """
:root { color-scheme: light dark; --line: #8884 }
:root { --error: #c62828; --warning: #9a6700; --note: #0969da; --help: #1a7f37 }
@media (prefers-color-scheme: dark) { :root { --error: #ff7b72; --warning: #e3b341; --note: #79c0ff; --help: #7ee787 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem; overflow-wrap: anywhere }
article { border: 1px solid var(--line); border-left: 4px solid var(--note); border-radius: 4px }
article { margin: 1rem 0; padding: .6rem 1rem }
article.error { border-left-color: var(--error) } article.warning { border-left-color: var(--warning) }
h3 { font-size: 1rem; font-weight: 600; margin: 0; overflow-wrap: anywhere }
pre { overflow-x: auto; margin: .6rem 0 0; font: 13px/1.45 ui-monospace, monospace }
span.error, li.error { color: var(--error) } span.warning { color: var(--warning) } span.note { color: var(--note) }
.help { color: var(--help) } .gutter { opacity: .65 } h3 code { font-weight: 600 }
"""


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield the page: the summary, what failed, the findings by file with their source lines, what was waived."""
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta name="referrer" content="no-referrer">\n<title>wflint: {words.tally(report)}</title>\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>wflint: {words.tally(report)}</h1>\n"
    yield f"<p>{prose(' '.join(words.summary(report)))}</p>\n"
    if report.failures:
        yield "<h2>What could not be checked</h2>\n<ul>\n"
        yield from (f'<li class="error">{markup(words.failed(failure))}</li>\n' for failure in report.failures)
        yield "</ul>\n"
    yield from _findings(report)
    if report.waived:
        yield "<h2>Waived</h2>\n<ul>\n"
        for waived in report.waived:
            finding = waived.finding
            place, told = words.place(finding.location), f"{message(finding.message)} [{finding.rule}]"
            reason = f"{waived.by}: {message(waived.reason)}"
            yield f"<li>{markup(place)}: {markup(told)}. By {markup(reason)}</li>\n"
        yield "</ul>\n"
    yield "</body>\n</html>\n"


def _findings(report: Report) -> Iterator[str]:
    files: dict[str, list[Finding]] = {}
    for finding in report.findings:
        files.setdefault(finding.location.path, []).append(finding)
    sources, pages = Sources(report.texts, report.hidden), words.pages(report.rules)
    for path, findings in files.items():
        yield f"<section>\n<h2>{markup(path)}</h2>\n"
        for finding in findings:
            lines = "\n".join(snippet.body(finding, sources, _paint))
            yield f'<article class="{finding.level}">\n<h3>{_headline(finding, pages)}</h3>\n'
            yield f"<pre>{lines}</pre>\n</article>\n"
        yield "</section>\n"


def _headline(finding: Finding, pages: dict[str, str]) -> str:
    address = pages.get(finding.rule)
    rule = f"<code>{markup(finding.rule)}</code>"
    name = f'<a href="{markup(address)}">{rule}</a>' if address else rule
    return f'<span class="{finding.level}">{finding.level}</span> {prose(message(finding.message))} {name}'


def prose(text: str) -> str:
    """Return printable text with what stands between backticks as code."""
    parts = markup(text).split("`")
    if len(parts) % 2 == 0:
        return markup(text)
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))


def _paint(ink: Ink, text: str) -> str:
    return markup(text) if ink == "plain" else f'<span class="{ink}">{markup(text)}</span>'
