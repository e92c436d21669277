"""Require the checks of your workflows to pass.

A workflow that runs on pull requests tells what is wrong; only a required status check keeps it from being merged. Without one a red
build can be merged, by accident or in a hurry, or before the tests have even started. List the checks that must pass; a single
job that needs all others is the easiest to keep right.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:  # finding
      required_pull_request_reviews:
        required_approving_review_count: 1
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```

```json fails
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {"required_approving_review_count": 1},
  "required_status_checks": {
    "strict": true,
    "contexts": [] // finding
  },
  "restrictions": null,
  "enforce_admins": true
}
# file: .github/workflows/ci.yml
on: pull_request
jobs: {}
```

A workflow that must pass, or code scanning that must find nothing, will do as well; and where no workflow runs on pull requests there
is nothing to require.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
# file: .github/workflows/nightly.yml
on:
  schedule:
    - cron: 0 3 * * *
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule

_REPORTING = ("pull_request", "pull_request_target", "merge_group")


@rule(
    target=ProtectedRef,
    level="warning",
    tags=("settings", "security", "scorecard-branch-protection", "cis-1.1.9", "osps-qa-03.01"),
    security_severity=4.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = ref.policy
    others = (policy.required_workflows, policy.code_scanning, policy.required_deployments)
    if not ref.is_judged or not policy.checks.is_off or any(other.is_on for other in others):
        return
    if ref.is_own and not any(
        event in workflow.triggers for workflow in ref.repository.workflows for event in _REPORTING
    ):
        return
    yield context.finding(
        policy.checks,
        f"no status check must pass before a merge into {ref.name}, so that a red build can be merged;"
        f" {ref.advice('checks', policy.checks.place)}",
        related=ref.beside(policy.checks.place),
    )
