"""Run no commit that is known to be malicious.

Attackers have taken over actions and put code into them that reads the runner's memory and prints or sends away every
secret. If such a commit is in your workflow, or if a run followed a tag while it pointed to one, treat all secrets
that the run could reach as leaked: revoke them first, then read the logs.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: tj-actions/changed-files@0e58ed8671d6b60d0890c21b07f8835ace038e67  # finding
      - uses: actions-cool/issues-helper@v3  # finding
```

A tag that was hijacked and given back is reported for `recent-days` after it, so that nobody overlooks it.

```yaml fails
# options: {recent-days: 300}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.28.0  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: tj-actions/changed-files@v46
      - uses: aquasecurity/trivy-action@0.35.0
      - uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1 # 0.35.0
```
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from wflint.api import Context, Finding, Uses, advisories, rule


class Options(NamedTuple):
    recent_days: int = 90
    """For how many days after its end a hijack of tags is reported."""


@rule(
    target=Uses,
    level="error",
    tags=("security", "supply-chain", "cwe-506", "owasp-cicd-sec-3"),
    options=Options,
    security_severity=9.8,
)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.kind != "remote" or uses.name is None or uses.ref is None or uses.ref_place is None:
        return
    if uses.is_full_sha:
        package = advisories.malicious(uses.ref)
        if package is not None:
            yield context.finding(
                uses.ref_place,
                f"this commit is malicious code that was planted in {package}; take it out,"
                " and revoke every secret that its runs could reach",
            )
        return
    hijack = advisories.hijack(uses.name)
    if hijack is None or uses.ref in hijack.safe:
        return
    if hijack.end is None:
        yield context.finding(
            uses.ref_place,
            f"the tags of {hijack.package} point to malicious code since {hijack.start[:10]}; use another action,"
            " and revoke every secret that its runs could reach",
        )
    elif context.declared.today <= date.fromisoformat(hijack.end[:10]) + timedelta(days=context.options.recent_days):
        yield context.finding(
            uses.ref_place,
            f"tags of {hijack.package} pointed to malicious code from {hijack.start[:10]} to {hijack.end[:10]};"
            " if this ran then, revoke its secrets; pin a commit",
            level="warning",
        )
