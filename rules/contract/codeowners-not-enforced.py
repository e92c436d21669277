"""Require the approval of code owners where there are any.

A CODEOWNERS file asks its owners for a review and no more: anybody else's approval is enough until the branch's protection demands
theirs. The other way round, a demand for code owners' approval in a repository without such a file demands nothing.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
        require_code_owner_reviews: false  # finding
# file: .github/CODEOWNERS
* @octo-org/maintainers
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
        require_code_owner_reviews: true  # finding
# file: .github/workflows/ci.yml
on: pull_request
jobs: {}
```

A file that names no owner asks for nobody.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
        require_code_owner_reviews: true
# file: .github/CODEOWNERS
* @octo-org/maintainers
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        required_approving_review_count: 1
# file: .github/CODEOWNERS
# nobody yet
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="warning",
    tags=("contract", "settings", "security", "scorecard-branch-protection", "cis-1.1.6"),
    security_severity=4.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    required, repository = ref.policy.code_owner_review, ref.repository
    if not ref.is_judged or not ref.is_own or not ref.policy.pull_request.is_on:
        return
    owners = repository.codeowners
    if required.is_on and owners is None and repository.workflows and repository.complete:
        yield context.finding(
            required,
            f"the approval of code owners is required on {ref.name}, but there is no CODEOWNERS file, so nobody is asked;"
            " add `.github/CODEOWNERS`",
            related=ref.beside(required.place),
        )
    elif required.is_off and owners is not None and any(entry.owners for entry in owners.entries):
        yield context.finding(
            required,
            f"code owners are asked for a review, but {ref.name} can be merged to without theirs;"
            f" {ref.advice('code_owner_review', required.place)}",
            related=[(owners, "the code owners"), *ref.beside(required.place)],
        )
