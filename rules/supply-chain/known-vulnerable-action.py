"""Use no version of an action with a published vulnerability.

The advisory tells everybody how to abuse the version that you run: steal its secrets, run commands, write files. Move to
the version that mends it. A pinned commit counts as the version that it is known to be, or that the comment behind it
names; a floating tag such as `v4` counts as the newest release of its line. The advisories are those known on the day
this release of wflint was made; a newer one may exist.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4.1.2  # finding
      - uses: tj-actions/changed-files@v45  # finding
      - uses: someone/workflows/.github/workflows/build.yml@v1
      - uses: Actions/Download-Artifact@0123456789abcdef0123456789abcdef01234567 # v4.1.0  # finding
```

```yaml fails
# options: {allow: [GHSA-69fq-xp46-6x23]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/setup-trivy@v0.2.1
      - uses: aquasecurity/trivy-action@0.33.0  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
      - uses: actions/download-artifact@v4.1.3
      - uses: actions/download-artifact@main
      - uses: actions/download-artifact@0123456789abcdef0123456789abcdef01234567
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Level, Uses, advisories, refs, rule

_LEVELS: dict[str | None, Level] = {"low": "note", "medium": "warning"}
_RANKS = ("low", "medium", None, "high", "critical")


class Options(NamedTuple):
    allow: tuple[str, ...] = ()
    """Advisories that are accepted: ids such as `GHSA-…` or `CVE-…`."""


@rule(
    target=Uses,
    level="error",
    tags=("security", "supply-chain", "cwe-1395", "owasp-cicd-sec-3"),
    options=Options,
    security_severity=8.0,
)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.name is None or uses.ref_place is None or not advisories.listed(uses.name):
        return
    allowed = {each.upper() for each in context.options.allow}
    found = [
        each
        for each in advisories.affecting(uses.name, uses.version)
        if allowed.isdisjoint(name.upper() for name in (each.id, *each.aliases))
    ]
    if not found:
        return
    worst = max(found, key=lambda each: _RANKS.index(each.severity))
    others = ", ".join(each.id for each in found if each is not worst)
    yield context.finding(
        uses.ref_place,
        f"{uses.version} of {uses.repository} has a known vulnerability: {worst.id}"
        f"{f' ({worst.severity})' if worst.severity else ''}{f', {others}' if others else ''}; {_advice(uses, found)}",
        level=_LEVELS.get(worst.severity),
    )


def _advice(uses: Uses, found: list[advisories.Advisory]) -> str:
    if any(each.fixed is None for each in found):
        return "no version mends it: use another action"
    fixed = max((each.fixed for each in found if each.fixed), key=lambda text: [int(part) for part in text.split(".")])
    tag = next((tag for tag in (f"v{fixed}", fixed) if uses.name and refs.commit(uses.name, tag)), fixed)
    return f"{tag} mends it"
