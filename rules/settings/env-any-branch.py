"""Say from which branches and tags may be deployed.

Without a deployment branch policy a workflow on any branch may use the environment and its secrets: whoever can push a branch changes the
workflow there and runs it, with no review. Let protected branches deploy only, or list the branches and tags.

```yaml fails
# file: .asf.yaml
github:
  environments:
    production:  # finding
      required_reviewers:
        - id: somebody
          type: User
```

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
            "name": "Production",
            "protection_rules": [],
            "deployment_branch_policy": null // finding
          }
        ]
      }
    }
  }
}
```

```yaml passes
# file: .asf.yaml
github:
  environments:
    production:
      deployment_branch_policy:
        protected_branches: true
    release:
      deployment_branch_policy:
        policies:
          - name: v*
            type: tag
    test:
      wait_timer: 0
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
    level="warning",
    tags=("settings", "security", "deployment", "owasp-cicd-sec-1", "owasp-cicd-sec-5"),
    options=Options,
    security_severity=5.5,
)
def check(target: EnvironmentProtection, context: Context[Options]) -> Iterator[Finding]:
    one = target.environment
    if target.is_archived or not target.is_like(context.options.environments):
        return
    if one.refs.known_to_be("all"):
        yield context.finding(
            one.refs,
            f"workflows of every branch may deploy to `{target.name}` and use its secrets; set a deployment branch policy",
        )
