"""Have somebody approve what goes to production.

A job that names an environment gets its secrets and may deploy. Without required reviewers, or an app that holds it back, whoever can start
the workflow deploys, and nobody knows before it is done. Where only some branches may deploy, and those are protected, that is a matter of how
careful you want to be, and the finding is a note.

```yaml fails
# file: .asf.yaml
github:
  environments:
    production:  # finding
      wait_timer: 5
    pypi:
      required_reviewers:
        - id: somebody
          type: User
```

```yaml passes
# file: .asf.yaml
github:
  environments:
    production:
      required_reviewers:
        - id: somebody
          type: User
    test:
      wait_timer: 0
```

```yaml fails
# options: {always: true}
# file: .github/settings.yml
environments:
  - name: production  # finding
    deployment_branch_policy:
      protected_branches: true
```

```yaml passes
# options: {environments: [live]}
# file: .asf.yaml
github:
  environments:
    production:
      wait_timer: 5
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, EnvironmentProtection, Finding, deploying, rule


class Options(NamedTuple):
    environments: tuple[str, ...] = deploying.ENVIRONMENTS
    """Globs of the names of environments that something is deployed to; upper and lower case are the same."""
    always: bool = False
    """Whether reviewers are wanted even where only some branches may deploy, or an app holds deployments back."""


@rule(
    target=EnvironmentProtection,
    level="warning",
    tags=("settings", "security", "deployment", "owasp-cicd-sec-1"),
    options=Options,
    security_severity=5.0,
)
def check(target: EnvironmentProtection, context: Context[Options]) -> Iterator[Finding]:
    one = target.environment
    if target.is_archived or not target.is_like(context.options.environments):
        return
    always = context.options.always
    if not one.reviewers.is_off or (one.custom_gates.is_on and not always):
        return
    yield context.finding(
        one.reviewers,
        f"nobody has to approve a deployment to `{target.name}`; add required reviewers to it",
        level="note" if not always and one.refs.known_to_be("protected", "selected") else None,
    )
