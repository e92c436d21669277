"""Name the version behind a pinned commit.

Forty hexadecimal digits tell nobody which release runs, how old it is, or whether an advisory touches it. Dependabot and
Renovate keep a version comment up to date together with the commit; without one they cannot say what they change, and
reviewers cannot see it. Put the tag behind the commit: `# v4.2.2`.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3  # finding
```

A comment that names no version does not help. Where the tag is known, the fix writes it.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"  # gets the code # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683" # v4.2.2  # gets the code
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v1.2.0
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # tag=v1.2.0
      - uses: someone/action@v1
      - uses: someone/action@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # branch main
```
"""

from collections.abc import Iterator

from wflint.api import Context, FileEdit, Finding, Fix, NoOptions, Uses, is_branch, refs, rule


@rule(target=Uses, level="note", tags=("supply-chain", "maintainability"))
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    if not uses.is_full_sha or uses.version_comment is not None or uses.ref_place is None or _names_branch(uses):
        return
    tag = next(iter(refs.tags(uses.name, uses.ref)), None) if uses.name and uses.ref else None
    yield context.finding(
        uses.ref_place,
        f"no comment says which version of {uses.repository} this commit is;"
        f" write {f'`# {tag}`' if tag else 'its tag, such as `# v1.2.3`,'} behind it",
        fix=_fix(uses, tag) if tag else None,
    )


def _names_branch(uses: Uses) -> bool:
    comment = uses.document.comment_after(uses.node)
    return comment is not None and any(is_branch(word) for word in comment.text.split())


def _fix(uses: Uses, tag: str) -> Fix | None:
    edit = uses.comment(tag)
    return Fix(f"Write `# {tag}`", (FileEdit(uses.document.name, edit),), safe=True) if edit else None
