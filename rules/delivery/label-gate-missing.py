"""Run an optional job only when it was asked for.

A full test that takes an hour is meant to run when somebody sets a label, or by hand. Without a condition on the
label it runs for every push to every pull request; with one on the event alone, for any label. Without `labels` this
rule says nothing.

```yaml fails
# options: {labels: {full-test: {jobs: [integration]}}}
on:
  pull_request:
    types: [opened, synchronize, labeled]
  workflow_dispatch:
jobs:
  integration:  # finding
    if: github.event.action == 'labeled' || github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
# options: {labels: {full-test: {jobs: ["integration*"]}}}
on:
  pull_request:
    types: [opened, synchronize, labeled]
  workflow_dispatch:
jobs:
  integration:
    if: github.event.label.name == 'full-test' || github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-latest
    steps: []
  integration-too:
    if: contains(github.event.pull_request.labels.*.name, 'full-test')
    runs-on: ubuntu-latest
    steps: []
  unit:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Job, pull_request, rule, run_refs, select, values


class Options(NamedTuple):
    labels: Mapping[str, select.JobSelector] = MappingProxyType({})
    """The jobs that run for a pull request only when it has a label, by the label."""
    events: tuple[str, ...] = ("workflow_dispatch", "workflow_call", "schedule")
    """The events besides pull requests that may start them."""


@rule(target=Job, level="error", tags=("delivery", "triggers", "cost"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    for label, selector in context.options.labels.items():
        if not select.selects(selector, job):
            continue
        for event, trigger in job.workflow.triggers.items():
            if event in context.options.events:
                continue
            run = run_refs.RunRef(trigger, None, event, _without_label(event))
            if run_refs.reaches([job], run) is not False:
                yield context.finding(
                    job,
                    f"`{job.id}` is for the label `{label}`, and `{event}` may start it without; add"
                    f" `if: contains(github.event.pull_request.labels.*.name, '{label}')`",
                    related=[(trigger, "this event starts it")],
                )
                break


def _without_label(event: str) -> dict[str, object]:
    """Return what a run knows of a pull request that has, and just got, another label."""
    if event not in ("pull_request", "pull_request_target"):
        return {"github": values.Open(event_name=event, event=values.Open(label=None, pull_request=None))}
    contexts = pull_request.pull_request_context(event, labels=[{"name": "another"}])
    contexts["github"]["event"].update(label={"name": "another"}, action="labeled")
    return contexts
