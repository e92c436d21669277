"""Which refs a policy is for."""

import pytest
from made_settings import document, policy, put, refs, ruleset

from wflint.settings.patterns import applies, branch_pattern, fnmatch, matches

PLACE = document("{}").place


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("main", "main", True),
        ("main", "Main", False),
        ("release/*", "release/1", True),
        ("release/*", "release/1/2", False),
        ("release/**/*", "release/1/2", True),
        ("release/**/*", "release/1", True),
        ("release/**", "release/1/2", False),
        ("**/main", "main", True),
        ("**/main", "a/b/main", True),
        ("**/**/main", "a/main", True),
        ("qa**/**/*", "qa-1/x/y", True),
        ("*", "a/b", False),
        ("**/*", "a/b/c", True),
        ("v?.?", "v1.2", True),
        ("v?", "v/", False),
        ("v[0-9]", "v5", True),
        ("v[0-9]", "vx", False),
        ("v[!0-9]", "vx", True),
        ("v[^0-9]", "v5", False),
        ("v[!0-9]x", "v/x", False),
        ("v[+-9]x", "v/x", False),
        ("v[a", "v[a", False),
        (r"a\*", "a*", True),
        (r"a\*", "ab", False),
        ("a.b", "axb", False),
        ("a{b,c}", "ab", False),
        ("", "", True),
        ("ä*", "äöü", True),
        ("*" * 2000, "a", False),
    ],
)
def test_fnmatch(pattern: str, text: str, expected: bool) -> None:
    assert fnmatch(pattern, text) is expected


@pytest.mark.parametrize(
    ("conditions", "ref", "expected"),
    [
        (refs("~ALL"), "main", True),
        (refs("~DEFAULT_BRANCH"), "main", True),
        (refs("~DEFAULT_BRANCH"), "dev", False),
        (refs("refs/heads/main"), "refs/heads/main", True),
        (refs("main"), "main", False),
        (refs("refs/heads/*"), "a/b", False),
        (refs("refs/heads/**/*"), "a/b", True),
        (refs("~ALL", exclude=("refs/heads/main",)), "main", False),
        (refs("~ALL", exclude=("refs/heads/main",)), "dev", True),
        (refs(exclude=("refs/heads/wip/*",)), "main", True),
        (refs(exclude=("refs/heads/wip/*",)), "wip/x", False),
        (refs(), "main", False),
        (refs("~ALL"), "refs/tags/v1", False),
        ({}, "main", None),
    ],
)
def test_ruleset_applies(conditions: dict[str, object], ref: str, expected: bool | None) -> None:
    one = policy(ruleset("deletion", conditions=conditions))
    assert applies(one, ref, default_branch="main") is expected


def test_an_unknown_default_branch_leaves_the_question_open() -> None:
    default = policy(ruleset("deletion"))
    assert applies(default, "~DEFAULT_BRANCH") is True
    assert applies(default, "main") is None
    named = policy(ruleset("deletion", conditions=refs("refs/heads/main")))
    assert applies(named, "~DEFAULT_BRANCH") is None
    every = policy(ruleset("deletion", conditions=refs("refs/heads/**/*")))
    assert applies(every, "~DEFAULT_BRANCH") is True


def test_tags() -> None:
    tags = policy(ruleset("deletion", target="tag", conditions=refs("refs/tags/v*")))
    assert applies(tags, "refs/tags/v1") is True
    assert applies(tags, "main") is False


def test_an_organizations_ruleset_is_for_the_repositories_it_names() -> None:
    conditions = refs("~ALL") | {"repository_name": {"include": ["api-*"], "exclude": []}}
    one = policy(ruleset("deletion", conditions=conditions))
    assert applies(one, "main", name="api-x") is True
    assert applies(one, "main", name="web") is False
    assert applies(one, "main") is None
    by_property = policy(ruleset("deletion", conditions=refs("~ALL") | {"repository_property": {"include": []}}))
    assert applies(by_property, "main", name="api-x") is None


def test_classic_names_are_literal_where_the_interface_knows_no_patterns() -> None:
    assert applies(policy(put(branch="release/*")), "release/1") is False
    assert matches(branch_pattern("release/*", PLACE), "refs/heads/release/1") is True
    assert matches(branch_pattern("release/*", PLACE, wildcards=False), "refs/heads/release/1") is False
