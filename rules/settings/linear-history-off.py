"""Require a linear history.

Merge commits make it hard to see what came in when, to find the change that broke something, and to take it out again. This is a matter of
taste, and of some benchmarks; squashing and rebasing give a linear history too, and where a branch's protection allows only those, nothing
is reported.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_linear_history: false  # finding
      required_pull_request_reviews:
        required_approving_review_count: 1
```

```yaml passes
# file: .asf.yaml
github:
  enabled_merge_buttons:
    merge: false
    squash: true
    rebase: true
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_linear_history: true
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "cis-1.1.13"))
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required, methods = ref.policy.linear_history, ref.policy.merge_methods
    if not ref.is_judged or not required.is_off:
        return
    if ref.policy.pull_request.is_on and methods.known and "merge" not in (methods.value or ()):
        return
    yield context.finding(
        required,
        f"merge commits may come into {ref.name}; {ref.advice('linear_history', required.place)}",
        related=ref.beside(required.place),
    )
