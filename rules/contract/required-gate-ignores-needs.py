"""Let a gate look at the jobs that it waits for.

A job with `if: always()` runs however the jobs before it went. As a required check it then reports what its own steps do: a
gate that never reads `needs` is green when everything before it is red. Compare each of `needs.*.result` with `success`; one
that looks for `failure` alone lets a cancelled job through.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [done]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  done:
    needs: [test]
    if: always()  # finding
    runs-on: ubuntu-latest
    steps:
      - run: echo done
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [done]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  done:
    needs: [test]
    if: always()  # finding
    runs-on: ubuntu-latest
    steps:
      - if: contains(needs.*.result, 'failure')
        run: exit 1
```

One that asks for some of them by name must ask for all.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [done]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  done:
    needs: [test, lint]
    if: always()  # finding
    runs-on: ubuntu-latest
    steps:
      - if: needs.test.result != 'success'
        run: exit 1
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [checks / done]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  checks:
    uses: ./.github/workflows/checks.yml
# file: .github/workflows/checks.yml
on: workflow_call
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  done:
    needs: [test]
    if: always()  # finding
    runs-on: ubuntu-latest
    steps:
      - run: echo done
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [done, all]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  done:
    needs: [test]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - if: contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')
        run: exit 1
  all:
    needs: [test]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - uses: re-actors/alls-green@release/v1
        with:
          jobs: ${{ toJSON(needs) }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, gates, guards, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks", "security"), security_severity=7.0)
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    for job in gates.deciding(required, required.judged(context.declared.external_checks), called=True):
        if job.condition is None or not gates.runs_after_failure(job):
            continue
        names = guards.required_names(required.repository) - {required.context}
        open_needs = gates.unguarded_needs(job, names, required.repository)
        if not open_needs:
            continue
        if not gates.looks_at_needs(job):
            yield context.finding(
                job.condition,
                f"the required check `{required.context}` runs when `{open_needs[0].id}` failed and never looks at it,"
                " so it is green all the same; fail unless each of `needs.*.result` is `success`",
                level=required.graded("error"),
                related=[(required, "it is required here"), (open_needs[0], "this job may fail unseen")],
            )
        elif overlooked := [each for each in gates.overlooked(job) if each in open_needs]:
            yield context.finding(
                job.condition,
                f"the gate `{required.context}` looks at other jobs and never at `{overlooked[0].id}`, so it is green when"
                f" that failed; ask for `needs.{overlooked[0].id}.result` too",
                level=required.graded("error"),
                related=[(required, "it is required here"), (overlooked[0], "this job may fail unseen")],
            )
        elif gates.sees_only_failure(job):
            yield context.finding(
                job.condition,
                f"the gate `{required.context}` looks for `failure` alone, so a cancelled job passes it;"
                " fail unless each of `needs.*.result` is `success`",
                level="note",
                related=[(required, "it is required here")],
            )
