"""Pass a reusable workflow the secrets it needs, by name.

`secrets: inherit` hands every secret that the caller can read to the called workflow: those of the organisation, the
repository and the environment, also those that will be added next year. A workflow in another repository that is
taken over gets them all; named secrets limit the loss to what it really uses, and say what that is.

```yaml fails
on: push
jobs:
  deploy:
    uses: example/workflows/.github/workflows/deploy.yml@8f4b7f84864484a7bf31766abe9204da3cbe65b3
    secrets: inherit  # finding
```

```yaml passes
on: push
jobs:
  deploy:
    uses: example/workflows/.github/workflows/deploy.yml@8f4b7f84864484a7bf31766abe9204da3cbe65b3
    secrets:
      deploy-key: ${{ secrets.DEPLOY_KEY }}
```

A workflow of the same repository is under the same review as its caller, so that is only a note.

```yaml fails
on: push
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yml
    secrets: inherit  # finding
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ReusableCall, rule


@rule(
    target=ReusableCall,
    level="warning",
    tags=("security", "secrets", "cwe-272", "owasp-cicd-sec-6"),
    security_severity=5.0,
)
def check(call: ReusableCall, context: Context[NoOptions]) -> Iterator[Finding]:
    secrets = call.node.get("secrets")
    if secrets is None or not call.inherits_secrets:
        return
    local = call.uses.kind in ("local", "self")
    yield context.finding(
        secrets.place,
        f"`secrets: inherit` gives `{call.uses.repository or call.uses}` every secret there is; list the ones it needs as `name: ${{{{ secrets.NAME }}}}`",
        level="note" if local else None,
        related=[(call.uses, "the workflow that gets them")],
    )
