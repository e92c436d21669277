"""Pin actions to a full-length commit id.

A tag or a branch can be moved to other code at any time, by its owner or by whoever took over the owner's account; your
workflow runs that code with your secrets the next time it starts. A commit id cannot be moved.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1  # finding
  call:
    uses: someone/workflows/.github/workflows/build.yml@main  # finding
```

Actions in the repository itself have no ref to pin. Owners in `allow` may be used by tag: by default those whose
compromise would reach you anyway.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v1.2.0
      - uses: ./local
```

```yaml fails
# options: {allow: []}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Uses, rule


class Options(NamedTuple):
    allow: tuple[str, ...] = ("actions/*", "github/*")
    """Repositories that may be used by tag, as globs."""


@rule(
    target=Uses,
    level="error",
    tags=("security", "supply-chain", "cwe-829"),
    options=Options,
    security_severity=7.5,
)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.kind != "remote" or uses.is_full_sha or uses.ref_place is None or uses.repository is None:
        return
    if any(fnmatchcase(uses.repository.lower(), glob.lower()) for glob in context.options.allow):
        return
    yield context.finding(
        uses.ref_place,
        f"`{uses.ref}` can be moved to other code by whoever controls {uses.repository}; pin the full commit id"
        f" and keep `# {uses.ref}` behind it",
    )
