"""Settings as code, answers of the REST API, snapshots."""

import json
from typing import Any

import pytest
from made_settings import document, odd, policy, put, refs, ruleset, settings, written

from wflint.analysis.repository import Repository
from wflint.settings.effective import effective
from wflint.settings.gather import gather_each
from wflint.settings.targets import EnvironmentProtection, Protection
from wflint.settings.value import texts

APP = """\
repository:
  name: r
  default_branch: main
  allow_squash_merge: true
  allow_merge_commit: false
  enable_vulnerability_alerts: true
  vulnerability_alerts: true
branches:
  - &usual
    protection:
      required_status_checks: {strict: true, contexts: [build]}
      enforce_admins: false
      required_pull_request_reviews: {required_approving_review_count: 1}
      restrictions: null
  - name: main
    <<: *usual
  - name: old
    protection: null
environments:
  - name: Production
    reviewers: [{type: Team, id: 7}]
    prevent_self_review: true
    deployment_branch_policy: {custom_branches: [main, {name: v*, type: tag}]}
  - name: test
rulesets: []
"""


def test_settings_app() -> None:
    found = settings(APP, name=".github/settings.yml")
    (one,) = found.policies
    assert (one.name.value, [check.context.value for check in one.checks]) == ("main", ["build"])
    assert found.default_branch == "main"
    assert found.merge.merge_commit.is_off
    assert written(found.merge.squash) == "true"
    assert not found.merge.rebase.known
    assert found.security.dependabot_alerts.is_on
    for section in ("rulesets", "environments", "classic refs/heads/old", "classic refs/heads/main"):
        assert found.tells_all(section)
    assert effective(found, "old").known_unprotected
    assert not effective(found, "other").known_unprotected
    assert odd(found) == [("unknown-key", "vulnerability_alerts"), ("no-effect", "prevent_self_review")]


def test_environments_of_the_settings_app() -> None:
    production, test = settings(APP, name=".github/settings.yml").environments
    assert production.is_called("production")
    assert [actor.title for actor in production.reviewers.value or ()] == ["the team `7`"]
    assert production.refs.value == "selected"
    assert [pattern.ref for pattern in production.patterns.value or ()] == ["refs/heads/main", "refs/tags/v*"]
    assert test.reviewers.is_off
    assert test.refs.value == "all"
    assert test.place.span.start > 0


def test_what_a_file_extends_may_say_more() -> None:
    found = settings("_extends: .github\nrulesets: []\n", name=".github/settings.yml")
    assert found.sources[0].extends == ".github"
    assert not found.tells_all("rulesets")


def test_safe_settings() -> None:
    text = "custom_properties: []\nrepository:\n  security: {enableVulnerabilityAlerts: false}\nbranches:\n" + (
        "  - name: default\n    protection: {enforce_admins: true, restrictions: null,\n"
        "      required_status_checks: null, required_pull_request_reviews: null}\n"
    )
    found = settings(text, name=".github/settings.yml")
    assert found.security.dependabot_alerts.is_off
    assert effective(found, "~DEFAULT_BRANCH").is_protected
    assert odd(found) == []


ASF = """\
github:
  enabled_merge_buttons: {squash: yes, merge: no}
  protected_tags: ["v*"]
  protected_branches:
    main:
      required_status_checks: {strict: true, contexts: [build], checks: [{context: docs, app_id: 15368}]}
      required_pull_request_reviews: {required_approving_review_count: '2'}
    bare: {}
    strict:
      required_status_checks: {strict: true}
  rulesets:
    - name: tags
      type: tag
      branches: {includes: ["v*"], excludes: []}
      restrict_force_push: false
      required_status_checks: [a, {name: b, app_slug: bot}]
      bypass_teams: [root]
  environments:
    prod:
      required_reviewers: [{id: someone, type: User}]
      deployment_branch_policy: {protected_branches: true}
"""


