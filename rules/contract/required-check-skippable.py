"""Do not let the author of a pull request decide whether a required check runs.

A job that its `if` skips reports success, and a required check that was skipped lets the pull request be merged. When the
condition hangs on the title, the description or the branch's name, whoever opens the pull request switches the check off. A
draft is worse: opened as a draft it gets a green check without a run, and when it is marked ready nothing runs again unless
`types` has `ready_for_review`. Run the job always, and let a step decide, which can fail.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test, lint]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    if: ${{ !github.event.pull_request.draft }}  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make test
  lint:
    if: ${{ !contains(github.event.pull_request.title, '[skip lint]') }}  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```

A job that never runs for a pull request is always green, and so is one that is left out for forks or for a bot whose pull
requests are merged by a workflow.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test, lint, scan]
# file: .github/workflows/ci.yml
on: [push, pull_request]
jobs:
  test:
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make test
# file: .github/workflows/lint.yml
on: pull_request
jobs:
  lint:
    if: github.event.pull_request.head.repo.full_name == github.repository  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  scan:
    if: github.actor != 'dependabot[bot]'  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make scan
# file: .github/workflows/merge.yml
on: pull_request_target
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test, lint, docs]
# file: .github/workflows/ci.yml
on:
  pull_request:
    types: [opened, synchronize, reopened, ready_for_review]
jobs:
  changes:
    runs-on: ubuntu-latest
    outputs:
      docs: ${{ steps.filter.outputs.docs }}
    steps:
      - run: ./changes
        id: filter
  test:
    if: ${{ !github.event.pull_request.draft }}
    runs-on: ubuntu-latest
    steps:
      - run: make test
  lint:
    if: github.event_name == 'pull_request' && github.repository == 'octo-org/octo-repo'
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  docs:
    needs: changes
    if: needs.changes.outputs.docs == 'true'
    runs-on: ubuntu-latest
    steps:
      - run: make docs
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, gates, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks", "security"), security_severity=6.5)
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    for skip in gates.skips(required, required.judged(context.declared.external_checks)):
        yield context.finding(
            skip.condition,
            f"{skip.who}, and a skipped job counts as success: the required check `{required.context}` passes unrun;"
            f" {skip.remedy}",
            level=required.graded("error" if skip.is_grave else "warning"),
            related=[(required, "it is required here")],
        )
