"""What holds for a ref when several policies are for it."""

from typing import Any

import pytest
from made_settings import checks, put, refs, reviews, ruleset, settings, written

from wflint.analysis.repository import Repository
from wflint.settings.actor import Actor
from wflint.settings.effective import effective, weakened
from wflint.settings.model import RepositorySettings
from wflint.settings.targets import ProtectedRef
from wflint.settings.value import Setting

ADMIN_ROLE = {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}
MAIN = refs("refs/heads/main")


def admin(found: RepositorySettings) -> Actor:
    return Actor("repository-admin", found.place)


def named(values: Setting[Any]) -> list[str]:
    return [one.context.value for one in values.value or ()]


@pytest.mark.parametrize(
    ("one", "other", "control", "expected"),
    [
        (ruleset(reviews(1)), ruleset(reviews(2)), "approvals", 2),
        (ruleset("deletion"), ruleset(reviews(1)), "approvals", 1),
        (ruleset("deletion"), ruleset("non_fast_forward"), "block_deletion", True),
        (ruleset("deletion"), ruleset("non_fast_forward"), "block_force_push", True),
        (ruleset("deletion"), ruleset("deletion"), "signatures", False),
        (ruleset(checks("a")), ruleset(checks("b", strict=True)), "strict", True),
        (
            ruleset(reviews(allowed_merge_methods=["squash", "merge"])),
            ruleset(reviews(allowed_merge_methods=["squash", "rebase"])),
            "merge_methods",
            ("squash",),
        ),
        (
            ruleset(reviews(allowed_merge_methods=["merge"])),
            ruleset(reviews(allowed_merge_methods=["rebase"])),
            "merge_methods",
            (),
        ),
        (ruleset("deletion", enforcement="evaluate"), ruleset("update"), "block_deletion", False),
        (ruleset("deletion", enforcement="disabled"), ruleset("update"), "block_deletion", False),
        (
            ruleset("deletion", conditions=refs("refs/heads/x")),
            ruleset("update", conditions=MAIN),
            "block_deletion",
            False,
        ),
        (ruleset("update", conditions=MAIN), put(allow_deletions=True), "block_deletion", False),
        (ruleset("deletion", conditions=MAIN), put(allow_deletions=True), "block_deletion", True),
    ],
)
def test_the_most_restrictive_wins(one: object, other: object, control: str, expected: object) -> None:
    found = settings(one, other, {"full_name": "o/r", "default_branch": "main"})
    setting = getattr(effective(found, "main"), control)
    assert setting.known
    assert setting.value == expected


def test_checks_add_up_and_one_check_for_two_apps_is_two() -> None:
    a, b = {"context": "x", "integration_id": 1}, {"context": "x", "integration_id": 2}
    found = effective(settings(ruleset(checks(a, "y")), ruleset(checks(b))), "~DEFAULT_BRANCH")
    assert named(found.checks) == ["x", "y", "x"]
    assert [one.app.value for one in found.checks.value or ()] == [1, None, 2]


def test_a_value_names_all_places_that_made_it() -> None:
    found = effective(settings(ruleset("deletion"), ruleset("deletion"), ruleset("update")), "~DEFAULT_BRANCH")
    assert len(found.block_deletion.places) == 2
    assert written(found.block_deletion) == '"deletion"'


def test_one_classic_rule_governs_and_a_literal_name_goes_first() -> None:
    rules = [
        {"pattern": "*", "requiresLinearHistory": True, "requiresCommitSignatures": True},
        {"pattern": "main", "requiresLinearHistory": False, "requiresCommitSignatures": False},
        {"pattern": "m*", "requiresLinearHistory": True, "requiresCommitSignatures": True},
    ]
    found = settings(rules)
    assert [policy.name.value for policy in effective(found, "main").policies] == ["main"]
    assert effective(found, "main").linear_history.is_off
    assert [policy.name.value for policy in effective(found, "mob").policies] == ["*"]


def test_nothing_seen_is_unknown_and_nothing_there_is_off() -> None:
    found = effective(settings(ruleset("deletion", enforcement="disabled")), "~DEFAULT_BRANCH")
    assert not found.is_protected
    assert not found.block_deletion.known
    assert [policy.name.value for policy in found.inactive] == ["main"]
    empty = {"rulesets": {"status": 200, "body": []}}
    unprotected = {"branches/main/protection": {"status": 404, "body": {"message": "Branch not protected"}}}
    seen = settings({"wflint-snapshot": 1, "repository": "o/r", "sections": empty | unprotected})
    assert effective(seen, "main").known_unprotected
    assert effective(seen, "main").block_deletion.is_off
    assert not effective(seen, "dev").known_unprotected


