"""Say who may dismiss reviews.

Everybody with write access can dismiss a review that asks for changes, and so get rid of an objection. Where that matters, restrict
it to those who decide.

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews:  # finding
        required_approving_review_count: 1
        dismiss_stale_reviews: true
      required_status_checks: null
      restrictions: null
      enforce_admins: true
```

`.asf.yaml` has no way to say so, and nothing is reported there.

```yaml passes
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews:
        required_approving_review_count: 1
        dismissal_restrictions:
          users: []
          teams: [maintainers]
      required_status_checks: null
      restrictions: null
      enforce_admins: true
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "security", "cis-1.1.5"), security_severity=3.0)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    restricted = ref.policy.dismissal
    if not ref.is_judged or not ref.wants_approval or not restricted.known or restricted.value is not None:
        return
    if all(policy.source.format == "asf" for policy in ref.policy.policies):
        return
    yield context.finding(
        restricted,
        f"everybody who may write can dismiss the reviews of a pull request into {ref.name};"
        f" {ref.advice('dismissal', restricted.place)}",
        related=ref.beside(restricted.place),
    )
