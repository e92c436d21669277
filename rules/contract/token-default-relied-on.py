"""Say what the job token may do where its default is to write.

Without `permissions` a job gets what the repository's settings give by default. Where that is `write`, each of its steps, and each
action in them, may push to the repository, publish its packages and close its issues. Set the default to `read`, or give each
workflow a block.

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": false}
    }
  }
}
# file: .github/workflows/ci.yml
on: push  # finding
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": false}
    }
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions/workflow": {
      "status": 200,
      "body": {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": false}
    }
  }
}
# file: .github/workflows/ci.yml
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, guards, rule


@rule(
    target=Repository, level="warning", tags=("contract", "settings", "permissions", "security"), security_severity=5.0
)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    if settings is None or settings.actions.default_token.value != "write":
        return
    default = [(place, "this is the default") for place in settings.actions.default_token.places[:1]]
    for workflow in repository.workflows:
        jobs = [job for job in workflow.jobs.values() if job.effective_permissions is None]
        if jobs and not workflow.is_only_reusable:
            yield context.finding(
                workflow,
                f"the token of the job `{jobs[0].id}` may write everything, as is the default here; add"
                " `permissions: {contents: read}`, or what it needs",
                related=default,
            )