def test_asf() -> None:
    found = settings(ASF, name=".asf.yaml")
    main, bare, strict, tags = found.policies
    assert main.pull_request.value is not None
    assert main.pull_request.value.approvals.value == 2
    assert [(check.context.value, check.app.state, check.app.value) for check in main.checks] == [
        ("build", "default", None),
        ("docs", "set", 15368),
    ]
    assert not main.bypass.known
    assert bare.block_force_push.is_on
    assert bare.pull_request.is_off
    assert strict.status_checks.is_off
    assert [pattern.ref for pattern in tags.include.value or ()] == ["refs/tags/v*"]
    assert (tags.block_deletion.state, tags.block_force_push.value) == ("default", False)
    assert [check.app.value for check in tags.checks] == [None, "bot"]
    assert [one.actor.title for one in tags.bypass.value or ()] == ["the team `root`"]
    assert found.merge.squash.is_on
    assert found.merge.merge_commit.is_off
    assert found.tells_all("classic")
    (environment,) = found.environments
    assert environment.prevent_self_review.is_on
    assert environment.refs.value == "protected"
    assert odd(found) == [("no-effect", "protected_tags"), ("no-effect", "required_status_checks")]


def test_asf_without_protected_branches_says_nothing_of_them() -> None:
    assert not settings("github:\n  description: x\n", name=".asf.yaml").tells_all("classic")
    assert settings("github:\n  protected_branches: ~\n", name=".asf.yaml").tells_all("classic")


def resource(type: str, **values: Any) -> dict[str, Any]:
    return {"address": f"{type}.x", "mode": "managed", "type": type, "values": values}


def plan(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [{"resources": resources}]}}}


PLAN = plan(
    resource("github_repository", name="r", node_id="R_1", allow_auto_merge=True, vulnerability_alerts=True),
    resource("github_branch_default", repository="r", branch="trunk"),
    resource(
        "github_branch_protection",
        repository_id="R_1",
        pattern="release/*",
        enforce_admins=False,
        allows_deletions=True,
        required_pull_request_reviews=[
            {"required_approving_review_count": 1, "pull_request_bypassers": ["/bot", "o/team"]}
        ],
        required_status_checks=[{"strict": True, "contexts": ["a"]}],
        restrict_pushes=[],
    ),
)


def test_terraform_protection() -> None:
    found = settings(PLAN)
    (one,) = found.policies
    assert found.subject == "r"
    assert found.default_branch == "trunk"
    assert found.merge.auto_merge.is_on
    assert found.security.dependabot_alerts.is_on
    assert one.block_deletion.is_off
    assert not one.block_force_push.known
    assert one.push.is_off
    assert [check.context.value for check in one.checks] == ["a"]
    assert [each.actor.title for each in one.bypass.value or ()] == [
        "repository admins",
        "the user `bot`",
        "the team `team`",
    ]


def test_terraform_rulesets() -> None:
    rules = {
        "deletion": True,
        "non_fast_forward": None,
        "pull_request": [],
        "required_status_checks": [
            {"required_check": [{"context": "a", "integration_id": 0}, {"context": "b", "integration_id": 15368}]}
        ],
    }
    conditions = [{"ref_name": [{"include": ["~DEFAULT_BRANCH"], "exclude": []}]}]
    values = {"name": "x", "target": "branch", "enforcement": "active", "conditions": conditions, "rules": [rules]}
    one = policy(plan(resource("github_repository_ruleset", repository="r", bypass_actors=[], **values)))
    assert one.block_deletion.is_on
    assert one.block_force_push.is_off
    assert not one.signatures.known
    assert one.pull_request.is_off
    assert [check.app.value for check in one.checks] == [None, 15368]
    assert one.bypass.is_off
    assert [pattern.ref for pattern in one.include.value or ()] == ["~DEFAULT_BRANCH"]


def test_terraform_checks_of_the_third_version() -> None:
    required = [{"strict": False, "checks": ["a:15368", "b", "c: d:-1"]}]
    values = {"repository": "r", "branch": "main", "required_status_checks": required}
    one = policy(plan(resource("github_branch_protection_v3", **values)))
    assert [(check.context.value, written(check.context)) for check in one.checks] == [
        ("a", "a"),
        ("b", "b"),
        ("c: d", "c: d"),
    ]
    assert [check.app.value for check in one.checks] == [15368, None, None]


def test_terraform_tells_of_several_repositories() -> None:
    values = {"allowed_actions": "all", "enabled": True}
    found = gather_each(
        [
            document(
                plan(
                    resource("github_actions_repository_permissions", repository="a", **values),
                    resource("github_repository_environment", repository="b", environment="prod", wait_timer=5),
                    resource("github_repository_environment_deployment_policy", repository="b", environment="prod"),
                )
            )
        ]
    )
    assert [one.subject for one in found] == ["a", "b"]
    assert found[0].actions.allowed.value == "all"
    assert found[1].environments[0].wait_minutes.value == 5