def test_a_policy_that_may_apply_makes_what_it_demands_unknown() -> None:
    summary = {"id": 1, "name": "other", "enforcement": "active", "node_id": "x"}
    found = effective(settings([ruleset("deletion")], [summary]), "~DEFAULT_BRANCH")
    assert found.block_deletion.is_on
    assert not found.signatures.known
    assert len(found.possible) == 1


def test_repository_settings_limit_the_merge_methods() -> None:
    repository = {"full_name": "o/r", "default_branch": "main", "allow_merge_commit": False, "allow_rebase_merge": True}
    found = effective(settings(ruleset(reviews()), repository), "main")
    assert found.merge_methods.value == ("rebase", "squash")


def test_a_bypass_counts_only_where_no_other_policy_asks_for_the_same() -> None:
    loose = ruleset(reviews(2), "deletion", bypass_actors=[ADMIN_ROLE])
    found = settings(loose, ruleset(reviews(1), "deletion"))
    assert weakened(found, "~DEFAULT_BRANCH", admin(found)) == ("approvals",)
    one = effective(found, "~DEFAULT_BRANCH", admin(found))
    assert (one.approvals.value, one.block_deletion.value) == (1, True)


def test_a_bypass_by_pull_request_is_none_for_a_push() -> None:
    actor = ADMIN_ROLE | {"bypass_mode": "pull_request"}
    found = settings(ruleset(reviews(2), "non_fast_forward", checks("a"), bypass_actors=[actor]))
    assert weakened(found, "~DEFAULT_BRANCH", admin(found)) == ("approvals", "checks")


def test_administrators_and_classic_protection() -> None:
    reviewed = {"required_approving_review_count": 2}
    found = settings(put(enforce_admins=False, required_pull_request_reviews=reviewed))
    assert weakened(found, "main", admin(found)) == ("pull_request", "approvals")
    bound = settings(put(enforce_admins=True, required_pull_request_reviews=reviewed))
    assert weakened(bound, "main", admin(bound)) == ()


def test_who_bypasses_reviews_in_classic_protection_still_needs_checks() -> None:
    reviewed = {"required_approving_review_count": 1, "bypass_pull_request_allowances": {"users": ["bot"]}}
    required = {"strict": True, "contexts": ["a"]}
    found = settings(put(required_pull_request_reviews=reviewed, required_status_checks=required))
    bot = Actor("user", found.place, name=Setting("bot", "set", found.place))
    assert weakened(found, "main", bot) == ("pull_request", "approvals")


def test_push_lists_leave_those_who_are_on_all_of_them() -> None:
    everyone = settings(put(restrictions={"users": ["a", "b"], "teams": [], "apps": []}))
    allowed = effective(everyone, "main").push.value
    assert allowed is not None
    assert [actor.name.value for actor in allowed.actors] == ["a", "b"]
    nobody = effective(settings(put(restrictions={"users": [], "teams": [], "apps": []})), "main").push
    assert nobody.is_on
    assert nobody.value is not None
    assert nobody.value.actors == ()


def test_answers_of_github_count_before_what_somebody_wants() -> None:
    live = {"wflint-snapshot": 1, "repository": "o/r", "sections": {"rulesets": {"status": 200, "body": []}}}
    found = settings(ruleset("deletion"), live)
    assert effective(found, "~DEFAULT_BRANCH").policies == ()


def test_protected_refs() -> None:
    found = settings(
        ruleset("deletion", conditions=refs("refs/heads/main", "refs/heads/release/*")),
        {"full_name": "o/r", "default_branch": "trunk"},
    )
    assert [(one.ref, one.is_default) for one in ProtectedRef.of(found, Repository([]))] == [
        ("refs/heads/trunk", True),
        ("refs/heads/main", False),
    ]
    assert list(ProtectedRef.of(settings({"approval_policy": "first_time_contributors"}), Repository([]))) == []


def test_the_only_classic_rule_without_a_branch_is_the_default_branchs() -> None:
    bare = put(required_pull_request_reviews={"required_approving_review_count": 1})
    del bare["branch"]
    told = settings(bare)
    assert effective(told, "~DEFAULT_BRANCH").approvals.value == 1
    assert not effective(told, "release").is_protected
    assert not effective(settings(bare, bare), "~DEFAULT_BRANCH").is_protected
