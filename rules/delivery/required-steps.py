"""Run the steps that the policy asks for.

A policy may list what some job must run: linters, tests, a scan of each pull request. Without that, a check that was taken
out, or never put in, is missed only when it would have been needed. What is found only where its failure does not count,
behind `|| true` or with `continue-on-error`, is reported there. Without `steps` it says nothing.

```yaml fails
# options: {steps: {lint: {steps: [ruff check], on: [pull_request]}, types: {steps: [mypy], on: [pull_request]}, sast: {uses: [github/codeql-action/analyze]}}}
name: CI  # finding
on:
  pull_request:
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: uv run ruff check --no-fix .
      - run: mypy src || true  # finding
```

A local action counts, and so does a workflow that is called. With `on`, the workflow must be started by each of these
events; with `files`, it must be one of these.

```yaml passes
# options: {steps: {lint: {steps: [ruff check], on: [pull_request]}, release: {steps: [gh release create], files: ["release*.yml"]}}}
# file: .github/workflows/ci.yml
on: [push, pull_request]
jobs:
  checks:
    uses: ./.github/workflows/checks.yml
# file: .github/workflows/checks.yml
on: workflow_call
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: ./.github/actions/lint
# file: .github/actions/lint/action.yml
runs:
  using: composite
  steps:
    - run: npx --yes ruff check
      shell: bash
# file: .github/workflows/release.yml
on:
  push:
    tags: ["v*"]
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: gh release create "$GITHUB_REF_NAME"
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Repository, placed, rule, select


class Wanted(NamedTuple):
    steps: tuple[str, ...] = ()
    """Globs of the beginning of a command: `pytest` is also `uv run pytest tests`."""
    uses: tuple[str, ...] = ()
    """Globs of actions, or of workflows that a job calls."""
    on: tuple[str, ...] = ()
    """The events that must all start the workflow in which it runs."""
    files: tuple[str, ...] = ()
    """Globs of the workflow's path, or of its name in the folder; that of the one that the events start."""


class Options(NamedTuple):
    steps: Mapping[str, Wanted] = MappingProxyType({})
    """What must run, by a name for it."""


@rule(target=Repository, level="error", tags=("delivery",), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    if not context.options.steps:
        return
    jobs = placed.placed_jobs(repository)
    for name, wanted in context.options.steps.items():
        found = list(_runs(wanted, jobs, repository))
        swallowed = [why for _, why in found]
        if found and not all(swallowed):
            continue
        if found:
            chosen, why = found[0]
            yield context.finding(chosen.place, f"the policy asks for `{name}`, and its failure does not count: {why}")
            continue
        when = f" on {', '.join(f'`{event}`' for event in wanted.on)}" if wanted.on else ""
        what = ", ".join(f"`{glob}`" for glob in (*wanted.steps, *wanted.uses))
        yield context.finding(
            next(iter(repository.workflows), repository), f"the policy asks for `{name}`: no job{when} runs {what}"
        )


def _runs(
    wanted: Wanted, jobs: list[placed.PlacedJob], repository: Repository
) -> Iterator[tuple[select.Chosen, str | None]]:
    """Yield the steps, and calls of workflows, that were asked for, each with why its failure does not count."""
    where = select.JobSelector(files=wanted.files)
    selector = select.StepSelector(wanted.steps, wanted.uses)
    for each in jobs:
        if not all(event in each.workflow.triggers for event in wanted.on):
            continue
        if wanted.files and not select.selects(where, each.jobs[0]):
            continue
        lenient = next((one for one in each.jobs if _is_true(one.continue_on_error)), None)
        whole = f"`continue-on-error` of `{lenient.id}`" if lenient is not None else None
        called = each.job.uses
        if called is not None and select.uses_matches(called, wanted.uses):
            yield select.Chosen(None, called.text, called.place), whole
        for found in select.steps_with(selector, each.job.steps, repository):
            yield found, whole or _swallowed(found)


def _swallowed(found: select.Chosen) -> str | None:
    if found.step is not None and _is_true(found.step.continue_on_error):
        return "`continue-on-error`"
    if found.command is not None and found.command.swallowed == "or":
        return f"`|| {found.command.followed_by_or}` stands behind it"
    return None


def _is_true(node: object) -> bool:
    return getattr(node, "value", None) is True
