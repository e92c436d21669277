"""Require enough approvals of a pull request.

A pull request that needs no approval is merged by whoever opened it: one person, or one stolen token, is enough to ship
code. One approval by somebody else is what the OpenSSF's and SLSA's highest demands come down to; for what many depend on, ask for
two. In a repository with one maintainer nobody could approve, and there the finding is a note where GitHub says so.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 0, // finding
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": false,
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
```

```yaml fails
# options: {minimum: 2}
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1  # finding
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
```

Of several policies the strictest counts, and teams that must approve every file are approvals too.

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 0,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": false,
        "require_last_push_approval": false,
        "required_review_thread_resolution": false,
        "required_reviewers": [
          {"file_patterns": ["**"], "minimum_approvals": 1, "reviewer": {"id": 7, "type": "Team"}}
        ]
      }
    }
  ]
}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, ProtectedRef, rule


class Options(NamedTuple):
    minimum: int = 1
    """How many people besides the author must approve."""


@rule(
    target=ProtectedRef,
    level="warning",
    tags=(
        "settings",
        "security",
        "scorecard-branch-protection",
        "cis-1.1.3",
        "osps-qa-07.01",
        "slsa-source-l4",
    ),
    options=Options,
    security_severity=6.0,
)
def check(ref: ProtectedRef, context: Context[Options]) -> Iterator[Finding]:
    minimum, approvals = context.options.minimum, ref.policy.approvals
    if not ref.is_judged or not ref.policy.pull_request.is_on or not approvals.known_below(minimum):
        return
    rules = [policy.pull_request.value for policy in ref.policy.policies]
    if any(rule is not None and rule.file_reviewers.is_on for rule in rules):
        return
    count = approvals.value or 0
    wanted = "no approval" if count == 0 else f"{count} approval{'s' * (count > 1)}"
    yield context.finding(
        approvals,
        f"a pull request into {ref.name} needs {wanted}"
        + (", so whoever opens it can merge it" if count == 0 else f" where {minimum} are wanted")
        + f"; {ref.advice('approvals', approvals.place)} to {minimum}",
        level="note" if ref.told.identity.owner_type.value == "User" else None,
        related=ref.beside(approvals.place),
    )
