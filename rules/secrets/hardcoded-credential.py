"""Keep tokens and keys in secrets, never in files.

Whoever can read the repository can use the credential: every collaborator, every fork, every clone, and in a public
repository everybody, within minutes. Removing the line does not help, since history keeps it. Revoke the credential,
make a new one, and store that as a secret. wflint shows its first characters at most, and stars in excerpts.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      GH_TOKEN: ghp_k7Qx2mVb9LzR4tYw6NcH8sJd1FgPaE3uTiOo  # finding
    steps:
      - uses: docker/login-action@v3
        with:
          username: ci
          password: tr0ub4dor-and-3  # finding
```

Placeholders, examples from documentation, passwords of databases that live as long as the job, and registries on the
runner itself are fine.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      GH_TOKEN: ${{ secrets.GH_TOKEN }}
      FORMAT: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE
    services:
      db:
        image: postgres:18
        env:
          POSTGRES_PASSWORD: postgres
    steps:
      - uses: docker/login-action@v3
        with:
          username: ci
          password: ${{ secrets.REGISTRY_PASSWORD }}
      - uses: docker/login-action@v3
        with:
          registry: localhost:5000
          username: ci
          password: local-only
```

Dependabot's registries have secrets of their own.

```yaml fails
# file: .github/dependabot.yml
version: 2
registries:
  internal:
    type: npm-registry
    url: https://npm.example.com
    token: a-token-in-the-clear  # finding
  other:
    type: npm-registry
    url: https://npm.example.com
    token: ${{ secrets.NPM_TOKEN }}
updates: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Document, Finding, NoOptions, literal_credentials, rule


@rule(
    target=Document,
    level="error",
    tags=("security", "secrets", "cwe-798", "owasp-cicd-sec-6", "osps-br-07.01"),
    security_severity=9.0,
)
def check(document: Document, context: Context[NoOptions]) -> Iterator[Finding]:
    for found in literal_credentials.find(document):
        yield context.finding(
            found.place,
            f"{found.what} is written in the file; revoke it, store a new one as a secret and read `secrets.NAME`",
            level=None if found.sure else "warning",
            redact=True,
        )
