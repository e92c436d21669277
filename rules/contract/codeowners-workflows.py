"""Give the files that guard a repository an owner.

Where a review by code owners is required, files without an owner need none. Whoever can open a pull request then changes the
workflows, or CODEOWNERS itself, and with them everything that the review was to guard. Name an owner for `/.github/`, and for
CODEOWNERS and the settings where they stand elsewhere. The last line that matches a file decides; one without an owner takes it
away.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        require_code_owner_reviews: true
        required_approving_review_count: 1
# file: .github/CODEOWNERS
*.js @octo-org/web  # finding
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_pull_request_reviews:
        require_code_owner_reviews: true
        required_approving_review_count: 1
# file: .github/CODEOWNERS
/.github/ @octo-org/platform
/.asf.yaml @octo-org/platform
*.js @octo-org/web
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, owners, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "codeowners", "security"), security_severity=6.5)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    if policy is None or not policy.code_owner_review.is_on:
        return
    alone = policy.approvals.known_to_be(0)
    for gap in owners.unowned(repository):
        yield context.finding(
            gap.place,
            f"{gap.what} no owner, so a change there needs no review by code owners, which the branch requires;"
            " add a line with an owner",
            level="error" if alone else "warning",
            related=[(place, "here that review is required") for place in policy.code_owner_review.places[:1]],
        )
