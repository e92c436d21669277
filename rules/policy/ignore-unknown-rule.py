"""Ignore only rules that exist.

A mistyped rule id ignores nothing, and the finding it was written for stays.

```yaml fails
on: push  # wflint: ignore[mising-permissions] the default is read-only  # finding
jobs: {}
```

```yaml passes
# beside: [ignore-without-reason]
on: push  # wflint: ignore[ignore-without-reason] an id that exists
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Ignore, NoOptions, rule


@rule(target=Ignore, level="warning", tags=("policy",))
def check(ignore: Ignore, context: Context[NoOptions]) -> Iterator[Finding]:
    for name in sorted(ignore.unknown):
        yield context.finding(ignore, f"there is no rule `{name}`; `wflint rules` lists them")
