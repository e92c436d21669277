"""Have the last push approved by somebody who did not make it.

A reviewer with write access can push to the pull request that they are about to approve. Then author and reviewer of what is merged
are the same person, whatever the number of approvals. GitHub can require that somebody else approves the last push.

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
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": true,
        "require_last_push_approval": false, // finding
        "required_review_thread_resolution": true
      }
    }
  ]
}
```

Without a required approval there is nothing to approve, and that is what `required-reviewers-low` tells.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 0
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
        require_last_push_approval: true
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="note",
    tags=("settings", "security", "scorecard-branch-protection", "slsa-source-l4"),
    security_severity=4.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required = ref.policy.last_push_approval
    if ref.is_judged and ref.wants_approval and required.is_off:
        yield context.finding(
            required,
            f"who pushes to a pull request into {ref.name} last may approve it themselves;"
            f" {ref.advice('last_push_approval', required.place)}",
            related=ref.beside(required.place),
        )
