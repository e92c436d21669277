"""Keep versions before a release out of the place where releases go.

`v1.2.3-rc.1` is for those who want to try it. Pushed to the index from which everybody installs, it cannot be taken back, and tools that
take the newest version take it. A job that publishes where the policy says `stable` must ask what it publishes: the tag filter,
`!github.event.release.prerelease`, or the tag's name. Without `stable` it says nothing.

```yaml fails
# options: {stable: {environments: [pypi]}}
on:
  release:
    types: [published]
jobs:
  publish:  # finding
    runs-on: ubuntu-latest
    environment: pypi
    steps: []
```

```yaml fails
# options: {stable: {environments: [pypi]}}
on:
  push:
    tags: ["v*"]
jobs:
  publish:  # finding
    if: startsWith(github.ref, 'refs/tags/v')
    runs-on: ubuntu-latest
    environment: pypi
    steps: []
```

```yaml passes
# options: {stable: {environments: [pypi]}}
# file: .github/workflows/publish.yml
on:
  release:
    types: [published]
jobs:
  try:
    runs-on: ubuntu-latest
    environment: testpypi
    steps: []
  publish:
    needs: try
    if: ${{ !github.event.release.prerelease && !contains(github.ref_name, '-') }}
    runs-on: ubuntu-latest
    environment: pypi
    steps: []
# file: .github/workflows/tags.yml
on:
  push:
    tags: ["v[0-9]+.[0-9]+.[0-9]+"]
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: pypi
    steps: []
```

What another job works out is not known here, and counts as asking.

```yaml passes
# options: {stable: {environments: [pypi]}}
on:
  push:
    tags: ["v*"]
jobs:
  version:
    runs-on: ubuntu-latest
    outputs:
      stable: ${{ steps.read.outputs.stable }}
    steps:
      - id: read
        run: ./version.sh >> "$GITHUB_OUTPUT"
  publish:
    needs: version
    if: needs.version.outputs.stable == 'true'
    runs-on: ubuntu-latest
    environment: pypi
    steps: []
```
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wflint.api import Context, Expression, Finding, Repository, Trigger, placed, rule, run_refs, select, values


class Options(NamedTuple):
    stable: select.JobSelector = select.JobSelector()
    """The jobs that only whole versions may reach: those that one of `jobs`, `names`, `steps`, `uses`, `environments` or
    `ships` means."""
    prereleases: tuple[str, ...] = ("v1.2.3-rc1", "1.2.3-beta.1", "v1.2.3rc1")
    """Examples of tags that are no whole versions."""


@rule(target=Repository, level="error", tags=("delivery", "release"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if options.stable.is_empty:
        return
    told: set[int] = set()
    for each in placed.placed_jobs(repository):
        if id(each.job) in told or not select.selects(options.stable, each.job, repository, each.callers):
            continue
        conditions = _conditions(each, options.stable, repository)
        for run in _runs(each.workflow.triggers.values(), options.prereleases):
            if any(run_refs.reaches(each.jobs, run, [condition]) is True for condition in conditions):
                told.add(id(each.job))
                yield context.finding(
                    each.job,
                    f"`{each.job.id}` is for whole versions, and {run.what} reaches it; ask for the version in its `if`",
                    related=[(run.trigger, "this event starts it")],
                )
                break


def _conditions(each: placed.PlacedJob, stable: select.JobSelector, repository: Repository) -> list[Expression | None]:
    """Return the conditions of the steps that publish; none where the whole job is meant."""
    if select.selects(stable._replace(steps=(), uses=(), ships=()), each.job, repository, each.callers):
        return [None]
    steps = [found.step for found in select.chosen(stable, each.job, repository) if found.step is not None]
    return [step.condition for step in steps] or [None]


def _runs(triggers: Iterable[Trigger], tags: tuple[str, ...]) -> Iterator[run_refs.RunRef]:
    """Yield a run for each event that a tag starts."""
    for trigger in triggers:
        for tag in tags:
            payload = values.Open(release=values.Open(prerelease=True, draft=False, tag_name=tag))
            names = {"ref": f"refs/tags/{tag}", "ref_name": tag, "ref_type": "tag", "head_ref": "", "base_ref": ""}
            github = values.Open(event_name=trigger.event, **names)
            if trigger.event == "push" and trigger.runs_for_tag(tag):
                yield run_refs.RunRef(trigger, names["ref"], f"a push of the tag `{tag}`", {"github": github})
            elif trigger.event == "release":
                github["event"] = payload
                yield run_refs.RunRef(trigger, names["ref"], f"the prerelease `{tag}`", {"github": github})
