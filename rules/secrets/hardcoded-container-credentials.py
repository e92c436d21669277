"""Take the password of a container registry from a secret.

The password stands in the file for everybody who can read the repository, and in its history when it is gone from the
file. Revoke it and store a new one as a secret.

```yaml fails
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container:
      image: registry.example.com/build:3
      credentials:
        username: ci
        password: tr0ub4dor-and-3  # finding
    services:
      db:
        image: registry.example.com/db:3
        credentials:
          username: ci
          password: tr0ub4dor-and-3  # finding
    steps: []
```

```yaml passes
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container:
      image: registry.example.com/build:3
      credentials:
        username: ci
        password: ${{ secrets.REGISTRY_PASSWORD }}
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Container, Context, Finding, NoOptions, rule


@rule(
    target=Container,
    level="error",
    tags=("security", "secrets", "cwe-798", "owasp-cicd-sec-6"),
    security_severity=8.0,
)
def check(container: Container, context: Context[NoOptions]) -> Iterator[Finding]:
    password = container.password
    if password is None or not password.text.strip() or "${{" in password.text:
        return
    whose = "this container" if container.service is None else f"the service `{container.service}`"
    yield context.finding(
        password,
        f"the registry password of {whose} is written in the file; revoke it and use `${{{{ secrets.NAME }}}}`",
        redact=True,
    )
