"""Let new releases age before Dependabot proposes them.

Most malicious releases are found and taken down within days. A version that waits a week before it is proposed is one that
others have run, scanned and complained about; security updates do not wait. Without a `cooldown` Dependabot waits three
days, which is better than nothing.

```yaml fails
version: 2
updates:
  - package-ecosystem: npm  # finding
    directory: /
    schedule:
      interval: weekly
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: weekly
    cooldown:
      default-days: 2  # finding
```

```yaml fixed
version: 2
updates:
  - package-ecosystem: npm
    cooldown:
      default-days: 7
    directory: /
    schedule:
      interval: weekly
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: weekly
    cooldown:
      default-days: 7
```

```yaml fails
version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule:
      interval: weekly
    cooldown:  # finding
      semver-major-days: 30
```

```yaml passes
# options: {days: 5}
version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule:
      interval: weekly
    cooldown:
      default-days: 5
      semver-major-days: 30
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: weekly
    open-pull-requests-limit: 0
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, DependabotUpdate, FileEdit, Finding, Fix, Mapping, insert, rule

_IMPLICIT = 3


class Options(NamedTuple):
    days: int = 7
    """The fewest days that a release must be old."""


@rule(
    target=DependabotUpdate,
    level="warning",
    tags=("security", "supply-chain", "dependabot", "cwe-1357"),
    options=Options,
    security_severity=4.0,
)
def check(update: DependabotUpdate, context: Context[Options]) -> Iterator[Finding]:
    wanted = context.options.days
    days = update.cooldown_days
    limit = update.pull_request_limit
    if limit is not None and limit.value == 0:
        return
    if days is not None:
        if isinstance(days.value, int) and days.value < wanted:
            yield context.finding(
                days,
                f"a release is proposed after {days.value} days, before others have found what is wrong with it;"
                f" wait {wanted} at least",
                fix=Fix.replace(f"Wait {wanted} days", days.place, str(wanted), safe=True),
                level="note" if days.value >= _IMPLICIT else None,
            )
    elif wanted > _IMPLICIT and (update.cooldown is None or isinstance(update.cooldown, Mapping)):
        ecosystem = update.node.get("package-ecosystem")
        edit = insert.entries(update.node, "cooldown", {"default-days": str(wanted)}, beside="package-ecosystem")
        yield context.finding(
            (update.cooldown or ecosystem or update.node).head,
            f"releases of {update.ecosystem or 'this ecosystem'} are proposed {_IMPLICIT} days after they appear;"
            f" wait {wanted} at least: `cooldown: {{default-days: {wanted}}}`",
            level="note",
            fix=Fix(f"Wait {wanted} days", (FileEdit(update.document.name, edit),), safe=True) if edit else None,
        )
