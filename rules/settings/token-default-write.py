"""Give the workflow token read access unless a workflow asks for more.

A workflow without `permissions:` gets what the repository's settings give its token. With `write` that is nearly everything: a
compromised action in a job that only runs tests can push to branches, change releases and publish packages. Set the default
to `read`, and let workflows ask for what they need.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {
        "default_workflow_permissions": "write", // finding
        "can_approve_pull_request_reviews": false
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
    tags=("settings", "security", "permissions", "owasp-cicd-sec-5", "osps-ac-04.01"),
    security_severity=6.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.actions.default_token
    if found.known_to_be("write") and not settings.actions_off and not settings.is_archived:
        yield context.finding(
            found,
            "a workflow that states no permissions may write nearly everything; set `default_workflow_permissions` to `read`",
        )
