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

A policy may list the checks that must be among them.

```json fails
// options: {contexts: [test, security-*]}
// file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {"required_approving_review_count": 1},
  "required_status_checks": {
    "strict": true,
    "contexts": ["test"] // finding
  },
  "restrictions": null,
  "enforce_admins": true
}
```

```yaml passes
# options: {contexts: [test, security-*]}
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test, security-scan]
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, ProtectedRef, rule

_REPORTING = ("pull_request", "pull_request_target", "merge_group")


class Options(NamedTuple):
    contexts: tuple[str, ...] = ()
    """Globs of checks, each of which must be required."""


@rule(
    target=ProtectedRef,
    level="warning",
    tags=("settings", "security", "scorecard-branch-protection", "cis-1.1.9", "osps-qa-03.01"),
    options=Options,
    security_severity=4.5,
)
def check(ref: ProtectedRef, context: Context[Options]) -> Iterator[Finding]:
    policy = ref.policy
    if ref.is_judged and context.options.contexts and policy.checks.known:
        required = [one.context.value or "" for one in policy.checks.value or ()]
        lacking = [glob for glob in context.options.contexts if not any(fnmatchcase(one, glob) for one in required)]
        if lacking:
            yield context.finding(
                policy.checks,
                f"the policy asks that {', '.join(f'`{each}`' for each in lacking)} pass before a merge into {ref.name}",
                related=ref.beside(policy.checks.place),
            )
        return
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
