"""Bind administrators to the protection of environments.

By default administrators may skip the reviewers and the waiting time of an environment. Where an approval must be by somebody else, take
that away from them.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "environments": {
      "status": 200,
      "body": {
        "total_count": 1,
        "environments": [
          {
            "name": "production",
            "can_admins_bypass": true, // finding
            "protection_rules": [
              {
                "type": "required_reviewers",
                "prevent_self_review": true,
                "reviewers": [{"type": "User", "reviewer": {"login": "somebody", "id": 7}}]
              }
            ],
            "deployment_branch_policy": null
          }
        ]
      }
    }
  }
}
```

Where nothing has to be approved there is nothing to skip.

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "environments": {
      "status": 200,
      "body": {
        "total_count": 1,
        "environments": [
          {
            "name": "production",
            "can_admins_bypass": true,
            "protection_rules": [],
            "deployment_branch_policy": null
          }
        ]
      }
    }
  }
}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, EnvironmentProtection, Finding, deploying, rule


class Options(NamedTuple):
    environments: tuple[str, ...] = deploying.ENVIRONMENTS
    """Globs of the names of environments that something is deployed to; upper and lower case are the same."""


@rule(
    target=EnvironmentProtection,
    level="note",
    tags=("settings", "security", "deployment", "owasp-cicd-sec-1"),
    options=Options,
    security_severity=3.5,
)
def check(target: EnvironmentProtection, context: Context[Options]) -> Iterator[Finding]:
    one = target.environment
    if target.is_archived or not target.is_like(context.options.environments):
        return
    if one.admins_bypass.is_on and (one.reviewers.is_on or one.custom_gates.is_on):
        yield context.finding(
            one.admins_bypass,
            f"administrators may skip the approval of a deployment to `{target.name}`; set `can_admins_bypass` to `false`",
        )
