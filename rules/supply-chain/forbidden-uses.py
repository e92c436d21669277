"""Use only the actions that your organisation allows.

Every action is somebody else's code with your token. An organisation that has looked at the ones it uses can say which
those are, and which must not come back. Without options nothing is asked; `allow` and `deny` take the same globs, and a
denial wins.

```yaml fails
# options: {allow: [actions/*, our-team/*, "docker://ghcr.io/our-team/*"], deny: ["actions/cache@v3*"]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache/restore@v3.1.0  # finding
      - uses: someone/action@v1  # finding
      - uses: docker://alpine:3.20  # finding
      - uses: docker://ghcr.io/our-team/tool:1.4
      - uses: ./local
  call:
    uses: someone/workflows/.github/workflows/build.yml@v1  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1
```

```yaml passes
# options: {deny: [someone/*]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone-else/action@v1
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Uses, rule


class Options(NamedTuple):
    allow: tuple[str, ...] = ()
    """What may be used, as globs: `owner/*`, `owner/repo`, `owner/repo/path`, each with `@ref` at will, `docker://…`.
    Empty: everything that is not denied."""
    deny: tuple[str, ...] = ()
    """What may not be used."""


@rule(target=Uses, level="error", tags=("supply-chain", "policy"), options=Options)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    allow, deny = context.options
    if uses.kind not in ("remote", "docker"):
        return
    if deny and uses.matches(deny):
        yield context.finding(uses, f"`{uses}` is on the list of what may not be used here; use something else")
    elif allow and not uses.matches(allow):
        yield context.finding(uses, f"`{uses}` is not on the list of what may be used here; have it added, or drop it")
