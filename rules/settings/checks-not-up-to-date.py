"""Require branches to be up to date, or use a merge queue.

A check runs on a pull request as it was when it was pushed. Two changes that pass one by one can break the build together, and the
branch is red after the second is merged. Require branches to be up to date before they are merged; where that costs too many
runs, a merge queue tests what will really be there.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        strict: false  # finding
        contexts: [test]
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        strict: true
        contexts: [test]
```

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "merge_queue",
      "parameters": {
        "check_response_timeout_minutes": 60,
        "grouping_strategy": "ALLGREEN",
        "max_entries_to_build": 5,
        "max_entries_to_merge": 5,
        "merge_method": "SQUASH",
        "min_entries_to_merge": 1,
        "min_entries_to_merge_wait_minutes": 5
      }
    },
    {
      "type": "required_status_checks",
      "parameters": {
        "strict_required_status_checks_policy": false,
        "required_status_checks": [{"context": "test", "integration_id": 15368}]
      }
    }
  ]
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "checks", "scorecard-branch-protection", "cis-1.1.10"))
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    strict = ref.policy.strict
    if ref.is_judged and ref.policy.checks.is_on and strict.is_off and not ref.policy.merge_queue.is_on:
        yield context.finding(
            strict,
            f"checks run on what a pull request was, not on what {ref.name} becomes by merging it;"
            f" {ref.advice('strict', strict.place)}, or use a merge queue",
            related=ref.beside(strict.place),
        )
