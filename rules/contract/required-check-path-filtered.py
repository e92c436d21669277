"""Report required checks for every pull request, whatever it changes.

A workflow that a filter keeps from running reports nothing, and a required check that is not reported blocks the merge for
ever. A *job* that is skipped reports success. So let the workflow run for all pull requests and decide in a job's `if`, or in
its steps, what is to be done. The same holds for `branches` that leave the protected branch out, and for `types` without
`opened` and `synchronize`.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - build  # finding
# file: .github/workflows/ci.yml
on:
  pull_request:
    paths: ["src/**"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - build  # finding
          - title  # finding
# file: .github/workflows/ci.yml
on:
  pull_request:
    branches: [develop]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
# file: .github/workflows/title.yml
on:
  pull_request:
    types: [opened, edited]
jobs:
  title:
    runs-on: ubuntu-latest
    steps:
      - run: make title
```

A second workflow may report the check for what the first leaves out.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [build, lint]
# file: .github/workflows/ci.yml
on:
  pull_request:
    paths-ignore: ["docs/**"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
# file: .github/workflows/docs.yml
on:
  pull_request:
    paths: ["docs/**"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: "true"
# file: .github/workflows/lint.yml
on:
  pull_request:
    paths: ["**"]
    branches: [main, "release/**"]
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, filters, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks"))
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    producers = required.judged(context.declared.external_checks)
    hole = filters.filter_hole(producers, required.branches)
    if hole is None or any(filters.covers_pushes(one, required.branches) for one in producers):
        return
    yield context.finding(
        required,
        f"the required check `{required.context}` is not reported for {hole.left_out}, which then cannot be merged;"
        f" {hole.remedy}",
        level=required.graded("error"),
        related=[(hole.filter, "this filter keeps its workflow from running")],
    )
