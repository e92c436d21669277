"""Keep matrices within bounds.

GitHub makes at most 256 jobs of a matrix; a larger one does not run at all. A policy may set narrower bounds: how many jobs a
matrix makes, how many of them run at a time, and whether one failure ends the others.

```yaml fails
on: push
jobs:
  test:
    strategy:
      matrix:  # finding
        a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]
        b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
# options: {jobs: {jobs: ["train*"]}, max-parallel: 4, fail-fast: false, max-jobs: 3}
on: schedule
jobs:
  train:
    strategy:  # finding
      max-parallel: 8  # finding
      matrix:  # finding
        symbol: [a, b]
        frame: [day, hour]
    runs-on: ubuntu-latest
    steps: []
  train-slowly:
    strategy:
      fail-fast: false
      matrix:
        symbol: [a, b, c]
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
# options: {on-pull-requests: 2}
on: [push, pull_request]
jobs:
  test:
    strategy:
      matrix:  # finding
        python: ["3.11", "3.12", "3.13"]
    runs-on: ubuntu-latest
    steps: []
  lint:
    strategy:
      matrix:
        python: ${{ fromJSON(github.event_name == 'push' && '["3.12", "3.13"]' || '["3.13"]') }}
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
# options: {jobs: {jobs: ["train*"]}, max-parallel: 4, fail-fast: false}
on: schedule
jobs:
  train:
    strategy:
      max-parallel: 4
      fail-fast: false
      matrix:
        symbol: ${{ fromJSON(inputs.symbols) }}
    runs-on: ubuntu-latest
    steps: []
  other:
    strategy:
      matrix:
        a: [1, 2]
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, Matrix, Node, Scalar, rule, select

_LIMIT = 256
"""https://docs.github.com/actions/reference/limits"""
_PULL_REQUESTS = frozenset({"pull_request", "pull_request_target"})


class Options(NamedTuple):
    jobs: select.JobSelector = select.JobSelector()
    """The jobs to which the bounds apply: those that one of `jobs`, `names`, `steps`, `uses` or `environments` means."""
    max_jobs: int = 0
    """The most jobs that a matrix may make; 0 for GitHub's own limit."""
    max_parallel: int = 0
    """The most that may run at a time; 0 for any."""
    fail_fast: bool | None = None
    """Whether one failure must, or must not, end the others."""
    on_pull_requests: int = 0
    """The most jobs that any matrix may make in a workflow that pull requests start; 0 for any. More is a note."""


@rule(target=Job, level="error", tags=("delivery", "cost"), options=Options)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    matrix, strategy = job.matrix, job.strategy
    if matrix is None or strategy is None:
        return
    options = context.options
    bounded = not options.jobs.is_empty and select.selects(options.jobs, job)
    most = options.max_jobs if bounded and options.max_jobs else _LIMIT
    count = _count(matrix)
    if count is not None and count > most:
        whose = "GitHub makes" if most == _LIMIT else "the policy allows"
        yield context.finding(matrix, f"the matrix makes {count} jobs, and {whose} {most} at most")
    elif (
        options.on_pull_requests
        and count is not None
        and count > options.on_pull_requests
        and not _PULL_REQUESTS.isdisjoint(job.workflow.triggers)
    ):
        yield context.finding(
            matrix,
            f"each pull request starts {count} jobs of this matrix; {options.on_pull_requests} will do before a merge",
            level="note",
        )
    if not bounded:
        return
    if options.max_parallel:
        yield from _parallel(strategy, count, options.max_parallel, context)
    if options.fail_fast is not None and (job.fail_fast is None or isinstance(job.fail_fast.value, bool)):
        found = True if job.fail_fast is None else job.fail_fast.value
        if found is not options.fail_fast:
            word = str(options.fail_fast).lower()
            yield context.finding(job.fail_fast or strategy.head, f"the policy asks for `fail-fast: {word}` here")


def _count(matrix: Matrix) -> int | None:
    """Return how many jobs there are, as far as the file tells."""
    if matrix.combinations is not None:
        return len(matrix.combinations)
    return matrix.size if not matrix.exclude else None


def _parallel(strategy: Node, count: int | None, most: int, context: Context[Options]) -> Iterator[Finding]:
    node = strategy.get("max-parallel")
    if node is None:
        if count is None or count > most:
            yield context.finding(
                strategy.head, f"the policy lets {most} of these run at a time; add `max-parallel: {most}`"
            )
    elif isinstance(node, Scalar) and isinstance(node.value, int) and node.value > most:
        yield context.finding(node, f"the policy lets {most} of these run at a time, not {node.text}")
