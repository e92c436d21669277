"""Have the workflows that the policy asks for, with the triggers that it asks for.

A security scan that was meant to run each week and on every pull request is worth nothing once somebody has taken the
schedule out, or narrowed its paths. A policy may name workflows and what must start them. The workflow that comes
nearest is reported, at what it lacks. Without `workflows` it says nothing.

```yaml fails
# options: {workflows: {security: {files: [security.yml], on: [push, pull_request], schedule: true, branches: [main, dev]}}}
# file: .github/workflows/security.yml
name: Security
on:  # finding
  push:
    branches: [main]  # finding
  pull_request:
jobs: {}
```

```yaml fails
# options: {workflows: {validation: {on: [pull_request], paths: ["data/**"]}, rollback: {files: ["*rollback.yml"], on: [workflow_dispatch], only: true, inputs: [pr_number, reason]}}}
# file: .github/workflows/check.yml
on:
  pull_request:
    paths: ["data/*.json"]  # finding
jobs: {}
# file: .github/workflows/rollback.yml
on:
  push:  # finding
  workflow_dispatch:
    inputs:
      pr_number:
        required: true
      reason:  # finding
        required: false
jobs: {}
```

```yaml fails
# options: {workflows: {nightly: {files: [nightly.yml], schedule: true}}}
# file: .github/workflows/ci.yml
on: push  # finding
jobs: {}
```

```yaml fails
# options: {workflows: {scan: {files: [scan.yml], schedule: true, every-days: 7, except-paths: ["docs/**"]}}}
# file: .github/workflows/scan.yml
on:
  pull_request:  # finding
    paths: ["src/**", "docs/**"]
  schedule:  # finding
    - cron: 0 3 1,15 * *
jobs: {}
```

```yaml passes
# options: {workflows: {scan: {files: [scan.yml], schedule: true, every-days: 7, except-paths: ["docs/**"]}}}
# file: .github/workflows/scan.yml
on:
  pull_request:
    paths-ignore: ["docs/**"]
  schedule:
    - cron: 0 3 * * MON
jobs: {}
```

```yaml passes
# options: {workflows: {validation: {on: [pull_request], paths: ["data/**"], steps: [npm run validate]}, rollback: {files: ["*rollback.yml"], on: [workflow_dispatch], only: true, inputs: [reason]}}}
# file: .github/workflows/check.yml
on:
  pull_request:
    paths: ["data/**", "scripts/**"]
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - run: npm run validate -- --strict
# file: .github/workflows/rollback.yml
on:
  workflow_dispatch:
    inputs:
      reason:
        required: true
jobs: {}
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Place, Repository, Trigger, Workflow, cron, rule, run_refs, select


class Wanted(NamedTuple):
    files: tuple[str, ...] = ()
    """Globs of its path, or of the file's name. Without `files` and `names` any workflow will do."""
    names: tuple[str, ...] = ()
    """Globs of its name."""
    on: tuple[str, ...] = ()
    """Events that must start it."""
    only: bool = False
    """Whether nothing else than `on` may start it."""
    schedule: bool = False
    """Whether it must run at set times."""
    every_days: int = 0
    """The most days from one scheduled run to the next: 1 for each day, 7 for each week; 0 for any."""
    types: tuple[str, ...] = ()
    """Activity types that must start it, of any of its events."""
    branches: tuple[str, ...] = ()
    """Branches for which each of its pushes and pull requests must start it."""
    tags: tuple[str, ...] = ()
    """Tags, as globs, whose push must start it."""
    paths: tuple[str, ...] = ()
    """Globs of files whose change must start it, whatever else is filtered out."""
    except_paths: tuple[str, ...] = ()
    """Globs of files whose change alone need not start it: a note where it does."""
    inputs: tuple[str, ...] = ()
    """Inputs that a manual run must give."""
    steps: tuple[str, ...] = ()
    """Globs of commands of which it must run one."""
    uses: tuple[str, ...] = ()
    """Globs of actions of which it must use one, or workflows of which it must call one."""


class Options(NamedTuple):
    workflows: Mapping[str, Wanted] = MappingProxyType({})
    """The workflows, by a name for each."""


Lack = tuple[Place, str]
_FILTERED = ("push", "pull_request", "pull_request_target")


