"""Read only outputs that the job declares.

An output that a needed job does not declare is empty. The step that sets it does not suffice: the job must list it
under `outputs`.

```yaml fails
on: push
jobs:
  version:
    runs-on: ubuntu-latest
    outputs:
      text: ${{ steps.read.outputs.text }}
    steps:
      - id: read
        run: ./version
  publish:
    needs: version
    runs-on: ubuntu-latest
    steps:
      - run: ./publish ${{ needs.version.outputs.txt }}  # finding
```

Outputs of a reusable workflow are not looked up.

```yaml passes
on: push
jobs:
  version:
    runs-on: ubuntu-latest
    outputs:
      Text: ${{ steps.read.outputs.text }}
    steps:
      - id: read
        run: ./version
  called:
    uses: ./.github/workflows/build.yml
  publish:
    needs: [version, called]
    runs-on: ubuntu-latest
    steps:
      - run: ./publish ${{ needs.version.outputs.text }} ${{ needs.called.outputs.digest }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Mapping, NoOptions, near, rule


@rule(target=Expression, level="warning", tags=("correctness", "expressions", "needs"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    job = expression.job
    if job is None or "needs" not in expression.text.lower():
        return
    waited = {node.text.strip().lower() for node in job.needs}
    for access, route in expression.reads:
        if len(route) < 4 or route[0] != "needs" or route[2] != "outputs" or route[1] not in waited or route[3] == "*":
            continue
        source = job.workflow.job(route[1])
        if source is None or source.call is not None or not isinstance(source.node.get("outputs"), Mapping | None):
            continue
        declared = {name.lower() for name in source.outputs}
        if route[3] not in declared:
            yield context.finding(
                expression.place_of(access.span),
                f"the job `{source.id}` declares no output `{route[3]}`, so this is always empty"
                f"{near.hint(route[3], source.outputs)}",
            )
