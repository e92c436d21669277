"""Say who may push to the default branch.

Some policies want the people and teams named who may push or merge at all, beyond what reviews and checks demand. Few projects need it,
so that no pack but the one of the benchmark that asks for it has this rule.

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: null  # finding
      enforce_admins: true
```

```yaml passes
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: {users: [], teams: [maintainers], apps: []}
      enforce_admins: true
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "security", "cis-1.1.15"), security_severity=3.0)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    allowed = ref.policy.push
    if ref.is_judged and allowed.known and allowed.value is None and ref.policy.block_update.is_off:
        yield context.finding(
            allowed,
            f"everybody who may write can push or merge to {ref.name}; {ref.advice('push', allowed.place)}",
            related=ref.beside(allowed.place),
        )
