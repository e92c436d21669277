"""Check the owner of an action that is spelled like a famous one.

`action/checkout` and `actlons/checkout` are not `actions/checkout`: anybody can register a name that is one slip of the
finger away from a famous one, put a copy there, and wait for a workflow that was typed in a hurry. What it then runs has
your token and your secrets. Look at the owner again, and write the one you mean.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: action/checkout@v4  # finding
      - uses: dokcer/build-push-action@v6  # finding
```

A name that merely resembles a famous one is not enough: the action must be called like one of that owner's, or nearly.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
      - uses: rocker/build-image@v6
      - uses: step-security/rust-cache@v2
      - uses: actions-rs/toolchain@v1
```
"""

from collections.abc import Iterator
from functools import lru_cache

from wflint.api import Context, Finding, NoOptions, Uses, near, popular, rule


@rule(
    target=Uses,
    level="warning",
    tags=("security", "supply-chain", "cwe-1357"),
    security_severity=7.0,
)
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    if uses.owner is None or uses.repo is None:
        return
    meant = _meant(uses.owner.lower(), uses.repo.lower())
    if meant is not None:
        start = uses.node.text.index(uses.owner)
        yield context.finding(
            uses.node.part(start, start + len(uses.owner)),
            f"`{uses.repository}` is one slip away from `{meant}`, and its owner is somebody else: check what you mean",
        )


@lru_cache(maxsize=1024)
def _meant(owner: str, repo: str) -> str | None:
    """Return the popular action whose owner is spelled nearly like this one, if this one is not known itself."""
    if owner in popular.owners() or popular.is_verified(owner) or popular.is_official(owner):
        return None
    for action in sorted(popular.actions()):
        famous, _, name = action.partition("/")
        if near.one_slip(owner, famous) and (repo == name or (len(name) > 4 and near.one_slip(repo, name))):
            return action
    return None
