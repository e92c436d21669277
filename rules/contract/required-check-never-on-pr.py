"""Run what a pull request must pass on pull requests.

A required check has to be reported for the commit at the pull request's head. Runs that start on a schedule, by hand, for a
release or after another workflow do not count, and a push to the protected branch comes after the merge. The check then stays
at "Expected — waiting for status to be reported". A workflow that runs on pushes to every branch reports for branches of the
repository, never for a fork.

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
  push:
    branches: [main]
  workflow_dispatch:
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
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [build]
# file: .github/workflows/ci.yml
on:
  push:
    branches: [main]
  pull_request:
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, filters, guards, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks"))
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    producers = required.judged(context.declared.external_checks)
    if not producers or any(one.on_pull_request or filters.may_count(one) for one in producers):
        return
    first = producers[0]
    events = ", ".join(f"`{event}`" for event in first.events) or "other workflows' calls"
    related = [(first, "this job reports it")]
    if any(filters.headable(trigger, required.branches) for one in producers for trigger in one.triggers(("push",))):
        if guards.is_private(required.settings):
            return
        yield context.finding(
            required,
            f"`{required.context}` is reported for pushes alone, so pull requests from forks wait for it for ever;"
            " add `pull_request` to its workflow",
            level=required.graded("warning"),
            related=related,
        )
        return
    yield context.finding(
        required,
        f"no pull request ever gets the required check `{required.context}`: its workflow runs on {events};"
        " add `pull_request`",
        level=required.graded("error"),
        related=related,
    )
