"""Let a failed deployment or publication fail the run.

With `continue-on-error`, or `|| true` behind the command, the run is green although nothing was shipped. Nobody looks
at a green run: you learn of it from those who wait for the release.

```yaml fails
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish || true  # finding
      - uses: pypa/gh-action-pypi-publish@v1.12.0
        continue-on-error: true  # finding
```

A command that reports and then fails is fine, and so is one whose outcome a later step looks at.

```yaml passes
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish || { echo "::error::not published"; exit 1; }
      - run: npm publish --dry-run || true
      - id: publish
        uses: pypa/gh-action-pypi-publish@v1.12.0
        continue-on-error: true
      - if: steps.publish.outcome == 'failure'
        run: exit 1
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Step, rule, shipping


@rule(target=Step, level="note", tags=("reliability", "deployment"))
def check(step: Step, context: Context[NoOptions]) -> Iterator[Finding]:
    allowed = step.continue_on_error
    if allowed is None and not any("||" in script.text for script in step.scripts):
        return
    for shipment in shipping.shipments(step):
        if allowed is not None and allowed.value is True:
            if not _is_looked_at(step):
                yield context.finding(
                    allowed, f"the run stays green when `{shipment.what}` fails; take `continue-on-error` away"
                )
            return
        command = shipment.command
        if command is not None and command.swallowed == "or":
            yield context.finding(
                shipment.place,
                f"the run stays green when `{shipment.what}` fails, because of what stands behind `||`; let it fail",
            )


def _is_looked_at(step: Step) -> bool:
    """Tell whether something asks for the step's outcome."""
    if step.id is None or step.job is None:
        return False
    start = ("steps", step.id.lower())
    return any(
        route[:2] == start and route[2:3] in (("outcome",), ("*",), ())
        for e in step.job.all_expressions
        for _, route in e.reads
    )
