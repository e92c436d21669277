"""Run a rule's examples: what the test suite, the documentation and `wflint policy test` share.

For pytest, one line makes every example of a folder of rules a test case:

```python
test_rules = wflint.testing.cases(Path("rules"))
```
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from wflint.errors import RuleError, WflintError, nearest
from wflint.policy.bind import Bound
from wflint.policy.load import parse_overlay
from wflint.policy.policy import Policy
from wflint.policy.weaker import weaker
from wflint.readers.kinds import kind_of
from wflint.report.report import Report
from wflint.rule.catalogue import Catalogue, load
from wflint.rule.example import Example, File
from wflint.rule.finding import Finding
from wflint.rule.options import build
from wflint.rule.rule import Context, Declared, Rule
from wflint.session import Change, Run, lint
from wflint.source import yaml
from wflint.source.edit import apply
from wflint.source.node import Mapping
from wflint.source.source import Problem, Source

BASE = "base/"
"""Files of an example below this folder are those before the change that the example is."""
TODAY = date(2026, 11, 1)
"""The day on which examples are judged, so that facts with dates give the same answer for ever."""


class Outcome(NamedTuple):
    """What a rule said of an example."""

    report: Report
    problems: tuple[str, ...]
    """What differs from what the example says; empty when it holds."""


def run(rule: Rule, example: Example, catalogue: Catalogue | None = None) -> Outcome:
    """Run an example; the catalogue holds the rules that may run beside it.

    Raises WflintError when its steering lines are no YAML, or name an option or a rule that does not exist.
    """
    known = {**(catalogue or {}), rule.id: rule}
    sources = [_source(name(rule, file), file) for file in example.files]
    policy = _policy(example, sources)
    declared = declare(policy, TODAY)
    options = yaml.parse(Source("options", "file", example.options)).root
    chosen = build(rule.options, options.entries if isinstance(options, Mapping) else {})
    bound = [Bound(rule, "waivable", Context(rule, rule.level, chosen, declared))]
    for other in _beside(example):
        if other not in known:
            raise RuleError(f"there is no rule `{other}`", path=rule.file, hint=nearest(other, known))
        each = known[other]
        bound.append(Bound(each, "waivable", Context(each, each.level, each.options(), declared)))
    change = _change(sources, policy, known)
    sources = [source for source in sources if not source.name.startswith(BASE)]
    run = Run(known, policy, bound, declared)
    report = lint(sources, run, files=[source.name for source in sources], change=change)
    return Outcome(report, tuple(_differences(rule, example, report, catalogue)))


def _change(sources: Sequence[Source], policy: Policy, known: Catalogue) -> Change | None:
    """Return the change that an example with files below `base/` is: those are the files before it."""
    before = {source.name.removeprefix(BASE): source for source in sources if source.name.startswith(BASE)}
    if not before:
        return None
    trusted = parse_overlay(before.get("wflint.yml", Source("wflint.yml", "file", "")))
    return Change(before.get, weaker(trusted, policy, known))


def _policy(example: Example, sources: Sequence[Source]) -> Policy:
    """Return what an example's policy declares, in its steering line or in a file of its own."""
    written = next((source for source in sources if source.name == "wflint.yml"), None)
    return parse_overlay(written or Source("policy", "file", example.policy))


def _beside(example: Example) -> list[str]:
    root = yaml.parse(Source("beside", "file", example.beside)).root
    return [str(each) for each in root.plain()] if root is not None else []


def _source(path: str, file: File) -> Source:
    kind = kind_of(path) or "file"
    if file.unreadable is not None:
        return Source(path, kind, "", Problem("unreadable", file.unreadable))
    return Source(path, kind, file.text)


def declare(policy: Policy, today: date) -> Declared:
    """Return what a policy declares of the repository, on a day."""
    return Declared(policy.data_paths, policy.secrets, policy.external_checks, today)


def name(rule: Rule, file: File) -> str:
    """Return the path of an example's file: as the example says, else a usual one for the rule's target."""
    if file.name is not None:
        return file.name
    if rule.files:
        return rule.files[0].replace("**/", "").replace("*", "example").replace("?", "x")
    return {
        "Action": "action.yml",
        "Dependabot": ".github/dependabot.yml",
        "DependabotUpdate": ".github/dependabot.yml",
        "PreCommit": ".pre-commit-config.yaml",
        "PreCommitRepo": ".pre-commit-config.yaml",
        "Codeowners": ".github/CODEOWNERS",
    }.get(rule.target.__name__, ".github/workflows/example.yml")


def fixed(text: str, path: str, findings: Sequence[Finding]) -> str:
    """Return a file's text with all the fixes of its findings made."""
    edits = [each.edit for finding in findings if finding.fix for each in finding.fix.edits if each.path == path]
    return apply(text, edits)


def _differences(rule: Rule, example: Example, report: Report, catalogue: Catalogue | None) -> list[str]:
    problems = [failure.message for failure in report.failures if failure.rule is not None]
    findings = [finding for finding in report.findings if finding.rule == rule.id]
    for file in example.files:
        path = name(rule, file)
        found = tuple(sorted({f.location.start.line for f in findings if f.location.path == path}))
        if found != file.lines:
            problems.append(f"{path}: findings are expected on {_lines(file.lines)}, found on {_lines(found)}")
    for file in example.fixed:
        path = name(rule, file)
        before = next((each.text for each in example.files if name(rule, each) == path), "")
        after = fixed(before, path, findings)
        if after != file.text:
            problems.append(f"{path}: the fixes make\n{after}\ninstead of\n{file.text}")
        elif any(f.fix for f in run(rule, _after(rule, example), catalogue).report.findings):
            problems.append(f"{path}: what the fixes make is to be fixed again")
    return problems


def _after(rule: Rule, example: Example) -> Example:
    """Return the example with its fixed files in the place of the broken ones, and nothing expected of it."""
    fixed_files = {name(rule, file): file for file in example.fixed}
    files = tuple(fixed_files.get(name(rule, file), file) for file in example.files)
    return example._replace(files=files, fixed=())


def _lines(numbers: Sequence[int]) -> str:
    return ("line " if len(numbers) == 1 else "lines ") + ", ".join(map(str, numbers)) if numbers else "no line"


def problems(rule: Rule, catalogue: Catalogue | None = None) -> list[str]:
    """Return everything that is wrong with a rule's examples."""
    try:
        examples = rule.examples
        found = [problem for example in examples for problem in run(rule, example, catalogue).problems]
    except (ValueError, WflintError) as wrong:
        return [str(wrong)]
    for outcome in ("fails", "passes"):
        if not any(example.outcome == outcome for example in examples):
            found.append(f"no example {outcome}: a rule shows one of each at least")
    return found


def cases(folder: Any) -> Any:
    """Return a pytest test that runs every rule of a folder over its examples."""
    import pytest

    catalogue = load([folder])

    @pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in catalogue.values()])
    def test(rule: Rule) -> None:
        wrong = problems(rule, catalogue)
        assert not wrong, "\n".join(wrong)  # noqa: S101

    return test
