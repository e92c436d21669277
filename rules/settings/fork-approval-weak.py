"""Approve the workflow runs of people from outside.

A pull request from a fork runs the workflows of the repository on its machines. GitHub's default asks for an approval only until
somebody has had one change merged; a corrected typo is enough to be free of it. On public repositories ask for it for everybody from outside.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/fork-pr-contributor-approval": {
      "status": 200,
      "body": {
        "approval_policy": "first_time_contributors_new_to_github" // finding
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
    "actions/permissions/fork-pr-contributor-approval": {
      "status": 200,
      "body": {"approval_policy": "all_external_contributors"}
    }
  }
}
```

```json passes
# options: {accept: [first_time_contributors]}
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/fork-pr-contributor-approval": {
      "status": 200,
      "body": {"approval_policy": "first_time_contributors"}
    }
  }
}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Settings, rule

_WHO = {
    "first_time_contributors_new_to_github": "accounts that are not new to GitHub",
    "first_time_contributors": "everybody who had one change merged",
}


class Options(NamedTuple):
    accept: tuple[str, ...] = ()
    """Policies that will do besides `all_external_contributors`."""


@rule(
    target=Settings,
    level="warning",
    tags=("settings", "security", "owasp-cicd-sec-4"),
    options=Options,
    security_severity=5.0,
)
def check(settings: Settings, context: Context[Options]) -> Iterator[Finding]:
    policy = settings.told.actions.fork_approval
    who = _WHO.get(policy.value or "")
    if who is None or policy.value in context.options.accept:
        return
    if settings.is_private or settings.is_archived or settings.actions_off:
        return
    yield context.finding(
        policy,
        f"pull requests by {who} run workflows without approval; set `approval_policy` to `all_external_contributors`",
        level="note" if policy.value == "first_time_contributors" else None,
    )
