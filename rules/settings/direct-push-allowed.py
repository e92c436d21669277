"""Require pull requests into the default branch.

Where no pull request is required, one person or one stolen token is enough to put code into the branch that is shipped:
nobody sees it before, no review can be asked for, and required checks run on what is there already. Require pull requests,
even where you review alone: it is also what gives your checks a chance to say no.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:  # finding
      required_linear_history: true
```

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [ // finding
    {"type": "deletion"},
    {"type": "non_fast_forward"}
  ]
}
```

A branch that nobody may push to needs none, and what goes through a merge queue comes by pull request anyway.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
    branch-1.0: {}
```

```json passes
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": null,
  "required_status_checks": null,
  "restrictions": null,
  "enforce_admins": true,
  "lock_branch": true
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="error",
    tags=(
        "settings",
        "security",
        "scorecard-branch-protection",
        "cis-1.1.3",
        "owasp-cicd-sec-1",
        "osps-ac-03.01",
    ),
    security_severity=6.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required = ref.policy.pull_request
    if not ref.is_judged or not required.is_off or ref.policy.merge_queue.is_on:
        return
    yield context.finding(
        required,
        f"commits can be pushed to {ref.name} without a pull request, unseen by anybody;"
        f" {ref.advice('pull_request', required.place)}",
        level=ref.doubt,
        related=ref.beside(required.place),
    )
