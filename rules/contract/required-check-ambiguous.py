"""Give each required check a name that one job alone reports.

GitHub matches required checks by name. When two jobs report the same one, a pass of the first may stand in for a failure of
the second, and which of them counts is not documented. Names should be unique across all workflows that run for pull requests.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - build  # finding
# file: .github/workflows/app.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make app
# file: .github/workflows/docs.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make docs
```

Jobs that never run for the same pull request do not compete.

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [build]
# file: .github/workflows/app.yml
on:
  pull_request:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make app
# file: .github/workflows/release.yml
on:
  pull_request:
    branches: ["release/**"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make app
# file: .github/workflows/nightly.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make nightly
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, filters, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks", "security"), security_severity=5.5)
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    if not required.exact or not required.judged(context.declared.external_checks):
        return
    rivals = filters.rivals(required.exact, required.branches)
    if len(rivals) < 2:
        return
    places = ", ".join(f"`{one.outermost.id}` of {one.workflow.path}" for one in rivals[:3])
    together = all(not one.conditions and not filters.narrows(one) for one in rivals)
    yield context.finding(
        required,
        f"several jobs report the required check `{required.context}` ({places}), so the pass of one may hide the failure"
        " of another; give each a name of its own",
        level=required.graded("error" if together else "warning"),
        related=[(one, "this job reports it") for one in rivals],
    )
