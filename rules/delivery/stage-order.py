"""Keep the stages of a delivery in their order.

Somebody adds a job and forgets its `needs`: from then on production is deployed beside the tests instead of after them, and
nothing looks wrong until the day they fail. This rule holds the jobs against an order that the policy states. A stage is
the jobs that a selector means; `a before b` asks that each job of `b` waits for the jobs of `a`, `a gates b` also
that it does not run when they fail. Without `stages` it says nothing.

```yaml fails
# options: {stages: {scan: {uses: [aquasecurity/trivy-action]}, deploy: {steps: [kubectl apply]}}, order: [scan before deploy]}
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: aquasecurity/trivy-action@0.30.0
  deploy:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: kubectl apply -f k8s/
```

Waiting may go over several jobs, from a called workflow to one before its caller, and over `workflow_run`.

```yaml passes
# options: {stages: {scan: {jobs: [scan]}, deploy: {environments: [production]}}, order: [scan gates deploy]}
# file: .github/workflows/ci.yml
name: CI
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps: []
  publish:
    needs: scan
    runs-on: ubuntu-latest
    steps: []
  release:
    needs: publish
    uses: ./.github/workflows/deploy.yml
    with:
      environment: production
# file: .github/workflows/deploy.yml
on:
  workflow_call:
    inputs:
      environment:
        type: string
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: ${{ inputs.environment }}
    steps: []
# file: .github/workflows/later.yml
on:
  workflow_run:
    workflows: [CI]
jobs:
  later:
    if: github.event.workflow_run.conclusion == 'success'
    runs-on: ubuntu-latest
    environment: production
    steps: []
```

```yaml fails
# options: {stages: {scan: {jobs: [scan]}, deploy: {jobs: ["deploy*"]}}, order: [scan gates deploy]}
# file: .github/workflows/ci.yml
name: CI
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps: []
  deploy-now:
    needs: scan
    if: always()  # finding
    runs-on: ubuntu-latest
    steps: []
# file: .github/workflows/deploy.yml
on:
  workflow_run:
    workflows: [CI]
  push:
    tags: ["v*"]
jobs:
  deploy:  # finding
    if: github.event.workflow_run.conclusion == 'success' || github.event_name == 'push'
    runs-on: ubuntu-latest
    steps: []
```

To ask for the branch and the event is not to ask whether the run succeeded.

```yaml fails
# options: {stages: {scan: {jobs: [scan]}, deploy: {jobs: [deploy]}}, order: [scan gates deploy]}
# file: .github/workflows/ci.yml
name: CI
on: push
jobs:
  scan:
    runs-on: ubuntu-latest
    steps: []
# file: .github/workflows/deploy.yml
on:
  workflow_run:
    workflows: [CI]
jobs:
  deploy:  # finding
    if: github.event.workflow_run.event == 'push' && github.event.workflow_run.head_branch == 'main'
    runs-on: ubuntu-latest
    steps: []
```

Where one job has both stages, its steps must stand in the order.

```yaml fails
# options: {stages: {diff: {steps: [npm run diff]}, open-pr: {uses: [peter-evans/create-pull-request]}}, order: [diff before open-pr]}
on: push
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: peter-evans/create-pull-request@v7  # finding
      - run: npm run diff -- --format=markdown
```

With `require: all`, which is the default, each stage needs a job. With `present`, the stages that have none are left out.

```yaml fails
# options: {stages: {e2e: {jobs: [e2e]}, deploy: {jobs: [deploy]}}, order: [e2e before deploy]}
on: push
jobs:
  deploy:  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
# options: {stages: {e2e: {jobs: [e2e]}, deploy: {jobs: [deploy]}}, order: [e2e before deploy], require: present}
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from wflint.api import Context, Finding, Repository, placed, rule, select, stages


class Options(NamedTuple):
    stages: Mapping[str, select.JobSelector] = MappingProxyType({})
    """The stages by name, each the jobs that one of its `jobs`, `names`, `steps`, `uses`, `environments` or `ships`
    means; `files` and `workflows` narrow them."""
    order: tuple[str, ...] = ()
    """What must hold: `a before b`, or `a gates b` where `b` must not run when `a` failed."""
    require: Literal["all", "present"] = "all"
    """Whether each stage must have a job, or only those stages are compared that have one."""
    wait_for: Literal["every", "any"] = "every"
    """Whether a job must wait for every job of the stage before it that its run has, or any of them will do."""

    def mistake(self) -> tuple[str, str] | None:
        try:
            for text in self.order:
                stages.Relation.parse(text, self.stages)
        except ValueError as wrong:
            return "order", str(wrong)
        return None


@rule(target=Repository, level="error", tags=("delivery", "deployment", "owasp-cicd-sec-1"), options=Options)
def check(repository: Repository, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if not options.stages and not options.order:
        return
    relations = [stages.Relation.parse(text, options.stages) for text in options.order]
    jobs = stages.by_stage(repository, options.stages)
    if options.require == "all":
        yield from _missing(repository, context, relations, jobs)
    told: set[str] = set()
    for relation in relations:
        for later in jobs[relation.later] if jobs[relation.earlier] else ():
            problem = stages.problem(
                later, relation, options.stages, jobs[relation.earlier], options.wait_for, repository
            )
            # A called workflow may run behind several jobs: one finding for each that is to be mended.
            if problem is not None and (text := f"{id(problem.at)} {problem.message}") not in told:
                told.add(text)
                yield context.finding(problem.at, problem.message, related=problem.related)


def _missing(
    repository: Repository,
    context: Context[Options],
    relations: list[stages.Relation],
    jobs: Mapping[str, list[placed.PlacedJob]],
) -> Iterator[Finding]:
    for name, selector in context.options.stages.items():
        if jobs[name] or (selector.files and not repository.complete):
            # In a document, or among single files, nobody knows what the files are called.
            continue
        beside = [each.later if each.earlier == name else each.earlier for each in relations if name in each[:2]]
        neighbour = next((job for other in beside for job in jobs[other]), None)
        at = neighbour.job if neighbour is not None else next(iter(repository.workflows), repository)
        yield context.finding(at, f"the policy asks for a stage `{name}`, and no job is one: none has {selector}")
