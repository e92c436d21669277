"""Block force pushes to protected branches.

A force push replaces what a branch held. Whoever may do it can drop commits that others reviewed, put other ones in
their place and leave no trace in the history; builds that were made of the lost commits can no longer be explained.
In a ruleset nothing blocks them until the rule `non_fast_forward` does.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [ // finding
    {"type": "deletion"}
  ]
}
```

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: null
      enforce_admins: true
      allow_force_pushes: true  # finding
  - name: release
    protection:
      required_pull_request_reviews: null
      required_status_checks: null
      restrictions: null
      enforce_admins: true
      allow_force_pushes: true  # finding
```

Classic branch protection blocks force pushes unless it is told otherwise, and every ruleset counts that is for the branch.
On branches that are not the default one only what is allowed in so many words is reported.

```json passes
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": null,
  "required_status_checks": null,
  "restrictions": null,
  "enforce_admins": true
}
```

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "deletion"}]
}
# file: .github/rulesets/all.json
{
  "name": "all",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~ALL"], "exclude": []}},
  "rules": [{"type": "non_fast_forward"}]
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
        "cis-1.1.16",
        "owasp-cicd-sec-1",
        "slsa-source-l3",
    ),
    security_severity=7.0,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    blocked = ref.policy.block_force_push
    if not ref.is_branch or not ref.policy.is_protected or ref.is_closed or not blocked.is_off:
        return
    if not ref.is_main and not blocked.is_set:
        return
    yield context.finding(
        blocked,
        f"everybody who may push to {ref.name} can rewrite its history by a force push;"
        f" {ref.advice('block_force_push', blocked.place)}",
        level=None if blocked.is_set and not ref.policy.pull_request.is_on else ref.doubt,
        related=ref.beside(blocked.place),
    )
