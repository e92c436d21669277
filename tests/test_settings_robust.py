"""Whatever a settings file holds, it is read without an error, and what it says stands where it is said to stand."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from made_settings import checks, document, put, refs, reviews, ruleset, settings
from test_settings_classic import ANSWER, GRAPHQL
from test_settings_files import APP, ASF, PLAN, PROW, SNAPSHOT
from test_settings_rulesets import BRANCH_RULES

from wflint.analysis.repository import Repository
from wflint.facts.settings import fields as facts
from wflint.facts.settings import graphql_rule, rule_types
from wflint.settings.actor import Actor
from wflint.settings.effective import weakened
from wflint.settings.gather import gather_each
from wflint.settings.loaders.rest import READERS
from wflint.settings.targets import EnvironmentProtection, ProtectedRef, Protection
from wflint.settings.value import Setting
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.node import Node
from wflint.source.source import Source

KEYS = sorted(
    {
        part.removesuffix("[]")
        for section in ("branch_protection", "ruleset", "repository", "environments")
        for path in facts(section)
        for part in path.split(".")
    }
    | set(graphql_rule())
    | set(READERS)
    | {
        *(
            "type",
            "parameters",
            "ruleset_id",
            "branch",
            "main",
            "protection",
            "branches",
            "github",
            "rulesets",
            "state",
        ),
        *(
            "protected_branches",
            "planned_values",
            "root_module",
            "resources",
            "values",
            "version_id",
            "_extends",
            "orgs",
        ),
        *("branch-protection", "repos", "protect", "wflint-snapshot", "sections", "status", "body", "data", "nodes"),
        *("required_status_checks", "context", "integration_id", "refs", "includes", "secrets", "variables", "config"),
        *(
            "allowed_merge_methods",
            "dismissal_restriction",
            "required_reviewers",
            "environments/x/secrets",
            "rules/branches/x",
        ),
        *("bypass_teams", "workflows", "code_scanning_tools", "enabled_merge_buttons", "labels", "teams", "events"),
    }
    - {""}
)
WORDS = sorted(
    {
        *rule_types(),
        *(
            "main",
            "~ALL",
            "~DEFAULT_BRANCH",
            "refs/heads/*",
            "active",
            "enabled",
            "disabled",
            "evaluate",
            "branch",
            "tag",
        ),
        *(
            "Team",
            "User",
            "RepositoryRole",
            "always",
            "pull_request",
            "wait_timer",
            "required_reviewers",
            "a:1",
            "/bot",
        ),
        *("github_branch_protection", "github_branch_protection_v3", "github_repository_ruleset", "github_repository"),
        *("github_repository_environment", "github_repository_webhook", "squash", "", "[", "o/r", "ü"),
    }
)
SCALARS = st.none() | st.booleans() | st.integers(-2, 12) | st.sampled_from(WORDS) | st.floats(0, 1)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
NAMES = ("x.json", ".github/settings.yml", ".asf.yaml", "config.yaml")


TOLD_OTHERWISE = ("public", "private", "protected", "selected", "0", "1")
"""Words of the model's own, for what a boolean or a list tells in some format."""


def found_in(value: object, seen: set[int]) -> Iterator[Setting[Any]]:
    """Yield every setting in a part of the model."""
    if id(value) in seen or isinstance(value, Document):
        return
    seen.add(id(value))
    if isinstance(value, Setting):
        yield value
        yield from found_in(value.value, seen)
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        for item in value:
            yield from found_in(item, seen)
    elif is_dataclass(value):
        for field in fields(value):
            yield from found_in(getattr(value, field.name), seen)


def agrees(setting: Setting[Any], text: str) -> bool:
    """Tell whether a text says what a setting says: as it is, as its opposite, as a word, or as a rule's type."""
    if isinstance(setting.value, bool):
        word = text.strip('"')
        return word.lower() in ("true", "false", "yes", "no", "0", "1") or word in (*rule_types(), *WORDS)
    if isinstance(setting.value, int):
        return text.strip('"') == str(setting.value)
    if isinstance(setting.value, str):
        said = json.loads(text) if text.startswith('"') else text
        return said.lower() in (setting.value.lower(), "enabled") or setting.value in TOLD_OTHERWISE
    return True


SAMPLES: list[tuple[str, Any]] = [
    ("x.json", ruleset("deletion", reviews(2), checks("a", {"context": "b", "integration_id": 5}))),
    ("x.json", put(required_pull_request_reviews={}, required_status_checks={"strict": True, "contexts": ["a"]})),
    ("x.json", ANSWER),
    ("x.json", {"data": {"repository": {"branchProtectionRules": {"nodes": [GRAPHQL]}}}}),
    ("x.json", BRANCH_RULES),
    ("x.json", SNAPSHOT),
    ("x.json", PLAN),
    (".github/settings.yml", yaml.parse(Source("x", "settings", APP)).root),
    (".asf.yaml", yaml.parse(Source("x", "settings", ASF)).root),
    ("config.yaml", yaml.parse(Source("x", "settings", PROW)).root),
]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, object]:
    """Return a good file with a few of its values replaced by others."""
    name, sample = draw(st.sampled_from(SAMPLES))
    tree = json.loads(json.dumps(sample.plain() if isinstance(sample, Node) else sample))
    for _ in range(draw(st.integers(0, 4))):
        places = list(holders(tree))
        holder, key = draw(st.sampled_from(places)) if places else ({}, "x")
        holder[key] = draw(TREES)
    return name, tree


def holders(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each list or mapping of a tree with each of its indexes or keys."""
    stack = [tree]
    while stack:
        one = stack.pop()
        pairs = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        for key, value in pairs:
            yield one, key
            stack.append(value)


@given(damaged() | st.tuples(st.sampled_from(NAMES), TREES))
def test_any_file_is_read(file: tuple[str, object]) -> None:
    name, tree = file
    one = document(json.dumps(tree), name)
    for each in gather_each([one]):
        for setting in found_in(each, set()):
            assert (setting.place is not None) or not setting.known
            if setting.is_set and setting.place is not None:
                start, end = setting.place.span
                assert agrees(setting, setting.place.document.text[start:end]), setting
        for ref in ProtectedRef.of(each, Repository([])):
            weakened(each, ref.ref, Actor("repository-admin", each.place))


@given(st.lists(TREES, min_size=2, max_size=4))
def test_any_files_together(trees: list[object]) -> None:
    repository = Repository([document(json.dumps(tree), f"{index}.json") for index, tree in enumerate(trees)])
    assert all(ref.place for ref in ProtectedRef.each(repository))
    assert all(one.place for one in Protection.each(repository))
    assert all(one.place for one in EnvironmentProtection.each(repository))


PROTECTIONS = st.dictionaries(
    st.sampled_from(sorted(path for path in facts("branch_protection") if "." not in path)), TREES
)


@given(PROTECTIONS)
def test_any_protection(protection: dict[str, object]) -> None:
    found = settings({"branch": "main", "enforce_admins": True, **protection})
    assert found.policies[0].kind == "classic"


def test_a_file_with_very_many_refs_is_looked_at_in_part() -> None:
    many = [ruleset("deletion", conditions=refs(f"refs/heads/{index}")) for index in range(300)]
    assert len(list(ProtectedRef.of(settings(many), Repository([])))) == 100
