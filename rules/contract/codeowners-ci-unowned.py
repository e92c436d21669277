"""Name an owner of the workflows in CODEOWNERS.

Who changes a workflow changes what every check means and which secrets are read. A repository that has CODEOWNERS can have each
such change seen by those who know: name an owner of `/.github/`, which holds the workflows, the actions and often CODEOWNERS
itself.

```yaml fails
# file: .github/CODEOWNERS
/docs/ @octo-org/writers  # finding
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml fails
# file: .github/CODEOWNERS
* @octo-org/all
/.github/workflows/  # finding
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml passes
# file: .github/CODEOWNERS
* @octo-org/all
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


@rule(target=Repository, level="warning", tags=("contract", "codeowners", "security"), security_severity=4.0)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    if policy is not None and policy.code_owner_review.is_on:
        # The rule `codeowners-workflows` speaks of it.
        return
    for gap in owners.unowned(repository, settings=False):
        yield context.finding(
            gap.place,
            f"{gap.what} no owner in CODEOWNERS, so nobody is asked about a change; add a line with an owner",
        )
