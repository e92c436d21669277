"""SARIF 2.1.0, as GitHub code scanning reads it.

One run and one category in a file, the gravest results first. What GitHub reads is at
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wflint import __version__
from wflint.report import escape, words
from wflint.report.fingerprint import Fingerprints
from wflint.report.json import array
from wflint.report.report import Report
from wflint.report.sarif_rule import descriptors
from wflint.report.serialise import plain
from wflint.report.sources import Sources
from wflint.report.style import PLAIN, Style
from wflint.rule.finding import Finding, Fix, Location

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""More are rejected; of these, GitHub shows the 5,000 gravest."""
MOST_RELATED = 100
ROOT = "%SRCROOT%"


def render(report: Report, style: Style = PLAIN) -> Iterator[str]:
    """Yield a SARIF log, a result to a line. Waived findings are in it, as suppressed results, if the style says so."""
    import sarif_om as om

    rules = descriptors(report)
    tool = om.Tool(
        driver=om.ToolComponent(
            name="wflint", semantic_version=__version__, information_uri=words.HOME, rules=list(rules.values())
        )
    )
    run = om.Run(
        tool=tool,
        automation_details=om.RunAutomationDetails(id="wflint/"),
        column_kind="unicodeCodePoints",
        invocations=[_invocation(report, list(rules))],
        original_uri_base_ids={
            ROOT: om.ArtifactLocation(description=om.Message(text="The root of the checked repository."))
        },
    )
    log = om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=None)
    # The results are written one by one, so that a large report is never held twice.
    yield f'{escape.dumps(plain(log))[:-1]}, "runs": [{escape.dumps(plain(run))[:-1]}, "results": '
    yield from array(plain(result) for result in _results(report, style, list(rules)))
    yield "}]}\n"


def _results(report: Report, style: Style, rules: list[str]) -> Iterator[Any]:
    """Yield the results; live ones before waived ones."""
    import sarif_om as om

    sources = Sources(report.texts)
    fingerprints = Fingerprints(sources)
    index = {rule: number for number, rule in enumerate(rules)}
    findings = words.gravest_first(report.findings)[:MOST_RESULTS]
    for finding in findings:
        result = _result(finding, index, sources, fingerprints)
        result.suppressions = [] if style.waived else None
        yield result
    for waived in report.waived[: MOST_RESULTS - len(findings)] if style.waived else ():
        result = _result(waived.finding, index, sources, fingerprints)
        kind = "inSource" if waived.by == "ignore" else "external"
        result.suppressions = [om.Suppression(kind=kind, state="accepted", justification=escape.message(waived.reason))]
        yield result


def _result(finding: Finding, index: dict[str, int], sources: Sources, fingerprints: Fingerprints) -> Any:
    import sarif_om as om

    related = finding.related[:MOST_RELATED]
    hashed = fingerprints.of_line(finding)
    rule = escape.printable(finding.rule)
    return om.Result(
        rule_id=rule,
        rule_index=index[rule],
        level=finding.level,
        message=om.Message(text=_message(finding)),
        locations=[_location(finding.location)],
        related_locations=[_location(other.location, number, other.message) for number, other in enumerate(related, 1)]
        or None,
        partial_fingerprints={"primaryLocationLineHash": hashed} if hashed else None,
        fingerprints={"wflint/v1": fingerprints.own(finding)},
        fixes=_fixes(finding.fix, sources),
    )


def _message(finding: Finding) -> str:
    """Return the message as a sentence, and links to the related places: GitHub shows none that is not linked."""
    text = sentence(escape.sarif_text(escape.message(finding.message)))
    links = [
        escape.sarif_link(escape.message(other.message), number)
        for number, other in enumerate(finding.related[:MOST_RELATED], 1)
    ]
    return f"{text} Related: {', '.join(links)}." if links else text


def sentence(text: str) -> str:
    """Return a text that ends with a full stop."""
    return text if text.endswith(".") else f"{text}."


def _location(location: Location, number: int = -1, message: str | None = None) -> Any:
    import sarif_om as om

    return om.Location(
        id=number,
        message=None if message is None else om.Message(text=escape.sarif_text(escape.message(message))),
        physical_location=om.PhysicalLocation(
            artifact_location=_artifact(location.path),
            region=om.Region(
                start_line=location.start.line,
                start_column=location.start.column,
                end_line=location.end.line,
                end_column=location.end.column,
            ),
        ),
    )


def _artifact(path: str) -> Any:
    """Return a file's address: relative to the root, percent-encoded from the bytes of its name."""
    from urllib.parse import quote

    import sarif_om as om

    return om.ArtifactLocation(uri=quote(_bytes(path)), uri_base_id=ROOT)


def _bytes(path: str) -> bytes:
    """Return a name's bytes; a name that was not UTF-8 was read with surrogates for its bytes."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")


def _fixes(fix: Fix | None, sources: Sources) -> list[Any] | None:
    """Return a fix; None when an edit is for a file whose text the report does not have."""
    import sarif_om as om

    changes: dict[str, list[Any]] = {}
    for edit in fix.edits if fix else ():
        where = sources.range(edit)
        if where is None:
            return None
        (line, column), (end_line, end_column) = where
        region = om.Region(start_line=line, start_column=column, end_line=end_line, end_column=end_column)
        content = om.ArtifactContent(text=escape.exact(edit.edit.text))
        changes.setdefault(edit.path, []).append(om.Replacement(deleted_region=region, inserted_content=content))
    if not fix or not changes:
        return None
    artifacts = [
        om.ArtifactChange(artifact_location=_artifact(path), replacements=replacements)
        for path, replacements in changes.items()
    ]
    title = sentence(escape.sarif_text(escape.message(fix.title)))
    return [om.Fix(artifact_changes=artifacts, description=om.Message(text=title), properties={"safe": fix.safe})]


def _invocation(report: Report, rules: list[str]) -> Any:
    """Return whether everything was checked: no rule failed, and none of those findings that tell of unchecked text."""
    import sarif_om as om

    def notification(text: str, path: str | None, rule: str | None) -> Any:
        return om.Notification(
            level="error",
            message=om.Message(text=sentence(escape.sarif_text(escape.message(text)))),
            locations=[om.Location(physical_location=om.PhysicalLocation(artifact_location=_artifact(path)))]
            if path
            else None,
            associated_rule=om.ReportingDescriptorReference(id=rule, index=rules.index(rule))
            if rule in rules
            else None,
        )

    unchecked = [finding for finding in report.findings if finding.level == "error" and _always(report, finding)]
    notifications = [notification(failure.message, failure.path, failure.rule) for failure in report.failures]
    notifications += [notification(finding.message, finding.location.path, finding.rule) for finding in unchecked]
    return om.Invocation(execution_successful=not notifications, tool_execution_notifications=notifications or None)


def _always(report: Report, finding: Finding) -> bool:
    rule = report.rules.get(finding.rule)
    return rule is not None and rule.always
