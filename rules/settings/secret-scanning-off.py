"""Scan for secrets.

A credential that was committed is in the history for good, and is found by others within minutes. Secret scanning finds those of
many providers and has them revoked. It is free for public repositories; for private ones it belongs to a paid product, and nothing
is reported where that is off.

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
          "secret_scanning": {"status": "disabled"} // finding
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
          "secret_scanning": {"status": "enabled"}
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
    tags=("settings", "security", "secrets", "owasp-cicd-sec-6"),
    security_severity=5.5,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.security.secret_scanning
    if found.is_off and not settings.is_archived and not settings.lacks_secret_protection:
        yield context.finding(
            found,
            "committed credentials are not looked for; turn `secret_scanning` on",
        )
