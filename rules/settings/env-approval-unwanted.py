"""Let an environment deploy by itself that the policy says needs nobody.

A staging environment is there to show what is on its branch, minutes after the push. Once somebody must approve each deployment to it, runs
wait for days, people approve without looking, and they do the same for production. Without `environments` this rule says nothing.

```yaml fails
# options: {environments: [staging]}
# file: .asf.yaml
github:
  environments:
    staging:
      required_reviewers:  # finding
        - id: somebody
          type: User
```

```yaml passes
# options: {environments: [staging]}
# file: .asf.yaml
github:
  environments:
    staging:
      wait_timer: 0
    production:
      required_reviewers:
        - id: somebody
          type: User
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, EnvironmentProtection, Finding, rule


class Options(NamedTuple):
    environments: tuple[str, ...] = ()
    """Globs of the names of environments that deploy without approval; upper and lower case are the same."""


@rule(target=EnvironmentProtection, level="warning", tags=("settings", "deployment"), options=Options)
def check(target: EnvironmentProtection, context: Context[Options]) -> Iterator[Finding]:
    one = target.environment
    if not target.is_archived and one.reviewers.is_on and target.is_like(context.options.environments):
        yield context.finding(
            one.reviewers,
            f"`{target.name}` deploys without approval, says the policy; take its required reviewers away",
        )
