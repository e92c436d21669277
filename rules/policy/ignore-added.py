"""Let comments that ignore findings be merged before they count.

With `--policy-ref` a change is judged by what the branch it goes to accepts. A comment that the change itself adds
ignores nothing until it is merged: otherwise every change could wave itself through.

```yaml fails
# file: .github/workflows/ci.yml
# beside: [unpinned-uses]
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1 # wflint: ignore[unpinned-uses] trust me  # finding
# file: base/.github/workflows/ci.yml
on: push
jobs: {}
```

```yaml passes
# file: .github/workflows/ci.yml
# beside: [unpinned-uses]
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1 # wflint: ignore[unpinned-uses] its tags are protected
# file: base/.github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1 # wflint: ignore[unpinned-uses] its tags are protected
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Ignore, NoOptions, rule


@rule(target=Ignore, level="warning", tags=("policy", "security"), security_severity=5.0)
def check(ignore: Ignore, context: Context[NoOptions]) -> Iterator[Finding]:
    if ignore.late:
        named = ", ".join(f"`{name}`" for name in ignore.rules)
        yield context.finding(ignore, f"this change adds a comment that ignores {named}; it counts once it is merged")
