"""Do not let a workflow approve pull requests.

Where the settings let Actions approve, an approval with the job's own token counts like a person's. With one approval required, a
workflow that approves what it is told to is the review. Where they do not, the step fails. A review by code owners is not
met by it.

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"full_name": "octo-org/app", "name": "app", "default_branch": "main"}},
    "actions/permissions/workflow": {
      "status": 200,
      "body": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": true}
    },
    "branches/main/protection": {
      "status": 200,
      "body": {
        "required_pull_request_reviews": {
          "dismiss_stale_reviews": false,
          "require_code_owner_reviews": false,
          "required_approving_review_count": 1
        },
        "enforce_admins": {"url": "https://api.github.com/", "enabled": true}
      }
    }
  }
}
# file: .github/workflows/approve.yml
on: pull_request_target
jobs:
  approve:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr review --approve "$URL"  # finding
        env:
          GH_TOKEN: ${{ github.token }}
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"full_name": "octo-org/app", "name": "app", "default_branch": "main"}},
    "actions/permissions/workflow": {
      "status": 200,
      "body": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": true}
    },
    "branches/main/protection": {
      "status": 200,
      "body": {
        "required_pull_request_reviews": {
          "dismiss_stale_reviews": false,
          "require_code_owner_reviews": false,
          "required_approving_review_count": 1
        },
        "enforce_admins": {"url": "https://api.github.com/", "enabled": true}
      }
    }
  }
}
# file: .github/workflows/approve.yml
on: pull_request_target
jobs:
  approve:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr review --comment "$URL" --body "Thank you"
        env:
          GH_TOKEN: ${{ github.token }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, automation, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "automerge", "security"), security_severity=7.5)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    settings = guards.settings_of(repository)
    if policy is None or settings is None or not settings.actions.can_approve_prs.known:
        return
    allowed = settings.actions.can_approve_prs
    setting = [(place, "this setting decides") for place in allowed.places[:1]]
    for act in automation.acts(repository, "approve"):
        if act.token != "github":
            continue
        if allowed.is_off:
            yield context.finding(
                act,
                f"Actions may not approve pull requests here, so `{act.what}` fails; drop the step",
                level="warning",
                related=setting,
            )
        elif policy.approvals.is_on:
            enough = policy.approvals.known_to_be(1) and not policy.code_owner_review.is_on
            yield context.finding(
                act,
                f"`{act.what}` approves with the job's own token, which counts as "
                + ("the one review that is required" if enough else "one of the reviews that are required")
                + "; let a person approve, or forbid Actions to",
                level="error" if enough and policy.code_owner_review.known else "note",
                related=setting,
            )
