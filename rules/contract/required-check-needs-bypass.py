"""Keep a required check from being skipped when a job before it fails.

A job whose `needs` fail is skipped, and a required check that was skipped counts as success. If the job that failed is not
required itself, the pull request can be merged although its tests are red. Give the last job `if: always()` and let it fail
when one of `needs.*.result` is no `success`, or require every job before it as well.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [build]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  build:
    needs: [test]  # finding
    runs-on: ubuntu-latest
    steps:
      - run: make
```

A condition that keeps the gate from running when something failed does the same.

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
    needs: test  # finding
    if: ${{ always() && !contains(needs.*.result, 'failure') }}
    runs-on: ubuntu-latest
    steps:
      - run: echo "all is well"
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test, build, done]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
  build:
    needs: [test]
    runs-on: ubuntu-latest
    steps:
      - run: make
  docs:
    runs-on: ubuntu-latest
    steps:
      - run: make docs
  done:
    needs: [build, docs]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: jq --exit-status 'all(.result == "success")' <<< '${{ toJSON(needs) }}'
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, gates, guards, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks", "security"), security_severity=7.0)
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    for job in gates.deciding(required, required.judged(context.declared.external_checks)):
        if not gates.skipped_with_needs(job):
            continue
        open_needs = gates.unguarded_needs(job, guards.required_names(required.repository), required.repository)
        node = job.node.get("needs")
        if open_needs and node is not None:
            names = ", ".join(f"`{needed.id}`" for needed in open_needs[:3]) + (", …" if len(open_needs) > 3 else "")
            yield context.finding(
                node.head,
                f"when {names} fails, the required check `{required.context}` is skipped, which counts as success;"
                f" require {names} too, or let the job run by `if: always()` and fail",
                level=required.graded("error"),
                related=[(required, "it is required here"), (open_needs[0], "this job may fail unseen")],
            )
