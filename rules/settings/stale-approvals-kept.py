"""Let new commits dismiss the approvals that came before them.

An approval that outlives what it approved lets an author get a harmless change approved, push something else and merge it. Dismiss
approvals when commits are pushed, or require that somebody else approves the last push.

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews:
        required_approving_review_count: 1
        dismiss_stale_reviews: false  # finding
      required_status_checks: null
      restrictions: null
      enforce_admins: true
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:  # finding
        required_approving_review_count: 1
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
        dismiss_stale_reviews: true
    branch-1.0:
      required_pull_request_reviews:
        required_approving_review_count: 1
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
    level="warning",
    tags=(
        "settings",
        "security",
        "scorecard-branch-protection",
        "cis-1.1.4",
        "owasp-cicd-sec-1",
        "slsa-source-l4",
    ),
    security_severity=5.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    dismissed, last = ref.policy.dismiss_stale, ref.policy.last_push_approval
    if ref.is_judged and ref.wants_approval and dismissed.is_off and last.is_off:
        yield context.finding(
            dismissed,
            f"an approval of a pull request into {ref.name} also counts for what is pushed after it;"
            f" {ref.advice('dismiss_stale', dismissed.place)}",
            related=ref.beside(dismissed.place),
        )
