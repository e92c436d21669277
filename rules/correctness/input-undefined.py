"""Read only inputs that are declared.

`inputs.name` is empty where no input of that name is declared: misspelled, renamed in one place only, or declared for an event
that was taken out of `on`. The condition is never true then, the command runs with an empty argument.

```yaml fails
on:
  workflow_dispatch:
    inputs:
      symbols:
        default: a
jobs:
  train:
    runs-on: ubuntu-latest
    steps:
      - run: make SYMBOLS="$SYMBOLS"
        env:
          SYMBOLS: ${{ inputs.symbol }}  # finding
```

```yaml fails
on: push
jobs:
  train:
    if: github.event.inputs.force == 'true'  # finding
    runs-on: ubuntu-latest
    steps: []
```

What a reusable workflow reads of the event is its caller's.

```yaml passes
on:
  workflow_dispatch:
    inputs:
      symbols:
        default: a
  workflow_call:
    inputs:
      frames:
        type: string
jobs:
  train:
    runs-on: ubuntu-latest
    steps:
      - run: make
        env:
          SYMBOLS: ${{ inputs.Symbols || github.event.inputs.other }}
          FRAMES: ${{ inputs.frames }}
          ALL: ${{ toJSON(inputs) }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, Workflow, near, rule


@rule(target=Expression, level="error", tags=("correctness", "triggers"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    workflow = expression.workflow
    if workflow is None or "inputs" not in expression.text.lower():
        return
    for access, route in expression.reads:
        own = route[0] == "inputs" and len(route) > 1
        payload = route[:3] == ("github", "event", "inputs") and len(route) > 3
        name = route[1] if own else route[3] if payload else "*"
        if name == "*" or (payload and workflow.is_reusable):
            continue
        declared = _declared(workflow, ("workflow_dispatch", "workflow_call") if own else ("workflow_dispatch",))
        if name not in declared:
            why = "" if declared else ": no event of this workflow has inputs"
            yield context.finding(
                expression.place_of(access.span),
                f"there is no input `{name}`{why}, so this is always empty{near.hint(name, declared)}",
                # What is written for workflows of several kinds asks the event whether it has any.
                level="note" if payload else None,
            )


def _declared(workflow: Workflow, events: tuple[str, ...]) -> dict[str, None]:
    return {
        name.lower(): None
        for event in events
        if (trigger := workflow.triggers.get(event)) is not None
        for name in trigger.inputs
    }
