"""Let a deployment end before the next one starts.

`cancel-in-progress: true` ends a running job when the next run of its group starts. For tests that is what you want. A deployment that is cut off
half way leaves half of the files, half of the packages, or a lock that nobody takes away. Queue deployments instead, and cancel only runs
of pull requests.

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
      - run: kubectl apply -f app.yml
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
      - run: kubectl apply -f app.yml
```
"""

from collections.abc import Iterator
from typing import Any

from wflint.api import Concurrency, Context, Finding, NoOptions, Scalar, condition, rule, shipping

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
        shipped = shipping.ships(job)
        if shipped is None or shipped.kind == "release":
            continue
        if any(
            condition.holds(owner.condition, **known) is False for owner in [job, shipped.step, *job.transitive_needs]
        ):
            continue
        yield context.finding(
            cancel,
            f"the next push to `{branches[0]}` cuts off `{shipped.what}` of the job `{job.id}` half way; cancel only"
            " pull requests: `${{ github.event_name == 'pull_request' }}`",
            related=[(shipped.place, "is cut off")],
        )
        return


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
