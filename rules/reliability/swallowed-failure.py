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
      - run: |
          set +e
          npm publish  # finding
          echo done
```

A policy may name what else deploys.

```yaml fails
# options: {also: {steps: [supabase functions deploy]}}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          for name in one two; do
            supabase functions deploy "$name" || echo "$name was not deployed"  # finding
          done
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
      - run: |
          set +e
          npm publish
          code=$?
          ./report.sh "$code"
          exit "$code"
      - id: publish
        uses: pypa/gh-action-pypi-publish@v1.12.0
        continue-on-error: true
      - if: steps.publish.outcome == 'failure'
        run: exit 1
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Place, Step, rule, select, shell, shipping


class Options(NamedTuple):
    also: select.StepSelector = select.StepSelector()
    """Steps that deploy, besides those that are known to."""


@rule(target=Step, level="note", tags=("reliability", "deployment"), options=Options)
def check(step: Step, context: Context[Options]) -> Iterator[Finding]:
    allowed = step.continue_on_error
    if allowed is None and not any("||" in script.text or "set +" in script.text for script in step.scripts):
        return
    for what, place, command in _deploys(step, context.options.also):
        if allowed is not None and allowed.value is True:
            if not _is_looked_at(step):
                yield context.finding(
                    allowed, f"the run stays green when `{what}` fails; take `continue-on-error` away"
                )
            return
        if command is not None and command.swallowed == "or":
            yield context.finding(
                place, f"the run stays green when `{what}` fails, because of what stands behind `||`; let it fail"
            )
        elif command is not None and command.swallowed == "errexit-off" and not _asks_for_code(step):
            yield context.finding(place, f"the run stays green when `{what}` fails, because of `set +e`; let it fail")


def _deploys(step: Step, also: select.StepSelector) -> Iterator[tuple[str, Place, shell.Command | None]]:
    known = shipping.shipments(step)
    for shipment in known:
        yield shipment.what, shipment.place, shipment.command
    for found in select.steps_with(also, [step]) if any(also) else ():
        if found.command is None or all(found.command is not each.command for each in known):
            yield found.what, found.place, found.command


def _asks_for_code(step: Step) -> bool:
    return any("$?" in script.text or "PIPESTATUS" in script.text for script in step.scripts)


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
