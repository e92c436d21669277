"""How each format asks for a control: what to type where a policy stands.

Names are those of the REST API, its rulesets, GraphQL, the Terraform provider `integrations/github`, Prow's
branchprotector and `.asf.yaml`; their documentation is named where each is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.settings.policy import RefPolicy


def family_of(policy: RefPolicy) -> str:
    """Return whose names a policy is written with."""
    format = policy.source.format
    if format == "terraform":
        return "terraform" if policy.kind == "classic" else "terraform-ruleset"
    if format == "asf":
        return "ruleset" if policy.kind == "ruleset" and policy.node.get("rules") is not None else "asf"
    if format in ("graphql", "prow", "form"):
        return format
    return "ruleset" if policy.kind == "ruleset" else "rest"


def advice(control: str, policy: RefPolicy) -> str:
    """Return what to do about a control, in the words of the policy's format; in general where it has none."""
    general, spelled = _CONTROLS[control]
    written = spelled.get(family_of(policy))
    return f"{general}: {written}" if written is not None else f"{general} in a ruleset"


def _rule(type: str) -> str:
    return f'add `{{"type": "{type}"}}` to `rules`'


def _reviews(rest: str, ruleset: str, graphql: str, value: str) -> dict[str, str]:
    """Return the spellings of what is asked of reviews, which is a key of a block in most formats."""
    return {
        "ruleset": f"set `{ruleset}` to `{value}`",
        "rest": f"set `{rest}` to `{value}`",
        "prow": f"set `{rest}: {value}`",
        "asf": f"set `{rest}: {value}` under `required_pull_request_reviews`",
        "graphql": f"set `{graphql}` to `{value}`",
        "terraform": f"set `{rest} = {value}` in `required_pull_request_reviews`",
    }


