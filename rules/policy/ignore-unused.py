"""Remove comments that ignore nothing.

A comment that no longer ignores a finding is a door left open: the next finding on that line would go unseen.

```yaml fails
# beside: [unpinned-uses]
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # wflint: ignore[unpinned-uses] signed tags  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
```

```yaml passes
# beside: [unpinned-uses]
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1 # wflint: ignore[unpinned-uses] its tags are protected
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Fix, Ignore, NoOptions, rule


@rule(target=Ignore, level="warning", tags=("policy",))
def check(ignore: Ignore, context: Context[NoOptions]) -> Iterator[Finding]:
    if not ignore.counts:
        return
    idle = set(ignore.rules) - ignore.used - ignore.refused - ignore.unknown - ignore.idle
    if idle:
        named = ", ".join(f"`{name}`" for name in sorted(idle))
        fix = Fix.replace("remove the comment", ignore.whole, "", safe=True) if idle == set(ignore.rules) else None
        yield context.finding(ignore, f"no finding of {named} is left to ignore here; remove the comment", fix=fix)
