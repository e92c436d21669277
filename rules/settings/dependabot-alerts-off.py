"""Be told of vulnerable dependencies.

Dependabot alerts cost nothing and tell when a known vulnerability is found in what you use. Without them you learn of it from the news,
or from whoever uses it against you.

```yaml fails
# file: .github/settings.yml
repository:
  enable_vulnerability_alerts: false  # finding
```

```yaml fails
# file: .asf.yaml
github:
  dependabot_alerts: false  # finding
```

```yaml passes
# file: .github/settings.yml
repository:
  enable_vulnerability_alerts: true
```

```yaml passes
# file: .asf.yaml
github:
  description: Says nothing about alerts
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(
    target=Settings,
    level="warning",
    tags=("settings", "security", "dependencies", "owasp-cicd-sec-3"),
    security_severity=5.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.security.dependabot_alerts
    if found.is_off and not settings.is_archived:
        yield context.finding(
            found,
            "nobody is told when a dependency is found to be vulnerable; turn Dependabot alerts on",
        )