_Row = tuple[str, Mapping[str, str]]
_CONTROLS: Mapping[str, _Row] = MappingProxyType(
    {
        "block_force_push": (
            "block force pushes",
            {
                "ruleset": _rule("non_fast_forward"),
                "rest": "set `allow_force_pushes` to `false`",
                "prow": "set `allow_force_pushes: false`",
                "asf": "set `restrict_force_push: true`",
                "graphql": "set `allowsForcePushes` to `false`",
                "terraform": "set `allows_force_pushes = false`",
                "terraform-ruleset": "set `non_fast_forward = true`",
            },
        ),
        "block_deletion": (
            "block deletions",
            {
                "ruleset": _rule("deletion"),
                "rest": "set `allow_deletions` to `false`",
                "prow": "set `allow_deletions: false`",
                "asf": "set `restrict_deletion: true`",
                "graphql": "set `allowsDeletions` to `false`",
                "terraform": "set `allows_deletions = false`",
                "terraform-ruleset": "set `deletion = true`",
            },
        ),
        "pull_request": (
            "require pull requests",
            {
                "ruleset": "add a rule of type `pull_request` to `rules`",
                "rest": "set `required_pull_request_reviews`",
                "prow": "set `required_pull_request_reviews`",
                "asf": "set `required_pull_request_reviews`",
                "graphql": "set `requiresApprovingReviews` to `true`",
                "terraform": "add a block `required_pull_request_reviews`",
                "terraform-ruleset": "add a block `pull_request`",
            },
        ),
        "approvals": (
            "require approvals",
            {
                **dict.fromkeys(
                    ("ruleset", "rest", "prow", "asf", "terraform", "terraform-ruleset"),
                    "set `required_approving_review_count`",
                ),
                "graphql": "set `requiredApprovingReviewCount`",
            },
        ),
        "dismiss_stale": (
            "dismiss approvals when commits are pushed",
            _reviews("dismiss_stale_reviews", "dismiss_stale_reviews_on_push", "dismissesStaleReviews", "true"),
        ),
        "last_push_approval": (
            "let somebody else approve the last push",
            _reviews("require_last_push_approval", "require_last_push_approval", "requireLastPushApproval", "true"),
        ),
        "code_owner_review": (
            "require the approval of code owners",
            _reviews("require_code_owner_reviews", "require_code_owner_review", "requiresCodeOwnerReviews", "true"),
        ),
        "dismissal": (
            "say who may dismiss reviews",
            {
                "ruleset": "set `dismissal_restriction` of the rule `pull_request`",
                "rest": "set `dismissal_restrictions`",
                "prow": "set `dismissal_restrictions`",
                "graphql": "set `restrictsReviewDismissals` to `true`",
                "terraform": "set `restrict_dismissals = true`",
            },
        ),
        "checks": (
            "require status checks",
            {
                "ruleset": "add a rule of type `required_status_checks` to `rules`",
                "rest": "set `required_status_checks`",
                "prow": "set `required_status_checks`",
                "asf": "set `required_status_checks`",
                "graphql": "set `requiredStatusChecks`",
                "terraform": "add a block `required_status_checks`",
                "terraform-ruleset": "add a block `required_status_checks`",
            },
        ),
        "strict": (
            "require branches to be up to date",
            {
                "ruleset": "set `strict_required_status_checks_policy` to `true`",
                "rest": "set `strict` to `true`",
                "prow": "set `strict: true`",
                "asf": "set `strict: true`",
                "graphql": "set `requiresStrictStatusChecks` to `true`",
                "terraform": "set `strict = true`",
                "terraform-ruleset": "set `strict_required_status_checks_policy = true`",
            },
        ),
        "app": (
            "name the app",
            {
                "ruleset": 'add `"integration_id": 15368`',
                "rest": "list it in `checks` with `app_id: 15368`",
                "asf": "list it in `checks` with `app_id: 15368`",
                "terraform-ruleset": "set `integration_id = 15368`",
            },
        ),
        "thread_resolution": (
            "require conversations to be resolved",
            {
                "ruleset": "set `required_review_thread_resolution` of the rule `pull_request` to `true`",
                "rest": "set `required_conversation_resolution` to `true`",
                "asf": "set `required_conversation_resolution: true`",
                "graphql": "set `requiresConversationResolution` to `true`",
                "terraform": "set `require_conversation_resolution = true`",
                "terraform-ruleset": "set `required_review_thread_resolution = true`",
            },
        ),
        "signatures": (
            "require signed commits",
            {
                "ruleset": _rule("required_signatures"),
                "prow": "set `require_signed_commits: true`",
                "asf": "set `required_signatures: true`",
                "graphql": "set `requiresCommitSignatures` to `true`",
                "terraform": "set `require_signed_commits = true`",
                "terraform-ruleset": "set `required_signatures = true`",
            },
        ),
        "linear_history": (
            "require a linear history",
            {
                "ruleset": _rule("required_linear_history"),
                "rest": "set `required_linear_history` to `true`",
                "prow": "set `required_linear_history: true`",
                "asf": "set `required_linear_history: true`",
                "graphql": "set `requiresLinearHistory` to `true`",
                "terraform": "set `required_linear_history = true`",
                "terraform-ruleset": "set `required_linear_history = true`",
            },
        ),
        "push": (
            "restrict who may push",
            {
                "ruleset": _rule("update"),
                "rest": "set `restrictions`",
                "prow": "set `restrictions`",
                "graphql": "set `restrictsPushes` to `true`",
                "terraform": "add a block `restrict_pushes`",
                "terraform-ruleset": "set `update = true`",
            },
        ),
        "block_update": (
            "restrict updates",
            {"ruleset": _rule("update"), "terraform-ruleset": "set `update = true`"},
        ),
        "admins": (
            "bind administrators too",
            {
                "ruleset": "take the role out of `bypass_actors`, or let it bypass by pull request only",
                "rest": "set `enforce_admins` to `true`",
                "prow": "set `enforce_admins: true`",
                "graphql": "set `isAdminEnforced` to `true`",
                "terraform": "set `enforce_admins = true`",
                "terraform-ruleset": "take the role out of `bypass_actors`",
            },
        ),
    }
)
