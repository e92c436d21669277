"""Remove workflows that can never run.

A workflow that nothing starts looks like protection and is none: people read it, mend it, and believe in it. The usual
causes are jobs that were switched off with `if: false`, a filter that lets no branch in, a `workflow_run` of a workflow that
has another name by now, and two workflows of one name of which one was meant to replace the other.

```yaml fails
on: push
jobs:
  old:
    if: false  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
# file: .github/workflows/filtered.yml
on:
  push:
    branches: ["!main"]  # finding
jobs: {}
# file: .github/workflows/after.yml
on:
  workflow_run:
    workflows: [Build]  # finding
jobs: {}
# file: .github/workflows/ci.yml
name: CI
on: push
jobs: {}
# file: .github/workflows/ci-old.yml
name: CI  # finding
on: push
jobs: {}
```

A policy may name the files that were replaced.

```yaml fails
# options: {gone: [release.yml]}
# file: .github/workflows/release.yml
on: push  # finding
jobs: {}
# file: .github/workflows/release-app.yml
on: push
jobs: {}
```

```yaml passes
# file: .github/workflows/ci.yml
name: CI
on:
  push:
    branches: ["**", "!main"]
jobs:
  off:
    if: false
    runs-on: ubuntu-latest
    steps: []
  build:
    runs-on: ubuntu-latest
    steps: []
# file: .github/workflows/after.yml
name: After
on:
  workflow_run:
    workflows: [CI, Build]
jobs: {}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, Trigger, Workflow, evaluate, near, rule, select


class Options(NamedTuple):
    gone: tuple[str, ...] = ()
    """Globs of the paths, or the names, of workflow files that must not be there any more."""


@rule(target=Repository, level="warning", tags=("reliability", "maintainability"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    named: dict[str, list[Workflow]] = {}
    for workflow in repository.workflows:
        if workflow.name is not None:
            named.setdefault(workflow.name, []).append(workflow)
    titles = {workflow.title: None for workflow in repository.workflows}
    for workflow in repository.workflows:
        if select.selects_workflow(select.WorkflowSelector(files=context.options.gone), workflow):
            yield context.finding(workflow, "the policy says that this workflow was replaced; delete the file")
            continue
        yield from _switched_off(workflow, context)
        # Among single files, or in a document, nobody knows which workflows there are.
        if len(workflow.triggers) == 1 and (repository.complete or "workflow_run" not in workflow.triggers):
            yield from _never(next(iter(workflow.triggers.values())), titles, context)
    for name, twins in named.items():
        if len(twins) > 1 and "${{" not in name:
            for twin in twins[1:]:
                yield context.finding(
                    twin.name_node or twin,
                    f"`{twins[0].path}` has the name `{name}` too: nobody can tell their runs apart, and `workflow_run`"
                    " follows both; rename one, or delete the one that was replaced",
                    level="note",
                )


def _switched_off(workflow: Workflow, context: Context[Options]) -> Iterator[Finding]:
    conditions = [job.condition for job in workflow.jobs.values()]
    trees = [each.tree for each in conditions if each is not None]
    if trees and len(trees) == len(conditions):
        known = [evaluate.constant(tree) if tree is not None else None for tree in trees]
        first = conditions[0]
        if first is not None and all(value is False for value in known):
            yield context.finding(first, "no job of this workflow ever runs; delete the file, or take `if: false` away")


def _never(trigger: Trigger, titles: dict[str, None], context: Context[Options]) -> Iterator[Finding]:
    """Yield why the only event of a workflow never starts it."""
    for name in ("branches", "tags", "paths"):
        other = "tags" if name == "branches" else "branches"
        patterns = trigger.filter(name)
        node = trigger.node.get(name)
        if node is None or (name != "paths" and trigger.has(other)) or trigger.event == "workflow_run":
            continue
        if patterns and all(pattern.text.startswith("!") for pattern in patterns):
            yield context.finding(
                node.head, f'`{name}` only keeps out, so nothing starts this workflow; begin with `"**"`'
            )
    if trigger.event == "workflow_run" and trigger.workflows:
        texts = [node.text for node in trigger.workflows]
        if not any(text in titles or set(text) & set("*?[+!") for text in texts):
            yield context.finding(
                trigger.workflows[0],
                f"no workflow is called `{texts[0]}`, so nothing starts this one{near.hint(texts[0], titles)}",
            )
