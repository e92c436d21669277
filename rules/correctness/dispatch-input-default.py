"""Read as JSON only inputs that are JSON.

`fromJSON` of a text that is no JSON fails the job, or the whole run where it stands in a matrix. It takes an input with a default
such as `a,b,c`, or an event that gives no inputs, whose empty text is no JSON either. Write the default as JSON
(`["a", "b", "c"]`), and give what other events get behind `||`.

```yaml fails
on:
  schedule:
    - cron: 0 2 * * *
  workflow_dispatch:
    inputs:
      symbols:
        default: SPY,AAPL
      frames:
        default: '["day"]'
jobs:
  train:
    strategy:
      matrix:
        symbol: ${{ fromJSON(inputs.symbols || '["SPY"]') }}  # finding
        frame: ${{ fromJSON(inputs.frames) }}  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  schedule:
    - cron: 0 2 * * *
  workflow_dispatch:
    inputs:
      symbols:
        default: '["SPY", "AAPL"]'
      debug:
        type: boolean
        default: false
jobs:
  train:
    strategy:
      matrix:
        symbol: ${{ fromJSON(inputs.symbols || '["SPY"]') }}
    runs-on: ubuntu-latest
    steps:
      - if: inputs.symbols && fromJSON(inputs.symbols)[0] == 'SPY'
        run: make
      - if: fromJSON(inputs.debug || 'false')
        run: make debug
  manual:
    if: github.event_name == 'workflow_dispatch'
    strategy:
      matrix:
        symbol: ${{ fromJSON(inputs.symbols) }}
    runs-on: ubuntu-latest
    steps: []
```
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wflint.api import (
    Context,
    Expression,
    Finding,
    NoOptions,
    Trigger,
    Workflow,
    evaluate,
    rule,
    tree,
    values,
)


@rule(target=Expression, level="error", tags=("correctness", "triggers"))
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    workflow = expression.workflow
    if workflow is None or expression.tree is None or "fromjson" not in expression.text.lower():
        return
    if not any(_is_input(route) for _, route in expression.reads):
        return
    for trigger in workflow.triggers.values():
        contexts = _contexts(trigger, workflow)
        if contexts is None or not _may_run(expression, contexts):
            continue
        for call in _reached(expression.tree, contexts):
            given = evaluate.evaluate(call.arguments[0], contexts)
            if given is not values.UNKNOWN and _is_no_json(given):
                what = f"`{given}`, which is no JSON" if given else "nothing, which is no JSON"
                how = "by default" if given or trigger.event == "workflow_dispatch" else f"on `{trigger.event}`"
                yield context.finding(
                    expression.place_of(call.span),
                    f"`fromJSON` gets {what}, {how}, and the run fails; "
                    + ("write the default as JSON" if given else "give JSON behind `||`"),
                    level="error" if given or trigger.event != "workflow_dispatch" else "note",
                )
                return


def _is_input(route: tuple[str, ...]) -> bool:
    return route[0] == "inputs" or route[:3] == ("github", "event", "inputs")


def _contexts(trigger: Trigger, workflow: Workflow) -> Mapping[str, Any] | None:
    """Return what a run by an event knows when nothing is typed in; None where its caller decides."""
    if trigger.event == "workflow_call":
        return None
    inputs: dict[str, Any] = {}
    if trigger.event == "workflow_dispatch":
        for name, declared in trigger.inputs.items():
            default = declared.default
            if declared.type in ("boolean", "number") or (declared.required and default is None):
                inputs[name.lower()] = values.UNKNOWN
            elif declared.type == "choice" and default is None:
                inputs[name.lower()] = declared.options[0].text if declared.options else ""
            else:
                inputs[name.lower()] = default.string or "" if default is not None else ""
    event = values.Open(inputs=inputs)
    return {"inputs": inputs, "github": values.Open(event_name=trigger.event, event=event)}


def _may_run(expression: Expression, contexts: Mapping[str, Any]) -> bool:
    asked = []
    if expression.step is not None and expression.step.condition is not expression:
        asked.append(expression.step.condition)
    if expression.job is not None:
        asked += [each.condition for each in (expression.job, *expression.job.transitive_needs)]
    return all(
        each is None or each.tree is None or evaluate.truth(each.tree, contexts) is not False
        for each in asked
        if each is not expression
    )


def _reached(root: tree.Tree, contexts: Mapping[str, Any]) -> Iterator[tree.Call]:
    """Yield the calls of `fromJSON` that no operand before them keeps from being read."""
    queue = [root]
    for node in queue:
        if isinstance(node, tree.Call) and node.function == "fromjson" and len(node.arguments) == 1:
            yield node
        if not isinstance(node, tree.Logical):
            queue.extend(node.children)
            continue
        for operand in node.operands:
            queue.append(operand)
            # Whether the next is read at all may only be known in the run.
            if evaluate.truth(operand, contexts) is not (node.operator == "&&"):
                break


def _is_no_json(given: object) -> bool:
    if not isinstance(given, str | None):
        return False
    try:
        json.loads(given or "")
    except (ValueError, RecursionError):
        return True
    return False
