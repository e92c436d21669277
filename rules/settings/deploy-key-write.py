"""Let deploy keys read only.

A deploy key belongs to no person, never expires and lies on some machine. One that may write pushes to every branch that is not protected against
it, and nobody can be asked who it was. Use a GitHub App for what must push: its tokens end after an hour.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "keys": {
      "status": 200,
      "body": [
        {
          "id": 1,
          "title": "release machine",
          "read_only": false // finding
        }
      ]
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
    "keys": {
      "status": 200,
      "body": [
        {"id": 1, "title": "mirror", "read_only": true}
      ]
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
    tags=("settings", "security", "credentials", "owasp-cicd-sec-6"),
    security_severity=5.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    for key in settings.told.access.deploy_keys.value or ():
        if key.read_only.is_off and not settings.is_archived:
            name = f"the deploy key `{key.title.value}`" if key.title.value else "this deploy key"
            yield context.finding(
                key.read_only,
                f"{name} may write, belongs to nobody and never expires; make it read-only, or use a GitHub App",
            )
