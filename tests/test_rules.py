"""Every rule does what its file says, and says it well."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from wflint import docs, testing
from wflint.bundled import bundled
from wflint.rule.catalogue import files, load
from wflint.rule.options import describe
from wflint.rule.rule import Rule

CATALOGUE = load([bundled("rules")])
RULES = [pytest.param(rule, id=rule.id) for rule in CATALOGUE.values()]
PAGES = bundled("rules").parent / "docs" / "rules"

test_examples = testing.cases(bundled("rules"))


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_named_and_described_as_the_catalogue_asks(rule: Rule) -> None:
    assert not rule.id.startswith(("no-", "require-")), "an id says what is wrong"
    assert len(rule.title) <= 90
    assert rule.tags, "a rule has tags"
    assert len(rule.docs.split("```")[0]) > 40, "a rule says why before it shows an example"
    for option in describe(rule.options):
        assert option.docs, f"the option `{option.name}` has no docstring"


@pytest.mark.parametrize("rule", RULES)
def test_security_rules_carry_what_code_scanning_shows(rule: Rule) -> None:
    assert ("security" in rule.tags) == (rule.security_severity is not None)


@pytest.mark.parametrize("file", [pytest.param(f, id=f.stem) for f in files(bundled("rules")) if f.suffix == ".py"])
def test_rule_imports_the_api_and_the_standard_library_only(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    assert all(name == "wflint.api" or name.split(".")[0] in sys.stdlib_module_names for name in imported), imported


def test_pages_are_current() -> None:
    """`python -m wflint.docs` writes them."""
    pages = docs.write(CATALOGUE, PAGES)
    assert set(PAGES.glob("*.md")) == set(pages)
    for file, text in pages.items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name} is stale"
