"""Move on from versions of actions that no longer work or that nobody supports.

GitHub switches services off, and the versions of actions that speak to them fail from that day on: `upload-artifact@v3`,
old versions of `cache`. Others are made for a Node runtime that GitHub has retired, or are past the end of
their support and get no more fixes. What fails is an error, what is unsupported a warning, what will end a note.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v2  # finding
      - uses: actions/upload-artifact@v3  # finding
      - uses: github/codeql-action/init@v3  # finding
      - uses: actions/cache@0123456789abcdef0123456789abcdef01234567 # v3.3.1  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/upload-artifact@v4
      - uses: github/codeql-action/init@v4
      - uses: actions/cache@0123456789abcdef0123456789abcdef01234567
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Level, Uses, actions, archived, deprecated, rule

_LEVELS: dict[str, Level] = {"removed": "error", "unsupported": "warning", "deprecated": "warning", "wrapper": "note"}


class Options(NamedTuple):
    runtimes: tuple[str, ...] = ("node12", "node16")
    """Runtimes that are reported; add `node20` to find what has not moved to Node 24 yet."""


@rule(target=Uses, level="error", tags=("deprecated", "reliability"), options=Options)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.name is None or uses.ref_place is None or archived.is_archived(uses.name):
        return
    known = deprecated.status(uses.name, uses.version)
    if known is not None and known.state in _LEVELS:
        past = known.since is None or known.since <= context.declared.today.isoformat()[: len(known.since)]
        level: Level = _LEVELS[known.state] if past else "note" if known.state == "deprecated" else "warning"
        yield context.finding(uses.ref_place, _message(uses, known, past), level=level)
        return
    action = actions.action(uses.name, uses.version) if uses.version else None
    if action is not None and action.using in context.options.runtimes:
        newest = actions.newest(uses.name)
        yield context.finding(
            uses.ref_place,
            f"{uses.version} of {uses.name} is made for {action.using}, which GitHub has retired;"
            f" move to {f'a newer version, such as {newest}' if newest else 'a newer version'}",
            level="warning",
        )


def _message(uses: Uses, known: deprecated.Deprecation, past: bool) -> str:
    since = f" {'since' if past else 'from'} {known.since}" if known.since else ""
    on = "" if past else " on"
    what = {
        "removed": f"{'does not work any more' if past else 'stops working'}{since}",
        "unsupported": f"{'is' if past else 'will be'} unsupported{since}{on}",
        "deprecated": f"{'is' if past else 'will be'} deprecated{since}{on}",
        "wrapper": f"only calls another action{since}",
    }[known.state]
    return f"{uses.version or uses.ref} of {uses.name} {what}; use {known.use}" if known.use else f"{uses.name} {what}"
