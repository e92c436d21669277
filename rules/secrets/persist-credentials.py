"""Do not leave the job's token in the clone.

`actions/checkout` writes its token into `.git/config`, where every later step can read it: build scripts, package
hooks, third-party actions. If the folder ends up in an artifact or an image, whoever downloads that has the token, too.
Most jobs never need it after the clone: set `persist-credentials: false`.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
      - run: make
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - run: make
```

A job that pushes needs the token.

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - run: make
  format:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          make format
          git commit -am "Format" && git push
  commit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: stefanzweifel/git-auto-commit-action@v7
```

It is an error where an artifact takes the clone along. It is a note where the token can only read, where it lies outside
the tree (from version 6 on), where you said `true`, and where a later `git fetch` needs the token if the repository is
private.

```yaml fails
on: push
permissions:
  contents: read
jobs:
  upload:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
        with:
          fetch-depth: 0
      - uses: actions/upload-artifact@v4
        with:
          path: .
          include-hidden-files: true
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
      - uses: actions/checkout@v6  # finding
      - uses: actions/checkout@v4
        with:
          persist-credentials: true  # finding
      - uses: actions/upload-artifact@v4
        with:
          path: .
  diff:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
      - run: git fetch origin main
```
"""

from collections.abc import Iterator

from wflint.api import Context, FileEdit, Finding, Fix, Level, NoOptions, UsesStep, checkout, insert, rule


@rule(
    target=UsesStep,
    level="error",
    tags=("security", "secrets", "cwe-522", "owasp-cicd-sec-6"),
    security_severity=5.5,
)
def check(step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    clone = checkout.Checkout.of(step)
    if clone is None or clone.persists is False:
        return
    said = step.input("persist-credentials")
    outside = clone.keeps_outside_tree
    upload = None if outside else clone.uploaded_by
    pushes = clone.pushed_from is not None
    if upload is None and pushes:
        return
    fetches = clone.fetched_from is not None
    fix = None
    if (
        said is None
        and not pushes
        and not fetches
        and (edit := insert.entries(step.node, "with", {"persist-credentials": "false"}, beside="uses"))
    ):
        fix = Fix("Set `persist-credentials: false`", (FileEdit(step.document.name, edit),))
    if upload is not None:
        what = "its token is uploaded with the clone; upload only what is needed and set `persist-credentials: false`"
        yield context.finding(said or step.uses, what, fix=fix, related=[(upload.uses, "the clone is uploaded here")])
        return
    permissions = step.job.effective_permissions if step.job is not None else None
    reads_only = permissions is not None and permissions.level("contents") in ("none", "read")
    level: Level = "warning"
    if outside or said is not None or fetches or (reads_only and not clone.has_own_credential):
        level = "note"
    why = "only `git fetch` from a private repository needs it" if fetches else "nothing here pushes"
    yield context.finding(
        said or step.uses,
        f"later steps can read the token that the checkout leaves behind, and {why}; set `persist-credentials: false`",
        level=level,
        fix=fix,
    )
