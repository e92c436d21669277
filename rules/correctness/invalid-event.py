"""Start workflows by events that exist, with types and filters that they have.

GitHub refuses a workflow with an event, a type or a filter that it does not know, or starts it never. New ones appear
now and then: what is not known here is a warning.

```yaml fails
on:
  pull-request:  # finding
  issues:
    types: [open]  # finding
  issue_comment:
    branches: [main]  # finding
  push:
    paths: [src/**]
    paths-ignore: [docs/**]  # finding
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  pull_request:
    types: [opened, synchronize]
    branches: [main]
  repository_dispatch:
    types: [anything]
  workflow_dispatch:
  push:
    branches: [main]
    paths: [src/**]
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Trigger, events, near, rule

_FILTERS = ("branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore")


@rule(target=Trigger, level="error", tags=("correctness", "events"))
def check(trigger: Trigger, context: Context[NoOptions]) -> Iterator[Finding]:
    event = events.event(trigger.event)
    if event is None:
        hint = near.hint(trigger.event, sorted(events.names()))
        yield context.finding(trigger, f"`{trigger.event}` is no known event{hint}", level="warning")
        return
    if event.removed is not None:
        yield context.finding(trigger, f"`{event.name}` starts nothing any more: {event.removed}", level="warning")
    for node in trigger.types:
        if event.types is None:
            yield context.finding(node, f"`{event.name}` has no types; take `types` away", level="warning")
            break
        if event.types and node.text not in event.types and "${{" not in node.text:
            hint = near.hint(node.text, event.types)
            yield context.finding(node, f"`{event.name}` has no known type `{node.text}`{hint}", level="warning")
    for name in _FILTERS:
        if trigger.has(name) and name not in event.filters and (node_ := trigger.node.get(name)) is not None:
            yield context.finding(node_.head, f"`{event.name}` cannot be filtered by `{name}`", level="warning")
    for one, other in events.exclusive_filters():
        node_ = trigger.node.get(other)
        if trigger.has(one) and node_ is not None:
            yield context.finding(
                node_.head, f"`{one}` and `{other}` cannot stand together; write `!` patterns under `{one}` instead"
            )
