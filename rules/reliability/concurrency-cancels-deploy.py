"""Let a deployment end before the next one starts.

`cancel-in-progress: true` ends a running job when the next run of its group starts. For tests that is what you want.
A deployment that is cut off half way leaves half of the files, half of the packages, or a lock that nobody takes
away. Queue deployments instead, and cancel only runs of pull requests.

```yaml fails
on:
  push:
    branches: [main]
concurrency:
  group: deploy
  cancel-in-progress: true  # finding
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: peaceiris/actions-gh-pages@v4
```

```yaml passes
on:
  push:
    branches: [main]
  pull_request:
concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
jobs:
  deploy:
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
```

A job that only ships for tags or releases, or whose group is another for each commit, is not cut off.

```yaml passes
on: [push]
concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: true
jobs:
  publish:
    if: startsWith(github.ref, 'refs/tags/')
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
```

```yaml passes
on:
  push:
    branches: [main]
concurrency:
  group: deploy-${{ github.sha }}
  cancel-in-progress: true
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
```
"""

from collections.abc import Iterator
from typing import Any

from wflint.api import Concurrency, Context, Finding, Job, NoOptions, Scalar, condition, privilege, rule, shipping

_ALONE = frozenset({("github", "sha"), ("github", "run_id"), ("github", "run_number"), ("github", "event", "after")})
_BRANCHES = ("main", "master", "develop", "production")


@rule(target=Concurrency, level="warning", tags=("reliability", "deployment"))
def check(concurrency: Concurrency, context: Context[NoOptions]) -> Iterator[Finding]:
    cancel = concurrency.cancel_in_progress
    push = concurrency.workflow.triggers.get("push")
    if cancel is None or push is None or cancel.value is False:
        return
    branches = [branch for branch in _branches(push.branches) if push.runs_for_branch(branch)]
    if not branches:
        return
    known = condition.push_to(branches[0])
    if not _is_true(cancel, known, concurrency) or _is_alone(concurrency):
        return
    jobs = [concurrency.job] if concurrency.job is not None else list(concurrency.workflow.jobs.values())
    for job in jobs:
        shipped = _shipped(job, known)
        if shipped is None:
            continue
        yield context.finding(
            cancel,
            f"the next push to `{branches[0]}` cuts off `{shipped.what}` of the job `{job.id}` half way; cancel only"
            " pull requests: `${{ github.event_name == 'pull_request' }}`",
            level="note" if shipped.kind == "image" else None,
            related=[(shipped.place, "is cut off")],
        )
        return


def _shipped(job: Job, known: dict[str, Any]) -> shipping.Shipment | None:
    """Return what a job ships when something is pushed to the branch; what goes to a cluster made for a test is not."""
    conditions = [each.condition for each in (job, *job.transitive_needs)]
    if any(condition.holds(each, **known) is False for each in conditions):
        return None
    for step in job.steps:
        for shipment in shipping.shipments(step):
            trial = shipment.command is not None and job.environment is None and not privilege.reads_secrets(job)
            if shipment.kind == "release" or (shipment.kind == "deploy" and trial):
                continue
            if condition.holds(step.condition, **known) is not False:
                return shipment
    return None


def _branches(patterns: list[Scalar]) -> list[str]:
    literal = [node.text for node in patterns if not set(node.text) & set("*?+[]!")]
    return literal or list(_BRANCHES)


def _is_true(cancel: Scalar, known: dict[str, Any], owner: Concurrency) -> bool:
    if cancel.value is True:
        return True
    around = owner.job.expressions if owner.job is not None else owner.workflow.expressions
    found = [each for each in around if each.scalar is cancel]
    return len(found) == 1 and condition.holds(found[0], **known) is True


def _is_alone(concurrency: Concurrency) -> bool:
    around = concurrency.job.expressions if concurrency.job is not None else concurrency.workflow.expressions
    return any(route in _ALONE for each in around if each.scalar is concurrency.group for _, route in each.reads)