@rule(target=Repository, level="error", tags=("delivery", "triggers"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    for name, wanted in context.options.workflows.items():
        selector = select.WorkflowSelector(wanted.files, wanted.names)
        named = [each for each in repository.workflows if select.selects_workflow(selector, each)]
        if any(selector):
            candidates = named
        else:
            # Of all workflows, those are meant that have at least something of what is asked.
            candidates = [
                each for each in repository.workflows if _starts(each, wanted) or _does(each, wanted, repository)
            ]
        lacks = [list(_lacks(each, wanted, repository)) for each in candidates]
        if not lacks and any(selector) and not repository.complete:
            # In a document, or among single files, nobody knows what the files are called.
            continue
        if not lacks:
            what = ", ".join(f"`{each}`" for each in (*wanted.files, *wanted.names, *wanted.on)) or "any trigger"
            at = next(iter(repository.workflows), repository)
            yield context.finding(at, f"the policy asks for a workflow `{name}`, and there is none with {what}")
            continue
        for place, text in min(lacks, key=len):
            yield context.finding(place, f"the policy asks of the workflow `{name}` {text}")
        for workflow in named if wanted.except_paths else ():
            for place, text in _needless(workflow, wanted):
                yield context.finding(place, f"the workflow `{name}` need not {text}", level="note")


def _starts(workflow: Workflow, wanted: Wanted) -> bool:
    return any(event in workflow.triggers for event in wanted.on) or (
        not wanted.on and wanted.schedule and "schedule" in workflow.triggers
    )


def _lacks(workflow: Workflow, wanted: Wanted, repository: Repository) -> Iterator[Lack]:
    triggers = workflow.triggers
    on = workflow.node.get("on")
    head = on.head if on is not None else workflow.place
    for event in (*wanted.on, *(("schedule",) if wanted.schedule and "schedule" not in wanted.on else ())):
        if event not in triggers:
            yield head, f"to run on `{event}`"
    if wanted.every_days and "schedule" in triggers:
        yield from _seldom(triggers["schedule"], wanted.every_days)
    if wanted.only:
        for event, trigger in triggers.items():
            if event not in wanted.on and not (event == "schedule" and wanted.schedule):
                yield trigger.place, f"that nothing but {', '.join(f'`{each}`' for each in wanted.on)} starts it"
    kinds = {node.text for trigger in triggers.values() for node in trigger.types}
    for kind in wanted.types:
        if kind not in kinds:
            yield head, f"to run for the activity type `{kind}`"
    yield from _filtered(workflow, wanted)
    dispatch = triggers.get("workflow_dispatch")
    for name in wanted.inputs:
        declared = dispatch.inputs.get(name) if dispatch is not None else None
        if declared is None:
            yield (dispatch.place if dispatch is not None else head), f"to take the input `{name}`"
        elif declared.required is not True:
            yield declared.place, f"that its input `{name}` must be given: `required: true`"
    if (wanted.steps or wanted.uses) and not _does(workflow, wanted, repository):
        yield workflow.place, "to run " + " or ".join(f"`{each}`" for each in (*wanted.steps, *wanted.uses))


def _seldom(trigger: Trigger, most: int) -> Iterator[Lack]:
    crons = []
    for schedule in trigger.schedules:
        try:
            crons.append(cron.parse(schedule.cron.text if schedule.cron is not None else ""))
        except cron.CronError:
            return
    days = cron.longest_gap(crons)
    if days is not None and days > most:
        yield trigger.place, f"to run every {f'{most} days' if most > 1 else 'day'}, and {days} days may pass"


def _needless(workflow: Workflow, wanted: Wanted) -> Iterator[Lack]:
    for event in _FILTERED:
        trigger = workflow.triggers.get(event)
        paths = [glob for glob in wanted.except_paths if trigger and trigger.runs_for_paths([run_refs.sample(glob)])]
        if trigger is not None and paths:
            shown = ", ".join(f"`{path}`" for path in paths)
            yield trigger.place, f"run for a change of {shown} alone; filter its paths"


def _filtered(workflow: Workflow, wanted: Wanted) -> Iterator[Lack]:
    for event in _FILTERED:
        trigger = workflow.triggers.get(event)
        if trigger is None or (wanted.on and event not in wanted.on):
            continue
        missing = [each for each in wanted.branches if not trigger.runs_for_branch(run_refs.sample(each))]
        if missing:
            node = trigger.node.get("branches") or trigger.node.get("branches-ignore")
            yield (
                (node.head if node is not None else trigger.place),
                f"to run for {', '.join(f'`{b}`' for b in missing)}",
            )
        left_out = [each for each in wanted.paths if not trigger.runs_for_paths([run_refs.sample(each)])]
        if left_out:
            node = trigger.node.get("paths") or trigger.node.get("paths-ignore")
            shown = ", ".join(f"`{path}`" for path in left_out)
            yield (node.head if node is not None else trigger.place), f"to run for every change of {shown}"
    push = workflow.triggers.get("push")
    for tag in wanted.tags:
        if push is None or not push.runs_for_tag(run_refs.sample(tag)):
            yield (push.place if push is not None else workflow.place), f"to run for the tags `{tag}`"


def _does(workflow: Workflow, wanted: Wanted, repository: Repository) -> bool:
    selector = select.JobSelector(steps=wanted.steps, uses=wanted.uses)
    return any(select.selects(selector, job, repository) for job in workflow.jobs.values())
