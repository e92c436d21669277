"""Ask only for events that start the workflow.

A condition on `github.event_name` that names another event is never true. What stands behind it never runs, though it
looks as if it did: a deployment that nobody misses, a check that is always skipped. Add the event to `on`, or take
the condition away.

```yaml fails
on: [push, pull_request]
jobs:
  nightly:
    if: github.event_name == 'schedule'  # finding
    runs-on: ubuntu-latest
    steps: []
```

A part of a condition may be about other events as long as the whole can be true. Nothing is said of a reusable
workflow, which has its caller's event.

```yaml passes
on: [push, pull_request]
jobs:
  deploy:
    if: github.event_name == 'push' || github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: [workflow_call, push]
jobs:
  nightly:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, condition, rule

_EVENT = ("github", "event_name")


@rule(target=Expression, level="warning", tags=("reliability", "conditions"))
def check(asked: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    workflow = asked.workflow
    if (
        "event_name" not in asked.text
        or not asked.key.endswith(".if")
        or workflow is None
        or workflow.is_reusable
        or not workflow.triggers
    ):
        return
    if not any(route == _EVENT for _, route in asked.reads):
        return
    events = list(workflow.triggers)
    if condition.holds(asked) is None and all(condition.holds(asked, event_name=event) is False for event in events):
        yield context.finding(
            asked, f"this is never true: only {', '.join(f'`{event}`' for event in events[:5])} start this workflow"
        )
