"""Require the review of code owners where CODEOWNERS names them.

CODEOWNERS asks its owners for a review. Unless the branch requires that review, nobody has to wait for it, and another
approval, or none, is enough to merge.

```yaml fails
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
        "require_code_owner_review": false, // finding
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
# file: .github/CODEOWNERS
* @octo-org/all
```

```yaml passes
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
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
# file: .github/CODEOWNERS
* @octo-org/all
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, rule


@rule(target=Repository, level="note", tags=("contract", "settings", "codeowners", "security"), security_severity=4.0)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    owners = repository.codeowners
    if policy is None or owners is None or not any(entry.owners for entry in owners.entries):
        return
    place = policy.code_owner_review.place
    if policy.policies and policy.code_owner_review.is_off and place is not None:
        yield context.finding(
            place,
            "CODEOWNERS names owners, but their review is not required to merge; require it, or drop the file",
            related=[(owners, "these are the owners")],
        )
