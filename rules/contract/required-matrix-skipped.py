"""Do not require the legs of a matrix that may be skipped.

A matrix is not expanded when its job is skipped: one check with the job's bare name is reported, and `test (20)` never is. A
required leg then stays at "Expected — waiting for status to be reported", and the pull request cannot be merged. The same goes
for the jobs of a reusable workflow whose call is skipped. Require a job that runs always and looks at the result of the matrix,
or move the condition into its steps.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - test (20)  # finding
          - shared / lint  # finding
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  changes:
    runs-on: ubuntu-latest
    outputs:
      code: ${{ steps.filter.outputs.code }}
    steps:
      - run: ./changes
        id: filter
  test:
    needs: changes
    if: needs.changes.outputs.code == 'true'
    strategy:
      matrix:
        node: [20, 22]
    runs-on: ubuntu-latest
    steps:
      - run: make test
  shared:
    if: ${{ !github.event.pull_request.draft }}
    uses: ./.github/workflows/lint.yml
# file: .github/workflows/lint.yml
on: workflow_call
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test (20), done]
# file: .github/workflows/ci.yml
on: [push, pull_request]
jobs:
  test:
    if: github.event_name == 'pull_request' || github.ref == 'refs/heads/main'
    strategy:
      matrix:
        node: [20, 22]
    runs-on: ubuntu-latest
    steps:
      - run: make test
  slow:
    if: contains(github.event.pull_request.labels.*.name, 'slow')
    strategy:
      matrix:
        node: [20, 22]
    runs-on: ubuntu-latest
    steps:
      - run: make slow
  done:
    needs: [test, slow]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: jq --exit-status 'all(.result != "failure")' <<< '${{ toJSON(needs) }}'
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, gates, rule


@rule(target=RequiredContext, level="warning", tags=("contract", "settings", "checks"))
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    producers = [one for one in required.judged(context.declared.external_checks) if one.on_pull_request]
    found = [gates.unexpanded(one) for one in producers]
    if not found or found[0] is None or None in found:
        return
    skipped, condition = found[0]
    what = f"the matrix of `{skipped.id}`" if skipped.matrix is not None else f"the workflow that `{skipped.id}` calls"
    yield context.finding(
        required,
        f"{what} may be skipped, and then nothing reports the required check `{required.context}`, which blocks the merge;"
        " require a job that always runs and looks at its result",
        level=required.graded("warning"),
        related=[(condition, "by this condition")],
    )
