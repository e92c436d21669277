"""Let vulnerabilities be reported in private.

Whoever finds a hole in a public project needs a way to tell its maintainers before they tell everybody. With private vulnerability
reporting on, the repository has one that needs no address and no key.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "private-vulnerability-reporting": {
      "status": 200,
      "body": {
        "enabled": false // finding
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
    "private-vulnerability-reporting": {
      "status": 200,
      "body": {
        "enabled": true
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(
    target=Settings, level="note", tags=("settings", "security", "disclosure", "osps-vm-03.01"), security_severity=3.0
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.security.private_vulnerability_reporting
    if found.is_off and not settings.is_private and not settings.is_archived:
        yield context.finding(
            found,
            "a vulnerability can only be reported in public; turn private vulnerability reporting on",
        )
