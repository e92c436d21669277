"""Rules as SARIF describes them. Nothing of a single result goes in here: GitHub keeps one text per rule."""

from __future__ import annotations

from typing import Any

from wflint.report import escape, words
from wflint.report.report import Report
from wflint.rule.example import without_marks
from wflint.rule.rule import Rule
from wflint.rule.shelf import whole

LONGEST_DESCRIPTION = 1024
MOST_TAGS = 10
_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}


def descriptors(report: Report) -> dict[str, Any]:
    """Return sarif-om's descriptor of every rule of the run by printable id, in order of ids.

    A finding's rule that the report does not describe is described by its id.
    """
    pages = words.pages(report.rules)
    found = {finding.rule for finding in report.findings} | {waived.finding.rule for waived in report.waived}
    return {
        escape.printable(rule): _described(report.rules[rule], pages.get(rule))
        if rule in report.rules
        else _unknown(rule)
        for rule in sorted(found | set(report.rules))
    }


def _described(rule: Rule, address: str | None) -> Any:
    import sarif_om as om

    docs = escape.paragraphs(without_marks(rule.docs)).strip()
    link = f"\n\n[{escape.printable(rule.id)}]({address})" if address else ""
    help_text = f"{docs or _title(rule)}{_options(rule)}"
    properties: dict[str, Any] = {"tags": _tags(rule), "problem.severity": _SEVERITY[rule.level]}
    if rule.security_severity is not None:
        properties["security-severity"] = f"{rule.security_severity:.1f}"
    return om.ReportingDescriptor(
        id=escape.printable(rule.id),
        short_description=om.MultiformatMessageString(text=_title(rule)),
        full_description=om.MultiformatMessageString(text=_description(rule, docs)),
        help=om.MultiformatMessageString(text=help_text, markdown=f"{help_text}{link}"),
        help_uri=address,
        default_configuration=om.ReportingConfiguration(level=rule.level),
        properties=properties,
    )


def _unknown(rule: str) -> Any:
    import sarif_om as om

    text = om.MultiformatMessageString(text=f"{escape.message(rule)}.")
    return om.ReportingDescriptor(
        id=escape.printable(rule), short_description=text, full_description=text, help=text, properties={"tags": []}
    )


def _title(rule: Rule) -> str:
    title = escape.clipped(escape.printable(rule.title), LONGEST_DESCRIPTION - 1)
    return title if title.endswith(".") else f"{title}."


def _description(rule: Rule, docs: str) -> str:
    """Return the first paragraph of the documentation on one line; the title if there is none before an example."""
    first = " ".join(docs.partition("\n\n")[0].split())
    text = _title(rule) if not first or first.startswith(("```", "#")) else first
    return escape.clipped(text if text.endswith(".") else f"{text}.", LONGEST_DESCRIPTION)


def _options(rule: Rule) -> str:
    """Return a list of the options with their defaults."""
    options = whole(rule).options
    defaults = options._field_defaults
    lines = []
    for name in options._fields:
        shown = f": {escape.code_span(_default(defaults[name]))} unless set" if name in defaults else ""
        lines.append(f"- {escape.code_span(name.rstrip('_').replace('_', '-'))}{shown}")
    return "\n\nOptions:\n\n" + "\n".join(lines) if lines else ""


def _default(value: Any) -> str:
    from json import dumps

    return dumps(sorted(value) if isinstance(value, frozenset | set) else value, ensure_ascii=False, default=str)


def _tags(rule: Rule) -> list[str]:
    security = ["security"] if rule.security_severity is not None or "security" in rule.tags else []
    unique = dict.fromkeys([*security, *(escape.printable(tag) for tag in rule.tags)])
    return list(unique)[:MOST_TAGS]
