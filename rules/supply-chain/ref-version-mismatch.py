"""Let the version comment say what is pinned.

People review the comment, not the forty digits before it. A commit whose comment names another version hides what runs:
an old release with known holes, or code that nobody looked at. It happens when one of the two is edited by hand, and it
is what somebody would do on purpose to smuggle a commit past a review.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.1.0  # finding
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v3  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
```

It speaks only where the tags of a repository are known. A commit that carries no tag may be of any version, and a
floating version such as `v4` fits every release of its line.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # 4.2.2
      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v4.1.0
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v4.1.0
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Fix, NoOptions, Uses, refs, rule, version


@rule(
    target=Uses,
    level="warning",
    tags=("security", "supply-chain", "cwe-345"),
    security_severity=5.0,
)
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    comment = uses.version_comment if uses.is_full_sha else None
    if comment is None or uses.name is None or uses.ref is None:
        return
    known = refs.tags(uses.name, uses.ref)
    said = version.parse(comment.text)
    if not known or said is None or any(_fits(said, tag) for tag in known):
        return
    yield context.finding(
        comment.place,
        f"the commit is {known[0]} of {uses.repository}, not {comment.text}: reviewers read the comment; mend one of them",
        fix=Fix.replace(f"Write `{known[0]}`", comment.place, known[0], safe=True),
    )


def _fits(said: version.Version, tag: str) -> bool:
    real = version.parse(tag)
    return real is None or said.agrees(real)
