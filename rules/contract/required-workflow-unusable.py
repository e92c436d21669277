"""Make a workflow that a ruleset requires able to run where it is required.

A ruleset of an organization can require a workflow by its path. When the file is gone, or does not run for pull requests, or not
for the merge queue where there is one, nothing can be merged. With `cancel-in-progress` a second run cancels the first, and the
cancelled one blocks the pull request.

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"id": 7, "full_name": "octo-org/app", "name": "app", "default_branch": "main"}},
    "rulesets/1": {
      "status": 200,
      "body": {
        "id": 1,
        "name": "organization",
        "target": "branch",
        "enforcement": "active",
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [
          {
            "type": "workflows",
            "parameters": {
              "workflows": [
                {"path": ".github/workflows/gone.yml", "repository_id": 7}, // finding
                {"path": ".github/workflows/scan.yml", "repository_id": 7}, // finding
                {"path": ".github/workflows/elsewhere.yml", "repository_id": 8}
              ]
            }
          }
        ]
      }
    }
  }
}
# file: .github/workflows/scan.yml
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - run: make scan
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"id": 7, "full_name": "octo-org/app", "name": "app", "default_branch": "main"}},
    "rulesets/1": {
      "status": 200,
      "body": {
        "id": 1,
        "name": "organization",
        "target": "branch",
        "enforcement": "active",
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [
          {
            "type": "workflows",
            "parameters": {"workflows": [{"path": ".github/workflows/scan.yml", "repository_id": 7}]}
          }
        ]
      }
    }
  }
}
# file: .github/workflows/scan.yml
on: pull_request
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - run: make scan
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "checks"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    settings = guards.settings_of(repository)
    if policy is None or settings is None or settings.identity.id.value is None:
        return
    for wanted in policy.required_workflows.value or ():
        if wanted.repository_id.value != settings.identity.id.value or wanted.path.value is None:
            continue
        path = wanted.path.value
        workflow = next((each for each in repository.workflows if each.path == path), None)
        problem = None
        if workflow is None:
            problem = None if repository.has(path) else "is not there"
        elif "pull_request" not in workflow.triggers and "pull_request_target" not in workflow.triggers:
            problem = "does not run for `pull_request`"
        elif policy.merge_queue.is_on and "merge_group" not in workflow.triggers:
            problem = "does not run for `merge_group`, and merges go through a queue"
        elif workflow.concurrency is not None and workflow.concurrency.cancel_in_progress is not None:
            stops = workflow.concurrency.cancel_in_progress.text == "true"
            problem = "cancels its own runs, which blocks the pull request" if stops else None
        if problem is not None:
            yield context.finding(
                wanted,
                f"the required workflow `{path}` {problem}, so nothing can be merged; mend the workflow or the rule",
                related=[(workflow, "this is the workflow")] if workflow is not None else [],
            )
