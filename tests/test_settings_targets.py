"""What rules about settings look at, and the words in which they give advice."""

from typing import Any

import pytest
from made_settings import document, put, refs, reviews, ruleset, settings

from wflint.analysis.repository import Repository
from wflint.settings.actor import Actor
from wflint.settings.controls import Controls
from wflint.settings.spelling import advice, family_of
from wflint.settings.targets import EnvironmentProtection, ProtectedRef, Protection, Settings


def repository(*contents: Any) -> Repository:
    return Repository([document(content, f".github/rulesets/{n}.json") for n, content in enumerate(contents)])


def protections(*contents: Any) -> list[Protection]:
    return list(Protection.each(repository(*contents)))


def main_refs(*contents: Any) -> list[str]:
    return [ref.ref for ref in ProtectedRef.each(repository(*contents)) if ref.is_main]


def test_the_main_branch_is_the_one_that_is_told() -> None:
    named = ruleset("deletion", conditions=refs("refs/heads/main"))
    assert main_refs(named, {"full_name": "o/r", "default_branch": "trunk"}) == ["refs/heads/trunk"]


def test_the_main_branch_is_a_usual_one_where_none_is_told() -> None:
    assert main_refs(ruleset("deletion", conditions=refs("refs/heads/main", "refs/heads/v1"))) == ["refs/heads/main"]
    assert main_refs(ruleset("deletion")) == ["~DEFAULT_BRANCH"]


def test_no_branch_is_judged_where_it_cannot_be_told_which_is_the_main_one() -> None:
    many = repository(ruleset("deletion", conditions=refs("refs/heads/unstable", "refs/heads/v1")))
    assert not any(ref.is_judged for ref in ProtectedRef.each(many))


def test_a_branch_that_nobody_can_change_is_not_judged() -> None:
    closed = put(lock_branch=True)
    (ref,) = [ref for ref in ProtectedRef.each(repository(closed)) if ref.is_main]
    assert ref.policy.is_protected
    assert not ref.is_judged


def test_other_policies_that_hold_are_named_beside_a_place() -> None:
    files = (ruleset("deletion", name="one"), ruleset("non_fast_forward", name="two"))
    (ref,) = ProtectedRef.each(repository(*files))
    assert [text for _, text in ref.beside(ref.policy.block_deletion.place)] == ["the ruleset `two` holds as well"]
    assert [text for _, text in ref.beside(ref.policy.block_force_push.place)] == ["the ruleset `one` holds as well"]


def test_somebody_who_may_bypass_one_ruleset_is_bound_by_the_other() -> None:
    admin = [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]
    open_one, strict = ruleset("deletion", bypass_actors=admin), ruleset("deletion")
    (alone,) = ProtectedRef.each(repository(open_one))
    (both,) = ProtectedRef.each(repository(open_one, strict))
    actor = Actor("repository-admin", alone.place)
    assert alone.let_off(actor) == ("block_deletion",)
    assert both.let_off(actor) == ()


@pytest.mark.parametrize(
    ("other", "replaced"),
    [
        (ruleset("deletion"), True),
        (ruleset("deletion", enforcement="evaluate"), False),
        (ruleset("update", target="tag", conditions=refs("~ALL")), False),
        (ruleset("deletion", conditions=refs("refs/heads/**/*")), True),
    ],
)
def test_a_ruleset_that_is_off_is_replaced_by_what_is_in_force(other: dict[str, Any], replaced: bool) -> None:
    assert protections(ruleset("deletion", enforcement="disabled"), other)[0].is_replaced is replaced


@pytest.mark.parametrize(
    ("include", "exclude", "whole"),
    [
        (["main"], [], [True]),
        (["refs/tags/v1"], [], [True]),
        ([], [], [True]),
        (["refs/heads/main"], ["refs/heads/m*"], [True]),
        (["~ALL"], ["~ALL"], [True]),
        (["refs/heads/main", "main"], [], [False]),
        (["refs/heads/main"], ["wip"], [False]),
        (["~DEFAULT_BRANCH", "~ALL", "refs/**/*"], [], []),
        ([], ["refs/heads/wip"], []),
    ],
)
def test_patterns_that_match_nothing(include: list[str], exclude: list[str], whole: list[bool]) -> None:
    (one,) = protections(ruleset("deletion", conditions=refs(*include, exclude=tuple(exclude))))
    assert [dead.whole for dead in one.dead] == whole


def test_a_repository_without_settings_has_none_of_them() -> None:
    for target in (Settings, Protection, ProtectedRef, EnvironmentProtection):
        assert list(target.each(Repository([]))) == []


def test_advice_is_in_the_words_of_the_format() -> None:
    (rules,) = settings(ruleset("deletion")).policies
    (classic,) = settings(put()).policies
    assert advice("block_force_push", rules) == 'block force pushes: add `{"type": "non_fast_forward"}` to `rules`'
    assert advice("block_force_push", classic) == "block force pushes: set `allow_force_pushes` to `false`"
    assert advice("signatures", classic) == "require signed commits in a ruleset"


def test_advice_is_given_for_every_control_that_a_ref_can_lack() -> None:
    (one,) = settings(ruleset("deletion", reviews())).policies
    unasked = {"merge_methods", "block_creation", "locked", "merge_queue"}
    unasked |= {"required_deployments", "required_workflows", "code_scanning"}
    for control in set(Controls.__dataclass_fields__) - unasked:
        assert advice(control, one)
    assert family_of(one) == "ruleset"
