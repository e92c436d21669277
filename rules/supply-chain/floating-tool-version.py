"""Say which version of a tool is set up.

`version: latest` takes whatever was published last: the build of the same commit differs from day to day, and a bad release,
or a hijacked one, is in your job before anybody has looked at it.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: supabase/setup-cli@v1
        with:
          version: latest  # finding
```

```yaml fails
# options: {missing: [supabase/setup-cli]}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: supabase/setup-cli@v1  # finding
```

```yaml passes
# options: {missing: [supabase/setup-cli]}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: supabase/setup-cli@v1
        with:
          version: 2.33.9
      - uses: actions/setup-node@v4
        with:
          node-version-file: .nvmrc
      - uses: release-drafter/release-drafter@v6
        with:
          version: latest
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, UsesStep, rule


class Options(NamedTuple):
    missing: tuple[str, ...] = ()
    """Globs of actions that must be given a version: `owner/*`, `owner/repo`."""


_SETS_UP = ("setup", "install", "-cli")
_FLOATING = frozenset({"latest", "*", "x", "nightly", "edge", "canary", "master", "main", "head"})


@rule(target=UsesStep, level="note", tags=("supply-chain", "reproducibility", "cwe-1357"), options=Options)
def check(step: UsesStep, context: Context[Options]) -> Iterator[Finding]:
    name = step.uses.name
    if name is None:
        return
    missing = context.options.missing
    demanded = bool(missing) and step.uses.matches(missing)
    if not demanded and not any(word in name for word in _SETS_UP):
        return
    versions = {key: node for key in step.with_ if "version" in key and (node := step.input(key)) is not None}
    if demanded and not versions:
        yield context.finding(step.uses, f"`{name}` takes what was published last; say which version it sets up")
    for key, node in versions.items():
        if (key == "version" or key.endswith("-version")) and node.text.strip().lower() in _FLOATING:
            yield context.finding(
                node, f"`{node.text}` is another version in the next run; say which one, and let a bot raise it"
            )
