"""Renew or remove waivers that have expired.

A waiver accepts a finding until a day. After it the finding counts again: either the reason still holds and somebody
says so anew, or it is time to mend what was waived.

```yaml fails
# file: wflint.yml
waivers:
  - rule: unpinned-uses
    path: .github/workflows/old.yml
    reason: replaced by the new pipeline
    owner: data-team
    until: 2026-08-31  # finding
```

```yaml passes
# file: wflint.yml
waivers:
  - {rule: unpinned-uses, path: .github/workflows/old.yml, reason: replaced soon, owner: data-team, until: 2027-01-31}
```

A month before, it is said as a note, so that nobody is surprised.

```yaml fails
# file: wflint.yml
waivers:
  - rule: unpinned-uses
    path: .github/workflows/old.yml
    reason: replaced by the new pipeline
    owner: data-team
    until: 2026-11-20  # finding
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Waiver, rule


class Options(NamedTuple):
    notice_days: int = 30
    """How many days before a waiver ends it is said."""


@rule(target=Waiver, level="warning", tags=("policy",), options=Options)
def check(waiver: Waiver, context: Context[Options]) -> Iterator[Finding]:
    if waiver.until is None:
        return
    until = waiver.place.node and waiver.place.node.get("until")
    left = (waiver.until - context.declared.today).days
    who = f"`{waiver.rule}`, accepted for {waiver.owner}"
    if left < 0:
        yield context.finding(
            until or waiver, f"the waiver of {who}, ended on {waiver.until}; mend the finding or renew the waiver"
        )
    elif left <= context.options.notice_days:
        yield context.finding(
            until or waiver, f"the waiver of {who}, ends on {waiver.until}, in {left} days", level="note"
        )
