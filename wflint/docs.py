"""A rule's page, made from the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from wflint.report import snippet
from wflint.report.sources import Sources
from wflint.report.style import PLAIN
from wflint.rule.catalogue import Catalogue
from wflint.rule.options import Option, describe
from wflint.rule.rule import Rule
from wflint.testing import run

GENERATED = "<!-- Generated from `{file}` by `python -m wflint.docs`. Edit the rule, not this page. -->"

_FENCE = re.compile(r"^```(\w+) (fails|passes|fixed)$", re.MULTILINE)
_SAYS = {"fails": "Reported:", "passes": "Fine:", "fixed": "Fixed:"}


def page(rule: Rule, catalogue: Catalogue) -> str:
    """Return a rule's page, in Markdown."""
    facts = [f"`{rule.level}`", rule.topic, *(f"`{tag}`" for tag in rule.tags)]
    parts = [f"# {rule.id}", f"{rule.title}.", " · ".join(facts), readable(rule.docs)]
    options = describe(rule.options)
    if options:
        parts += ["## Options", "\n".join(map(_option, options))]
    parts += ["## What it reports", f"```text\n{says(rule, catalogue)}\n```"]
    return "\n\n".join(parts) + "\n"


def readable(docs: str) -> str:
    """Return a rule's docs with its examples introduced in words instead of marks."""
    return _FENCE.sub(lambda match: f"{_SAYS[match[2]]}\n\n```{match[1]}", docs)


def says(rule: Rule, catalogue: Catalogue) -> str:
    """Return what the rule prints for its first failing example."""
    example = next(example for example in rule.examples if example.outcome == "fails")
    report = run(rule, example, catalogue).report
    sources = Sources(report.texts, report.hidden)
    shown = (
        [snippet.headline(each, PLAIN.paint), *snippet.body(each, sources, PLAIN.paint)] for each in report.findings
    )
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in shown)


def index(rules: Iterable[Rule]) -> str:
    """Return the list of all rules, in Markdown."""
    topics: dict[str, list[Rule]] = {}
    for rule in rules:
        topics.setdefault(rule.topic, []).append(rule)
    parts = ["# Rules"]
    for topic in sorted(topics):
        rows = [f"| [{r.id}]({r.id}.md) | {r.level} | {r.title} |" for r in sorted(topics[topic], key=lambda r: r.id)]
        parts += [f"## {topic}", "\n".join(["| rule | level | |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def write(catalogue: Catalogue, folder: Path) -> dict[Path, str]:
    """Return what every generated page is to hold, by its file."""
    files = {folder / "README.md": f"{GENERATED.format(file='rules/')}\n{index(catalogue.values())}"}
    for rule in catalogue.values():
        source = f"rules/{rule.topic}/{Path(rule.file).name}"
        files[folder / f"{rule.id}.md"] = f"{GENERATED.format(file=source)}\n{page(rule, catalogue)}"
    return files


def _option(option: Option) -> str:
    default = f", default `{_value(option.default)}`" if option.default not in (None, "", (), {}) else ""
    return f"- `{option.name}` ({option.type}{default}): {option.docs}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def main() -> None:
    """Write `docs/rules/` anew, from the checkout's rules."""
    from wflint.bundled import bundled
    from wflint.rule.catalogue import load

    rules = bundled("rules")
    folder = rules.parent / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    pages = write(load([rules]), folder)
    for stale in set(folder.glob("*.md")) - set(pages):
        stale.unlink()
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
