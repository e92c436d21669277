"""Give actions only inputs that they have.

An input that an action does not have is ignored, with a warning in the log that nobody reads: `fetch_depth: 0` fetches one commit, and
the scan of the history behind it looks at nothing. Write the name as the action has it. The rule speaks only of actions and versions whose
inputs are all known.

```yaml fails
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch_depth: 0  # finding
      - uses: actions/setup-python@v5
        with:
          python: "3.12"  # finding
```

Upper and lower case are the same, actions that run in a container take `args` and `entrypoint`, and nothing is said of what is newer than what is known.

```yaml passes
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          Fetch-Depth: 0
      - uses: actions/checkout@v999
        with:
          anything: true
      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567
        with:
          anything: true
      - uses: octo-org/unknown@v1
        with:
          anything: true
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Mapping, NoOptions, UsesStep, actions, near, rule

_OF_CONTAINERS = ("args", "entrypoint")


@rule(target=UsesStep, level="warning", tags=("correctness", "actions"))
def check(step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    given = step.node.get("with")
    if not isinstance(given, Mapping) or step.uses.name is None or step.uses.version is None:
        return
    action = actions.action(step.uses.name, step.uses.version)
    if action is None or not action.complete or action.inputs is None:
        return
    for name, node in given.entries.items():
        lower = name.lower()
        if lower in action.inputs or (lower in _OF_CONTAINERS and action.using in ("docker", None)):
            continue
        known = [each.name for each in action.inputs.values()]
        yield context.finding(
            node.key_node or node,
            f"`{action.name}` has no input `{name}`, so that it is ignored{near.hint(name, known)}",
        )
