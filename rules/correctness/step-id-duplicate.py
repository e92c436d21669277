"""Give each step of a job an id of its own.

GitHub refuses a workflow in which two steps of a job have the same id, whatever the case of its letters: nothing
runs.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: ./version
      - id: Version  # finding
        run: ./version --long
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: ./version
  test:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: ./version
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Step, rule


@rule(target=Step, level="error", tags=("correctness", "steps"))
def check(step: Step, context: Context[NoOptions]) -> Iterator[Finding]:
    owner = step.job or step.action
    if step.id is None or step.id_node is None or owner is None:
        return
    first = owner.step(step.id)
    if first is not None and first is not step and first.id_node is not None:
        yield context.finding(
            step.id_node,
            f"another step of this job has the id `{first.id}`; GitHub refuses the workflow",
            related=[(first.id_node, "has the id first")],
        )