PROW = """\
branch-protection:
  enforce_admins: true
  orgs:
    o:
      required_status_checks: {contexts: [dco]}
      repos:
        r:
          branches:
            main:
              protect: true
              required_status_checks: {strict: true, contexts: [build]}
            old: {protect: false}
        s:
          protect: true
"""


def test_prow() -> None:
    first, second = gather_each([document(PROW, "config.yaml")])
    assert first.subject == "o/r"
    (main,) = first.policies
    assert [check.context.value for check in main.checks] == ["dco", "build"]
    assert main.bypass.is_off
    assert main.push.is_off
    assert effective(second, "anything/at/all").is_protected


REPOSITORY = {
    "full_name": "o/r",
    "name": "r",
    "owner": {"login": "o", "type": "Organization"},
    "private": False,
    "default_branch": "main",
    "allow_auto_merge": True,
    "security_and_analysis": {"secret_scanning": {"status": "enabled"}, "secret_scanning_push_protection": None},
}
ENVIRONMENTS = {
    "total_count": 2,
    "environments": [
        {
            "name": "prod",
            "protection_rules": [
                {"type": "wait_timer", "wait_timer": 30},
                {
                    "type": "required_reviewers",
                    "prevent_self_review": False,
                    "reviewers": [{"type": "User", "reviewer": {"login": "a", "id": 1}}],
                },
            ],
            "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
        },
        {"name": "test", "protection_rules": [], "deployment_branch_policy": None, "can_admins_bypass": False},
    ],
}


def snapshot(**sections: tuple[int, Any]) -> dict[str, Any]:
    return {
        "wflint-snapshot": 1,
        "repository": "o/r",
        "taken": "2026-01-31",
        "sections": {name: {"status": status, "body": body} for name, (status, body) in sections.items()},
    }


