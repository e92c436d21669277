"""Follow no branch of an action.

A branch moves with every push: each run takes whatever is on it at that minute, reviewed and released or not. One bad
push, by a mistake or by whoever took over an account, runs at once with your token and your secrets, and a run that
worked yesterday cannot be repeated. Pin the commit of a release and let Dependabot or Renovate propose the next one.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@main  # finding
      - uses: someone/action@release/next  # finding
  call:
    uses: someone/workflows/.github/workflows/build.yml@HEAD  # finding
```

A name that reads as a version is no branch, even where the owner keeps a branch under it. Owners that you trust like
yourself can be allowed.

```yaml passes
# options: {allow: [our-team/*]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v1.2.0
      - uses: pypa/gh-action-pypi-publish@release/v1
      - uses: our-team/action@main
      - uses: ./main
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, FileEdit, Finding, Fix, Uses, refs, rule


class Options(NamedTuple):
    allow: tuple[str, ...] = ()
    """What may be used by branch, as globs: `owner/*`, `owner/repo`, `owner/repo/path`, each with `@ref` at will."""


@rule(
    target=Uses,
    level="error",
    tags=("security", "supply-chain", "cwe-829", "owasp-cicd-sec-3", "scorecard-pinned-dependencies", "cis-3.1.7"),
    options=Options,
    security_severity=8.0,
)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if not uses.follows_branch or uses.ref_place is None or uses.matches(context.options.allow):
        return
    yield context.finding(
        uses.ref_place,
        f"`{uses.ref}` is a branch: every push to {uses.repository} runs here at once;"
        " pin the commit of a release, with its version as a comment",
        fix=_pin(uses),
    )


def _pin(uses: Uses) -> Fix | None:
    newest = refs.newest(uses.name) if uses.name else None
    edits = uses.pinned(newest[1], newest[0]) if newest else None
    if newest is None or edits is None:
        return None
    return Fix(f"Pin the release {newest[0]}", tuple(FileEdit(uses.document.name, edit) for edit in edits))
