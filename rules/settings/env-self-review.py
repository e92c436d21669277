"""Do not let people approve their own deployments.

Required reviewers may be the ones who started the run. Then one person changes, starts and approves what goes to production. GitHub can keep
whoever started a run from approving it.

```yaml fails
# file: .asf.yaml
github:
  environments:
    production:
      required_reviewers:
        - id: somebody
          type: User
      prevent_self_review: false  # finding
```

In `.asf.yaml` it is prevented unless it is allowed. The Settings app does not pass it on, so that nothing can be mended in its file.

```yaml passes
# file: .asf.yaml
github:
  environments:
    production:
      required_reviewers:
        - id: somebody
          type: User
```

```yaml passes
# file: .github/settings.yml
environments:
  - name: production
    reviewers:
      - type: User
        id: 7
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
    security_severity=4.0,
)
def check(target: EnvironmentProtection, context: Context[Options]) -> Iterator[Finding]:
    one = target.environment
    if target.is_archived or not target.is_like(context.options.environments):
        return
    written = {source.format for source in target.told.sources if source.document is one.place.document}
    if one.reviewers.is_on and one.prevent_self_review.is_off and "settings-app" not in written:
        yield context.finding(
            one.prevent_self_review,
            f"who starts a deployment to `{target.name}` may approve it; set `prevent_self_review` to `true`",
        )
