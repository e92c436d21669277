"""Do not let workflows approve pull requests.

Where workflows may approve pull requests, the approval that protects the branch can come from a workflow: whoever can write to a
branch, or finds a hole in a workflow, opens a pull request and has it approved by the token. Dependency updates that are to
merge by themselves do better with an app that is named for it.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {
        "default_workflow_permissions": "read",
        "can_approve_pull_request_reviews": true // finding
      }
    }
  }
}
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {
        "default_workflow_permissions": "read",
        "can_approve_pull_request_reviews": false
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(
    target=Settings,
    level="warning",
    tags=("settings", "security", "permissions", "owasp-cicd-sec-1"),
    security_severity=6.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.actions.can_approve_prs
    if found.is_on and not settings.actions_off and not settings.is_archived:
        yield context.finding(
            found,
            "workflows may approve pull requests, so that a required approval can come from a token;"
            " set `can_approve_pull_request_reviews` to `false`",
        )
