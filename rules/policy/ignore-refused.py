"""Do not ignore what the policy makes mandatory.

A policy can make a rule mandatory: its findings stand whatever a comment or a waiver says. A comment that tries
misleads its readers, who believe the finding is settled.

```yaml fails
# beside: [yaml-parse]
jobs: {}
jobs: {}  # wflint: ignore[yaml-parse] we like it twice  # finding
```

```yaml passes
on: push  # wflint: ignore[missing-permissions] the organisation's default is read-only
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Ignore, NoOptions, rule


@rule(target=Ignore, level="error", tags=("policy",))
def check(ignore: Ignore, context: Context[NoOptions]) -> Iterator[Finding]:
    for name in sorted(ignore.refused):
        yield context.finding(
            ignore, f"`{name}` is mandatory: no comment can ignore it; remove the comment and mend the finding"
        )
