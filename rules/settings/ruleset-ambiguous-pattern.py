"""Let one branch protection rule match a branch.

Of several classic rules whose patterns match a branch only one counts: one that names the branch, else the one that was made first. Which
that is stands in no file, and making a rule anew changes it. Name the branch in full, use one pattern, or use rulesets, which add up.

```json fails
# file: .github/branch-protection.json
{
  "data": {
    "repository": {
      "defaultBranchRef": {"name": "release/1.0"},
      "branchProtectionRules": {
        "nodes": [
          {"pattern": "release/*", "requiresApprovingReviews": true, "requiredApprovingReviewCount": 1},
          {"pattern": "*/1.0", "requiresApprovingReviews": false, "allowsForcePushes": true} // finding
        ]
      }
    }
  }
}
```

```json passes
# file: .github/branch-protection.json
{
  "data": {
    "repository": {
      "defaultBranchRef": {"name": "main"},
      "branchProtectionRules": {
        "nodes": [
          {"pattern": "main", "requiresApprovingReviews": true, "requiredApprovingReviewCount": 1},
          {"pattern": "m*", "requiresApprovingReviews": false, "allowsForcePushes": true}
        ]
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="warning", tags=("settings", "correctness"))
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    rivals = ref.rivals
    if len(rivals) > 1:
        first, second, *_ = rivals
        yield context.finding(
            second,
            f"{first.title} and {second.title} both match {ref.name}, and only the one that was made first counts;"
            " name the branch in full, or use rulesets",
            related=[(first, "the other one")],
        )
