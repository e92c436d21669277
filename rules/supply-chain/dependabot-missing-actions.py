"""Let a bot keep the actions up to date.

A pinned action stays at its commit for ever: nobody is told of the release that mends a vulnerability or moves to a new
runtime. Dependabot or Renovate opens a pull request for each, with its release notes, and changes the commit and the
version comment together.

```yaml fails
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
# file: .github/dependabot.yml
version: 2
updates:  # finding
  - package-ecosystem: npm
    directory: /
    schedule:
      interval: weekly
```

```yaml fails
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
# file: .github/dependabot.yml
version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
# file: renovate.json
{"extends": ["config:recommended"]}
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./local
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, Uses, rule


@rule(target=Repository, level="warning", tags=("supply-chain", "dependabot", "maintainability"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    used = [uses for uses in repository.uses if uses.kind == "remote"]
    if not used or _has_renovate(repository, used):
        return
    configured = repository.dependabot
    if configured is None:
        yield context.finding(
            used[0],
            "no bot keeps the actions of this repository up to date; add `.github/dependabot.yml`"
            " with the ecosystem `github-actions`",
            level="note",
        )
    elif not any((update.ecosystem or "").strip() == "github-actions" for update in configured.updates):
        yield context.finding(
            (configured.node.get("updates") or configured.node).head,
            "Dependabot is not told to keep the actions up to date; add an entry with"
            " `package-ecosystem: github-actions` and `directory: /`",
        )


def _has_renovate(repository: Repository, used: list[Uses]) -> bool:
    if any((uses.owner or "").lower() == "renovatebot" for uses in used):
        return True
    names = (name.rpartition("/")[2] for name in (*repository.files, *(file.name for file in repository.documents)))
    return any(name.startswith(("renovate.json", ".renovaterc", "renovate-config")) for name in names)
