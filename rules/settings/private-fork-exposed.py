"""Keep secrets and write tokens from the pull requests of forks.

In a private repository GitHub can be told to run workflows for pull requests from forks with a token that may write, and with the
secrets. Whoever may fork it, which is everybody who may read it, can then take the secrets and push with the token: read access has become all there is.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/fork-pr-workflows-private-repos": {
      "status": 200,
      "body": {
        "run_workflows_from_fork_pull_requests": true,
        "send_write_tokens_to_workflows": true, // finding
        "send_secrets_and_variables": true, // finding
        "require_approval_for_fork_pr_workflows": true
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
    "actions/permissions/fork-pr-workflows-private-repos": {
      "status": 200,
      "body": {
        "run_workflows_from_fork_pull_requests": true,
        "send_write_tokens_to_workflows": false,
        "send_secrets_and_variables": false,
        "require_approval_for_fork_pr_workflows": true
      }
    }
  }
}
```

Where workflows do not run for forks, what they would get does not matter.

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/fork-pr-workflows-private-repos": {
      "status": 200,
      "body": {
        "run_workflows_from_fork_pull_requests": false,
        "send_write_tokens_to_workflows": true,
        "send_secrets_and_variables": false,
        "require_approval_for_fork_pr_workflows": false
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(
    target=Settings, level="error", tags=("settings", "security", "secrets", "owasp-cicd-sec-4"), security_severity=8.0
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    actions = settings.told.actions
    if not actions.private_fork_run.is_on or settings.actions_off or settings.is_archived:
        return
    for setting, what, key in (
        (actions.private_fork_write_token, "get a token that may write", "send_write_tokens_to_workflows"),
        (actions.private_fork_secrets, "get the secrets", "send_secrets_and_variables"),
    ):
        if setting.is_on:
            yield context.finding(
                setting,
                f"pull requests from forks {what}, so that everybody who may read can use them; set `{key}` to `false`",
                level="warning" if actions.private_fork_approval.is_on else None,
            )
