"""Say which actions may be used.

Every action runs with the secrets and the token of the job that uses it. Where all of them are allowed, anybody who may change a
workflow decides whose code that is. Allow those of GitHub, of verified creators, and those that you list.

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
        "allowed_actions": "all" // finding
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
        "enabled": true,
        "allowed_actions": "selected"
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
    tags=("settings", "security", "supply-chain", "owasp-cicd-sec-3", "owasp-cicd-sec-8"),
    security_severity=4.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.actions.allowed
    if found.known_to_be("all") and not settings.actions_off and not settings.is_archived:
        yield context.finding(
            found,
            "every action of everybody may be used; set `allowed_actions` to `selected` and list those that you trust",
        )
