"""Block the deletion of protected branches.

Whoever may delete a branch takes its protection's object away, and with it the history that the protection was to keep; made
anew, the branch starts wherever they like. GitHub itself refuses to delete a branch as long as it is the default one, so that
there it is worth a note; `non_fast_forward` does not cover it.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [ // finding
    {"type": "non_fast_forward"}
  ]
}
```

```yaml fails
# file: .github/settings.yml
branches:
  - name: production
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: null
      enforce_admins: true
      allow_deletions: true  # finding
```

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="warning",
    tags=(
        "settings",
        "security",
        "scorecard-branch-protection",
        "cis-1.1.17",
        "osps-ac-03.02",
        "slsa-source-l3",
    ),
    security_severity=5.0,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    blocked = ref.policy.block_deletion
    if not ref.is_branch or not ref.policy.is_protected or ref.is_archived or not blocked.is_off:
        return
    if not ref.is_main and not blocked.is_set:
        return
    yield context.finding(
        blocked,
        f"everybody who may push can delete {ref.name}; {ref.advice('block_deletion', blocked.place)}",
        level="note" if ref.is_main and not blocked.is_set else None,
        related=ref.beside(blocked.place),
    )
