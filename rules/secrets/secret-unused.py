"""Delete the secrets that no workflow uses.

A secret that nothing reads can still be stolen, and nobody will miss it. Take it off the policy's list, and delete it
from the repository's settings. Nothing is said where a workflow hands over all of its secrets, or chooses one when it
runs.

```yaml fails
# policy: {secrets: [DEPLOY_TOKEN, OLD_TOKEN]}
# file: .github/workflows/deploy.yml
on: push  # finding
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```

```yaml passes
# policy: {secrets: [DEPLOY_TOKEN, NPM_TOKEN]}
# file: .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make deploy
        env:
          TOKEN: ${{ secrets.deploy_token }}
# file: .github/dependabot.yml
version: 2
registries:
  npm: {type: npm-registry, url: "https://npm.example.com", token: "${{ secrets.NPM_TOKEN }}"}
updates: []
```

```yaml passes
# policy: {secrets: [DEPLOY_TOKEN]}
# file: .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    uses: example/workflows/.github/workflows/deploy.yml@8f4b7f84864484a7bf31766abe9204da3cbe65b3
    secrets: inherit
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, rule, secrets


@rule(target=Repository, level="note", tags=("secrets", "policy"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    used = (
        secrets.used(repository) if context.declared.secrets and repository.complete and repository.workflows else None
    )
    if used is None:
        return
    for name in context.declared.secrets:
        if name.upper() not in used and name.upper() != secrets.TOKEN:
            yield context.finding(
                repository, f"no workflow uses the secret `{name}`; delete it, and take it off the policy's list"
            )
