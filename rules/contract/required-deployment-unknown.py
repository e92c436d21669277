"""Require deployments only to environments that a pull request can be deployed to.

A ruleset may ask that a pull request was deployed to an environment before it is merged. If no job that runs for it names that
environment, the deployment never comes and nothing can be merged.

```yaml fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "required_deployments",
      "parameters": {
        "required_deployment_environments": [
          "staging" // finding
        ]
      }
    }
  ]
}
# file: .github/workflows/deploy.yml
on:
  push:
    branches: [main]
jobs:
  deploy:
    environment: staging
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```

```yaml passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {"type": "required_deployments", "parameters": {"required_deployment_environments": ["staging"]}}
  ]
}
# file: .github/workflows/deploy.yml
on: pull_request
jobs:
  deploy:
    environment: Staging
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, deployments, filters, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "environments"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    settings = guards.settings_of(repository)
    if policy is None or settings is None or not repository.checks.complete:
        return
    branches = guards.branches(settings)
    jobs = [job for workflow in repository.workflows for job in workflow.jobs.values()]
    if any(job.environment is not None and "${{" in str(job.environment.node.plain()) for job in jobs):
        return
    for wanted in policy.required_deployments.value or ():
        named = [
            one for one, name in deployments.deployments(repository) if name.lower() == (wanted.value or "").lower()
        ]
        if wanted.place is None or any(filters.may_run_on_head(one.job.workflow, branches) for one in named):
            continue
        yield context.finding(
            wanted.place,
            f"no job that runs for pull requests deploys to `{wanted.value}`, so nothing can be merged; name it in"
            " `environment:` of one, or drop the rule",
            level="error" if named else "warning",
            related=[(named[0], "this job deploys there, at other times")] if named else [],
        )
