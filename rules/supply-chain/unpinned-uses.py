"""Pin actions to a full-length commit id.

A tag can be moved to other code at any time, by its owner or by whoever took over the owner's account; your workflow
runs that code with your secrets the next time it starts. That is how thousands of repositories leaked their secrets when
the tags of well-known actions were moved. A commit id cannot be moved. Keep the version as a comment behind it: people
read it, and Dependabot and Renovate update both. Refs that are named like branches are what `branch-ref` reports.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@v1  # finding
  call:
    uses: someone/workflows/.github/workflows/build.yml@v2.1.0  # finding
```

Where the commit of a tag is known, the fix pins it.

```yaml fails
# options: {allow: []}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.2.2  # finding
```

```yaml fixed
# options: {allow: []}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
```

The workflows of slsa-github-generator refuse to run from a commit, so a whole version will do there. Actions in the
repository itself have no ref to pin. Repositories in `allow` may be used by tag: by default those whose
compromise would reach you anyway.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v1.2.0
      - uses: ./local
  provenance:
    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0
```

```yaml passes
# options: {allow: [our-team/*, "other/action/sub@v1"]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: our-team/action/sub@v3
      - uses: Other/Action/sub@v1
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, FileEdit, Finding, Fix, Uses, advisories, refs, rule

_BY_TAG_ONLY = ("slsa-framework/slsa-github-generator/.github/workflows/*@v*.*.*",)
"""https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators"""


class Options(NamedTuple):
    allow: tuple[str, ...] = ("actions/*", "github/*")
    """What may be used by tag, as globs: `owner/*`, `owner/repo`, `owner/repo/path`, each with `@ref` at will."""


@rule(
    target=Uses,
    level="error",
    tags=("security", "supply-chain", "cwe-829", "owasp-cicd-sec-3", "scorecard-pinned-dependencies", "cis-3.1.7"),
    options=Options,
    security_severity=7.5,
)
def check(uses: Uses, context: Context[Options]) -> Iterator[Finding]:
    if uses.kind != "remote" or uses.is_full_sha or uses.ref_place is None or uses.follows_branch:
        return
    if uses.matches((*context.options.allow, *_BY_TAG_ONLY)):
        return
    yield context.finding(
        uses.ref_place,
        f"`{uses.ref}` can be moved to other code by whoever controls {uses.repository}; pin the full commit id"
        f" and keep `# {uses.ref}` behind it",
        fix=_pin(uses),
    )


def _pin(uses: Uses) -> Fix | None:
    """Return the fix that pins the commit a tag is known to have had; safe for an exact tag, which does not move on."""
    if uses.name is None or uses.ref is None or (commit := refs.commit(uses.name, uses.ref)) is None:
        return None
    exact = next(iter(refs.tags(uses.name, commit)), uses.ref)
    edits = uses.pinned(commit, exact)
    if edits is None or advisories.malicious(commit):
        return None
    files = tuple(FileEdit(uses.document.name, edit) for edit in edits)
    return Fix(f"Pin {exact} by its commit", files, safe=exact == uses.ref)
