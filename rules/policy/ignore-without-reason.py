"""Say why a finding is ignored.

A comment that ignores a finding outlives everybody who remembers why it is there. Without a reason it does not count:
the finding stays.

```yaml fails
on: push  # wflint: ignore[missing-permissions]  # finding
jobs: {}  # wflint: ignore nothing here is dangerous  # finding
```

```yaml passes
on: push  # wflint: ignore[missing-permissions] the organisation's default is read-only
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Ignore, NoOptions, rule


@rule(target=Ignore, level="warning", tags=("policy",))
def check(ignore: Ignore, context: Context[NoOptions]) -> Iterator[Finding]:
    if not ignore.rules:
        yield context.finding(
            ignore, "this comment names no rule, so it ignores nothing; write `ignore[rule-id] reason`"
        )
    elif not ignore.reason:
        named = ", ".join(ignore.rules)
        yield context.finding(
            ignore, f"this comment gives no reason, so it does not count; write why behind `[{named}]`"
        )
