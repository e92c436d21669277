"""Stop secrets before they are pushed.

Secret scanning tells of a credential when it is in the repository. Push protection refuses the push, when there is still nothing to
revoke. Where secret scanning is off altogether, `secret-scanning-off` says so.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {
      "status": 200,
      "body": {
        "name": "app",
        "default_branch": "main",
        "visibility": "public",
        "security_and_analysis": {
          "secret_scanning": {"status": "enabled"},
          "secret_scanning_push_protection": {"status": "disabled"} // finding
        }
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
    "repository": {
      "status": 200,
      "body": {
        "name": "app",
        "default_branch": "main",
        "visibility": "public",
        "security_and_analysis": {
          "secret_scanning": {"status": "enabled"},
          "secret_scanning_push_protection": {"status": "enabled"}
        }
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
    "repository": {
      "status": 200,
      "body": {
        "name": "app",
        "visibility": "private",
        "security_and_analysis": {
          "secret_scanning": {"status": "disabled"},
          "secret_scanning_push_protection": {"status": "disabled"}
        }
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
    tags=("settings", "security", "secrets", "owasp-cicd-sec-6", "osps-br-07.01"),
    security_severity=5.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.security.push_protection
    if found.is_off and not settings.is_archived and settings.told.security.secret_scanning.is_on:
        yield context.finding(
            found,
            "a push with a credential in it is let through; turn `secret_scanning_push_protection` on",
        )
