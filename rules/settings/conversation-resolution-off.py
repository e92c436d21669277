"""Require conversations to be resolved before a merge.

A reviewer's question that nobody answered is merged over as soon as the approvals are there. GitHub can keep a pull request back until
every conversation is resolved.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_conversation_resolution: false  # finding
      required_pull_request_reviews:
        required_approving_review_count: 1
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_conversation_resolution: true
      required_pull_request_reviews:
        required_approving_review_count: 1
    branch-1.0:
      required_pull_request_reviews:
        required_approving_review_count: 1
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(target=ProtectedRef, level="note", tags=("settings", "cis-1.1.11"))
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required = ref.policy.thread_resolution
    if ref.is_judged and ref.policy.pull_request.is_on and required.is_off:
        yield context.finding(
            required,
            f"a pull request into {ref.name} can be merged over questions that nobody answered;"
            f" {ref.advice('thread_resolution', required.place)}",
            related=ref.beside(required.place),
        )
