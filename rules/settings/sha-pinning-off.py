"""Have GitHub refuse actions that are not pinned.

A tag can be moved to other code. GitHub can refuse every action that is not pinned to a full commit id, also in the workflows of
other repositories that are called, and so keep what `unpinned-uses` finds from ever running.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions": {
      "status": 200,
      "body": {
        "enabled": true,
        "allowed_actions": "selected",
        "sha_pinning_required": false // finding
      }
    }
  }
}
```

Where Actions is off nothing runs.

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions": {
      "status": 200,
      "body": {
        "enabled": true,
        "allowed_actions": "selected",
        "sha_pinning_required": true
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
    "actions/permissions": {
      "status": 200,
      "body": {
        "enabled": false,
        "sha_pinning_required": false
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
    level="note",
    tags=("settings", "security", "supply-chain", "owasp-cicd-sec-3", "cis-3.1.7"),
    security_severity=4.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.actions.sha_pinning
    if found.is_off and not settings.actions_off and not settings.is_archived:
        yield context.finding(
            found,
            "actions may be used by a tag or branch that can move; set `sha_pinning_required` to `true`",
        )
