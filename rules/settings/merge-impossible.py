"""Leave a way to merge.

Rulesets, branch protection and the repository each say how pull requests may be merged. Where no method is left that all of them
allow, nothing can be merged but by who bypasses the rules. A required linear history leaves squashing and rebasing.

```json fails
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
        "allowed_merge_methods": ["squash"], // finding
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": false,
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
# file: .github/settings.yml
repository:
  allow_squash_merge: false
  allow_merge_commit: true
```

```yaml fails
# file: .asf.yaml
github:
  enabled_merge_buttons:
    squash: false
    rebase: false
    merge: true
  protected_branches:
    main:
      required_linear_history: true  # finding
      required_pull_request_reviews:
        required_approving_review_count: 1
```

```yaml passes
# file: .asf.yaml
github:
  enabled_merge_buttons:
    squash: true
    rebase: false
    merge: false
  protected_branches:
    main:
      required_linear_history: true
      required_pull_request_reviews:
        required_approving_review_count: 1
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="error", tags=("settings", "correctness"))
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    methods, linear = ref.policy.merge_methods, ref.policy.linear_history
    if not ref.is_branch or not ref.policy.is_protected or ref.is_archived or not methods.known:
        return
    limits = [(place, "this limits the methods") for place in methods.places]
    if not methods.value:
        yield context.finding(
            methods,
            f"no pull request can be merged into {ref.name}: no method is allowed here and by the rest of the settings;"
            " allow one of `merge`, `squash`, `rebase` in all of them",
            related=limits[1:],
        )
    elif methods.value == ("merge",) and linear.is_on:
        yield context.finding(
            linear,
            f"no pull request can be merged into {ref.name}: a linear history takes no merge commits, and nothing else is"
            " allowed; allow squashing or rebasing",
            related=limits,
        )
