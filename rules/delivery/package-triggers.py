"""Let each package of a repository be released by itself.

Where several packages live in one repository, each has a pattern of its own for its version tags and a filter for its own
paths. A workflow that starts for the tags of two packages publishes both when one was meant; one without a path filter
runs for every change of the others. Without `packages` this rule says nothing.

```yaml fails
# options: {packages: {core: {files: ["*-core.yml"], tags: ["core-v*"], paths: [packages/core/**]}, app: {files: ["*-app.yml"], tags: ["app-v*"], paths: [src/app/**]}}}
# file: .github/workflows/release-core.yml
on:
  push:
    tags: ["*-v*"]  # finding
jobs: {}
# file: .github/workflows/check-core.yml
on:
  pull_request:  # finding
jobs: {}
# file: .github/workflows/check-app.yml
name: App  # finding
on:
  pull_request:
    paths: ["src/**"]
jobs: {}
```

```yaml passes
# options: {packages: {core: {files: ["*-core.yml"], tags: ["core-v*"], paths: [packages/core/**]}, app: {files: ["*-app.yml"], tags: ["app-v*"], paths: [src/app/**]}}}
# file: .github/workflows/release-core.yml
on:
  push:
    tags: ["core-v[0-9]+.[0-9]+.[0-9]+"]
jobs: {}
# file: .github/workflows/check-core.yml
on:
  pull_request:
    paths: ["packages/core/**"]
jobs: {}
# file: .github/workflows/release-app.yml
on:
  push:
    tags: ["app-v*"]
jobs: {}
# file: .github/workflows/check-app.yml
on:
  pull_request:
    paths: ["src/app/**"]
jobs: {}
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wflint.api import Context, Finding, Place, Repository, Trigger, Workflow, globs, rule, run_refs, select


class Package(NamedTuple):
    files: tuple[str, ...] = ()
    """Globs of the paths, or the files' names, of its workflows."""
    tags: tuple[str, ...] = ()
    """Globs of its version tags: one of its workflows must start for them, and for no other package's."""
    paths: tuple[str, ...] = ()
    """Globs of its files: its workflows that run for changes must run for these, and for no other package's."""


class Options(NamedTuple):
    packages: Mapping[str, Package] = MappingProxyType({})
    """The packages, by name."""


_CHANGES = ("push", "pull_request", "pull_request_target")
_VERSIONS = ("1.2.3", "1")


@rule(target=Repository, level="error", tags=("delivery", "release", "triggers"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    packages = context.options.packages
    for name, package in packages.items():
        selector = select.WorkflowSelector(files=package.files)
        mine = [each for each in repository.workflows if select.selects_workflow(selector, each)]
        others = {other: each for other, each in packages.items() if other != name}
        if package.tags and repository.complete and not any(_released(each, package) for each in mine):
            shown = ", ".join(f"`{tag}`" for tag in package.tags)
            at = next(iter((*mine, *repository.workflows)), repository)
            yield context.finding(at, f"no workflow of the package `{name}` starts for its tags {shown}")
        for workflow in mine:
            for place, text in (*_tags(workflow, others), *_paths(workflow, package, others)):
                yield context.finding(place, f"this workflow is of the package `{name}`, and {text}")


def _released(workflow: Workflow, package: Package) -> bool:
    push = workflow.triggers.get("push")
    return push is not None and any(push.runs_for_tag(tag) for tag in _sample_tags(package))


def _sample_tags(package: Package) -> list[str]:
    found: list[str] = []
    for glob in package.tags:
        found += [glob.replace("*", version, 1).replace("*", "") for version in _VERSIONS]
        found.append(run_refs.sample(glob))
    return found


def _tags(workflow: Workflow, others: Mapping[str, Package]) -> Iterator[tuple[Place, str]]:
    push = workflow.triggers.get("push")
    if push is None or not (push.has("tags") or push.has("tags-ignore")):
        return
    for name, package in others.items():
        if any(push.runs_for_tag(tag) for tag in _sample_tags(package)):
            node = push.node.get("tags") or push.node
            yield node.head, f"it starts for the tags of `{name}` too"
            return


def _paths(workflow: Workflow, package: Package, others: Mapping[str, Package]) -> Iterator[tuple[Place, str]]:
    for event in _CHANGES:
        trigger = workflow.triggers.get(event)
        if trigger is None or not package.paths or _for_tags_alone(trigger):
            continue
        node = trigger.node.get("paths")
        if not all(trigger.runs_for_paths([path]) for path in _sample_paths(package)):
            yield (node.head if node is not None else trigger.place), "it does not start for each change of its files"
        for name, other in others.items():
            foreign = [path for path in _sample_paths(other) if not any(globs.matches(g, path) for g in package.paths)]
            if any(trigger.runs_for_paths([path]) for path in foreign):
                yield (node.head if node is not None else trigger.place), f"it starts for changes of `{name}` too"
                break


def _for_tags_alone(trigger: Trigger) -> bool:
    return trigger.event == "push" and trigger.has("tags") and not trigger.has("branches") and not trigger.has("paths")


def _sample_paths(package: Package) -> list[str]:
    return [run_refs.sample(glob) for glob in package.paths]