SNAPSHOT = snapshot(
    **{
        "repository": (200, REPOSITORY),
        "rulesets": (200, [{"id": 7, "name": "main", "enforcement": "active", "target": "branch"}]),
        "rulesets/7": (200, {key: value for key, value in ruleset("deletion", id=7).items() if key != "bypass_actors"}),
        "rules/branches/main": (200, [{"type": "deletion", "ruleset_id": 7}]),
        "branches/main/protection": (404, {"message": "Branch not protected"}),
        "environments": (200, ENVIRONMENTS),
        "environments/prod/deployment-branch-policies": (200, {"branch_policies": [{"name": "main"}]}),
        "environments/prod/secrets": (200, {"total_count": 1, "secrets": [{"name": "KEY"}]}),
        "actions/permissions/workflow": (
            200,
            {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": False},
        ),
        "actions/permissions": (403, {"message": "Resource not accessible"}),
        "actions/secrets": (200, {"total_count": 2, "secrets": [{"name": "A"}]}),
        "immutable-releases": (404, None),
        "vulnerability-alerts": (204, None),
        "private-vulnerability-reporting": (404, None),
        "hooks": (
            200,
            [{"active": True, "events": ["push"], "config": {"url": "http://x", "insecure_ssl": 1}}],
        ),
        "keys": (200, [{"title": "k", "read_only": False}]),
    }
)


def test_a_snapshot() -> None:
    found = settings(SNAPSHOT)
    (one,) = found.policies
    assert one.block_deletion.is_on
    assert not one.bypass.known
    assert found.tells_all("rulesets")
    assert effective(found, "main").complete
    assert found.identity.owner_type.value == "Organization"
    assert found.identity.visibility.value == "public"
    assert found.security.secret_scanning.is_on
    assert not found.security.push_protection.known
    assert found.security.immutable_releases.is_off
    assert found.security.dependabot_alerts.is_on
    assert not found.security.private_vulnerability_reporting.known
    assert found.actions.default_token.known_to_be("write")
    assert found.actions.can_approve_prs.is_off
    assert not found.actions.allowed.known
    assert texts(found.access.secrets) == ("A",)
    assert not found.tells_all("secrets")
    (hook,) = found.access.webhooks.value or ()
    assert hook.insecure_ssl.value == "1"
    assert hook.secret.is_off
    (key,) = found.access.deploy_keys.value or ()
    assert key.read_only.is_off
    production = found.environment("PROD")
    assert production is not None
    assert texts(production.secrets) == ("KEY",)
    assert production.wait_minutes.value == 30
    assert production.prevent_self_review.is_off
    assert production.admins_bypass.state == "default"
    assert [pattern.text for pattern in production.patterns.value or ()] == ["main"]
    test = found.environment("test")
    assert test is not None
    assert test.refs.value == "all"
    assert test.admins_bypass.is_off
    assert test.reviewers.is_off


def test_a_snapshot_of_another_version_is_not_read() -> None:
    assert odd(settings({"wflint-snapshot": 2})) == [("unknown-value", "2")]


def test_a_branch_that_may_not_be_seen_is_not_unprotected() -> None:
    hidden = snapshot(**{"rulesets": (200, []), "branches/main/protection": (404, {"message": "Not Found"})})
    assert not effective(settings(hidden), "main").known_unprotected


@pytest.mark.parametrize(
    ("content", "section", "name", "value"),
    [
        (REPOSITORY, "merge", "auto_merge", True),
        ({"enabled": True, "allowed_actions": "selected"}, "actions", "allowed", "selected"),
        ({"github_owned_allowed": True, "patterns_allowed": ["a/*"]}, "actions", "github_owned", True),
        ({"default_workflow_permissions": "read"}, "actions", "default_token", "read"),
        ({"access_level": "none"}, "actions", "access_level", "none"),
        ({"approval_policy": "all_external_contributors"}, "actions", "fork_approval", "all_external_contributors"),
        ({"run_workflows_from_fork_pull_requests": True}, "actions", "private_fork_run", True),
        ({"days": 5, "maximum_allowed_days": 90}, "actions", "retention_days", 5),
        ({"use_default": False, "include_claim_keys": ["repo"]}, "actions", "oidc_default", False),
        ({"enabled": True, "enforced_by_owner": False}, "security", "immutable_releases", True),
        ({"enabled": False, "paused": False}, "security", "dependabot_updates", False),
        ({"state": "configured", "languages": []}, "security", "code_scanning_default", "configured"),
    ],
)
def test_answers_on_their_own(content: object, section: str, name: str, value: object) -> None:
    setting = getattr(getattr(settings(content), section), name)
    assert setting.value == value
    assert setting.is_set


def test_several_documents_fill_one_model() -> None:
    found = settings({"default_workflow_permissions": "read"}, {"approval_policy": "x"}, ruleset("deletion"), put())
    assert found.actions.default_token.known
    assert found.actions.fork_approval.known
    assert [one.kind for one in found.policies] == ["ruleset", "classic"]


def test_targets_of_a_repository() -> None:
    documents = [
        document(ruleset("deletion", conditions=refs("refs/heads/main")), ".github/rulesets/main.json"),
        document(APP, ".github/settings.yml"),
    ]
    repository = Repository(documents)
    assert [one.policy.title for one in Protection.each(repository)] == [
        "the ruleset `main`",
        "the branch protection of `main`",
    ]
    assert [one.name for one in EnvironmentProtection.each(repository)] == ["Production", "test"]
    assert list(Protection.each(Repository([]))) == []


def test_a_byte_order_mark_and_long_numbers_are_json() -> None:
    text = "\ufeff" + json.dumps(ruleset("deletion"))
    assert odd(settings(text)) == []
    assert odd(settings(text.replace('"deletion"', '"deletion", "x": ' + "9" * 5000))) == [("unknown-key", '"x"')]


def test_an_alias_of_what_a_merge_key_brings() -> None:
    text = "branches:\n  - name: main\n    <<: &x\n      enforce_admins: true\n    protection: *x\n"
    assert policy(text, ".github/settings.yml").bypass.is_off


FORM = """\
Require pull request reviews: 1 approval
Require status checks to pass:
  - test
  - lint
Require branches to be up to date: ✓
Require signed commits: no
"""


def test_the_labels_of_the_page_are_a_way_to_write_branch_protection_down() -> None:
    found = policy(FORM, name="docs/design.md")
    assert found.pull_request.value is not None
    assert found.pull_request.value.approvals.value == 1
    checks = found.status_checks.value
    assert checks is not None
    assert [each.context.value for each in checks.checks.value or ()] == ["test", "lint"]
    assert checks.strict.is_on
    assert found.signatures.is_off
    assert not found.linear_history.known
    assert not found.include.known


def test_odd_values_under_labels_say_nothing() -> None:
    found = policy("Require pull request reviews: [x]\nRequire status checks: yes\nRequire signed commits: {}\n")
    assert found.pull_request.value is not None
    assert not found.pull_request.value.approvals.known
    assert not found.status_checks.known
    assert not found.signatures.known
    assert policy("Require a pull request: none\n").pull_request.is_off
