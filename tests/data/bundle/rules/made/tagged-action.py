"""Pin what you use.

The tests need a rule that nobody changes.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: some/action@v1  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./here
```
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from wflint.api import Context, Finding, Fix, Uses, rule


class Options(NamedTuple):
    allow: tuple[str, ...] = ("actions/*",)
    """What may be used by tag."""
    suffix: Literal["", "!"] = ""
    """What the message ends with."""


@rule(target=Uses, level="error", tags=("made", "pins"), options=Options)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.kind == "remote" and uses.ref_place is not None and not uses.matches(context.options.allow):
        fix = Fix.replace("Take version 2", uses.ref_place, "v2", safe=True) if uses.ref == "v1" else None
        message = f"`{uses.ref}` of `{uses.repository}` can move{context.options.suffix}"
        yield context.finding(uses.ref_place, message, fix=fix)
