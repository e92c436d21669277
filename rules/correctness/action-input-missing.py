"""Give actions the inputs that they cannot do without.

An action that is not given what it requires fails when its step is reached, after everything before it has run, or goes on with nothing
in its place. GitHub itself does not look. The rule speaks only of actions and versions whose inputs are known.

```yaml fails
on: push
jobs:
  keep:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4  # finding
        with:
          name: report
```

An input with a default need not be given.

```yaml passes
on: push
jobs:
  keep:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/upload-artifact@v4
        with:
          path: report/
      - uses: octo-org/unknown@v1
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, UsesStep, actions, rule


@rule(target=UsesStep, level="warning", tags=("correctness", "actions"))
def check(step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    if step.uses.name is None or step.uses.version is None:
        return
    action = actions.action(step.uses.name, step.uses.version)
    if action is None or action.inputs is None:
        return
    lacking = [
        each.name
        for name, each in action.inputs.items()
        if each.required and not each.default and not each.deprecated and name not in step.with_
    ]
    if lacking:
        shown = ", ".join(f"`{name}`" for name in lacking)
        yield context.finding(
            step.uses,
            f"`{action.name}` requires {shown}, and the step does not give {'it' if len(lacking) == 1 else 'them'}",
        )
