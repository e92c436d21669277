"""Remove waivers that accept nothing.

A waiver whose finding is gone is a door left open: the next finding of that kind in that place would go unseen.

```yaml fails
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./build
# file: wflint.yml
# beside: [unpinned-uses]
waivers:
  - {rule: unpinned-uses, path: .github/workflows/*.yml, reason: signed tags, owner: data-team}  # finding
```

```yaml passes
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1
# file: wflint.yml
# beside: [unpinned-uses]
waivers:
  - {rule: unpinned-uses, path: .github/workflows/*.yml, reason: signed tags, owner: data-team}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Waiver, rule


@rule(target=Waiver, level="warning", tags=("policy",))
def check(waiver: Waiver, context: Context[NoOptions]) -> Iterator[Finding]:
    expired = waiver.until is not None and waiver.until < context.declared.today
    if waiver.refused:
        yield context.finding(
            waiver, f"`{waiver.rule}` is mandatory: no waiver can accept its findings; remove this one"
        )
    elif not waiver.used and not waiver.idle and not expired:
        yield context.finding(
            waiver, f"no finding of `{waiver.rule}` in {waiver.path} is left to waive; remove the waiver"
        )
