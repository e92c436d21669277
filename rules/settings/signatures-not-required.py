"""Require signed commits.

Anybody can write any name into a commit. A verified signature ties it to a key of the account that GitHub shows beside it; required
on a branch, it keeps out what somebody else wrote in a colleague's name. Commits that GitHub makes when it merges are signed.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_signatures: false  # finding
```

The request that sets classic branch protection cannot ask for signatures, so that its files tell nothing about them.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_signatures: true
```

```json passes
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {"required_approving_review_count": 1},
  "required_status_checks": null,
  "restrictions": null,
  "enforce_admins": true
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "security", "cis-1.1.12"), security_severity=3.0)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required = ref.policy.signatures
    if ref.is_judged and required.is_off:
        yield context.finding(
            required,
            f"commits on {ref.name} need no signature, so that anybody can be named as their author;"
            f" {ref.advice('signatures', required.place)}",
            related=ref.beside(required.place),
        )
