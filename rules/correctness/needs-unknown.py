"""Wait only for jobs that exist, and never in a circle.

GitHub refuses a workflow whose `needs` names a job that is not there, or whose jobs wait for each other in a circle:
nothing runs.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
  test:
    needs: [build, lints]  # finding
    runs-on: ubuntu-latest
    steps: []
  lint:
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
on: push
jobs:
  one:
    needs: two  # finding
    runs-on: ubuntu-latest
    steps: []
  two:
    needs: one
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
  test:
    needs: Build
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Callable, Iterator

from wflint.api import Context, Finding, Job, NoOptions, Workflow, near, rule


@rule(target=Workflow, level="error", tags=("correctness", "needs"))
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    for job in workflow.jobs.values():
        for node in job.needs:
            if "${{" not in node.text and workflow.job(node.text) is None:
                hint = near.hint(node.text, workflow.jobs)
                yield context.finding(node, f"there is no job `{node.text}` to wait for{hint}")
    forward = _left(list(workflow.jobs.values()), lambda job: job.needed, lambda job: job.dependents)
    circle = _left(forward, lambda job: job.dependents, lambda job: job.needed)
    if circle:
        names = ", ".join(f"`{job.id}`" for job in circle[:5])
        yield context.finding(circle[0].needs[0], f"jobs wait for each other in a circle, so that none starts: {names}")


def _left(jobs: list[Job], before: Callable[[Job], list[Job]], after: Callable[[Job], list[Job]]) -> list[Job]:
    """Return the jobs that stay when those with nothing before them are taken away again and again."""
    there = {job.id for job in jobs}
    waits = {job.id: sum(1 for other in {each.id for each in before(job)} if other in there) for job in jobs}
    free = [job for job in jobs if not waits[job.id]]
    for job in free:
        for other in {each.id: each for each in after(job)}.values():
            if other.id in waits:
                waits[other.id] -= 1
                if not waits[other.id]:
                    free.append(other)
    gone = {job.id for job in free}
    return [job for job in jobs if job.id not in gone]
