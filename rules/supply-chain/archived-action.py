"""Use no action whose repository is archived.

Nobody mends an archived action: not its vulnerabilities, not its runtime when GitHub drops it, not its use of an API that
changes. It works until the day it does not, and then there is no next version to move to. Move to its successor now.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions-rs/toolchain@v1  # finding
      - uses: actions/create-release@4c11c9fe1dcd9636620a16455165783b20fc7ea0 # v1  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: dtolnay/rust-toolchain@stable
      - run: gh release create "$GITHUB_REF_NAME"
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Uses, archived, replacements, rule


@rule(
    target=Uses,
    level="warning",
    tags=("security", "supply-chain", "maintainability", "cwe-1104"),
    security_severity=4.0,
)
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    if uses.name is None or uses.repository is None or not archived.is_archived(uses.name):
        return
    start = uses.node.text.index(uses.repository)
    yield context.finding(
        uses.node.part(start, start + len(uses.repository)),
        f"{uses.repository} is archived: nobody mends it any more; {_advice(uses.name)}",
    )


def _advice(name: str) -> str:
    heir = replacements.heir(name)
    if archived.successor(name) is None and heir is not None and heir.fork:
        return f"`{heir.name}` is a maintained fork"
    successor = archived.successor(name) or (heir.name if heir else None)
    return f"use `{successor}`" if successor else "look for an action that is kept up, or run the tool itself"
