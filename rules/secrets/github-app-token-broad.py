"""Ask for app tokens that can do no more than the job needs.

A token of a GitHub App has all permissions of its installation, and with `owner` alone it reaches every repository of
the installation. Whoever gets hold of it has them too. Name the `repositories` and the permissions, and let the token
be revoked when the job ends.

```yaml fails
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/create-github-app-token@v2  # finding
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
      - uses: actions/create-github-app-token@v2
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          owner: ${{ github.repository_owner }}  # finding
          skip-token-revoke: true  # finding
          permission-contents: write
      - uses: wow-actions/use-app-token@v2  # finding
        with:
          app_id: ${{ vars.APP_ID }}
          private_key: ${{ secrets.APP_KEY }}
```

Without `owner` and `repositories` the token is for the repository at hand.

```yaml passes
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/create-github-app-token@v2
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          permission-contents: write
      - uses: actions/create-github-app-token@v2
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          owner: example
          repositories: website
          permission-pull-requests: write
      - uses: actions/create-github-app-token@v2
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          owner: example
          permission-members: read
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from wflint.api import Context, Finding, NoOptions, UsesStep, credentials, rule

_ORGANISATION = ("permission-members", "permission-organization-*", "permission-team-discussions")


@rule(
    target=UsesStep,
    level="warning",
    tags=("security", "secrets", "cwe-272", "owasp-cicd-sec-5"),
    security_severity=4.5,
)
def check(step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    known = credentials.credential(step.uses.name) if step.uses.name else None
    if known is None or known.kind != "token" or known.oidc or known.scope_inputs is None:
        return
    if not known.scope_inputs:
        yield context.finding(
            step.uses,
            f"`{step.uses.repository}` makes tokens with all rights of the app and cannot narrow them; use"
            " `actions/create-github-app-token` with `permission-…` inputs",
        )
        return
    permissions = [name for name in known.scope_inputs if name.startswith("permission")]
    given = [name for name in step.with_ if any(fnmatchcase(name, glob) for glob in permissions)]
    if permissions and not given:
        yield context.finding(
            step.uses,
            f"the token gets all permissions of the app; add `{permissions[0].replace('*', 'contents')}` and the like"
            " for those that the job needs",
        )
    owner = step.input("owner")
    only_organisation = given and all(any(fnmatchcase(name, glob) for glob in _ORGANISATION) for name in given)
    if owner is not None and owner.text.strip() and step.input("repositories") is None and not only_organisation:
        yield context.finding(
            owner, "the token reaches every repository of the installation; name those it is for in `repositories`"
        )
    for name, value in known.keeps.items():
        node = step.input(name)
        if node is not None and node.text.strip().lower() == value:
            yield context.finding(node, f"`{name}` keeps the token alive for an hour after the job; leave it out")
