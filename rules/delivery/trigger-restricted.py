"""Start sensitive workflows only in the way that the policy allows.

A rollback, or a release, is meant to be started by somebody who knows why. One more event in `on` lets anybody start it
who can push, open a pull request or comment. Without `workflows` it says nothing.

```yaml fails
# options: {workflows: {rollback: {files: ["*rollback*"], events: [workflow_dispatch]}}}
# file: .github/workflows/rollback.yml
on:
  workflow_dispatch:
  repository_dispatch:  # finding
jobs: {}
```

```yaml passes
# options: {workflows: {rollback: {files: ["*rollback*"], events: [workflow_dispatch]}}}
# file: .github/workflows/rollback.yml
on: workflow_dispatch
jobs: {}
# file: .github/workflows/ci.yml
on: [push, pull_request]
jobs: {}
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Workflow, rule, select


class Restricted(NamedTuple):
    files: tuple[str, ...] = ()
    """Globs of their paths, or of the files' names."""
    names: tuple[str, ...] = ()
    """Globs of their names."""
    events: tuple[str, ...] = ()
    """The events that may start them."""


class Options(NamedTuple):
    workflows: Mapping[str, Restricted] = MappingProxyType({})
    """Groups of workflows, by a name for each."""


@rule(target=Workflow, level="error", tags=("delivery", "triggers"), options=Options)
def check(workflow: Workflow, context: Context[Options]) -> Iterator[Finding]:
    for name, group in context.options.workflows.items():
        if not select.selects_workflow(select.WorkflowSelector(group.files, group.names), workflow):
            continue
        for event, trigger in workflow.triggers.items():
            if event not in group.events:
                allowed = ", ".join(f"`{each}`" for each in group.events)
                yield context.finding(
                    trigger, f"`{event}` must not start this workflow: the policy lets only {allowed} start `{name}`"
                )
