"""Name the checks that a branch must be up to date for.

That a branch must be up to date with its base takes effect only where at least one status check is required. Without one, the setting
reads like protection and does nothing.

```json fails
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {"required_approving_review_count": 1},
  "required_status_checks": {
    "strict": true, // finding
    "contexts": []
  },
  "restrictions": null,
  "enforce_admins": true
}
```

```json passes
# file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {"required_approving_review_count": 1},
  "required_status_checks": {
    "strict": true,
    "contexts": ["test"]
  },
  "restrictions": null,
  "enforce_admins": true
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Protection, rule


@rule(target=Protection, level="warning", tags=("settings", "checks"))
def check(protection: Protection, context: Context[NoOptions]) -> Iterator[Finding]:
    checks = protection.policy.status_checks.value
    if checks is not None and checks.strict.is_on and checks.strict.is_set and checks.checks.is_off:
        yield context.finding(
            checks.strict,
            f"{protection.policy.title} requires no status check, so that branches need not be up to date either;"
            " list the checks that must pass",
        )
