"""Give the token only the permissions that each job needs.

Every action and every script of a job can use all that its token may do. A write permission at the top of a workflow
goes to all of its jobs, also to those that only run tests and third-party tools. Put `permissions: {}` or `contents:
read` at the top and what must be written into the one job that writes it.

```yaml fails
on: push
permissions: write-all  # finding
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```

```yaml fails
on: push
permissions:
  contents: write  # finding
  id-token: write  # finding
  issues: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps: []
  release:
    runs-on: ubuntu-latest
    steps: []
  report:
    permissions: read-all  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: push
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps: []
  release:
    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps: []
```

A workflow of one job may say it at the top. So may one in which a single job takes what is said there.

```yaml passes
on: push
permissions:
  contents: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps: []
  test:
    permissions: {}
    runs-on: ubuntu-latest
    steps: []
```

With `unused`, permissions of a job that nothing in it uses are told too, where that can be known.

```yaml fails
# options: {unused: true}
on: push
jobs:
  greet:
    permissions:
      contents: read
      issues: write
      packages: write  # finding
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/stale@v9
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Job, Level, Permissions, RunStep, UsesStep, permissions, rule

_TOKENS = (("github", "token"), ("secrets", "github_token"))
_GRADES: dict[str, Level] = {"high": "warning", "medium": "note", "low": "note"}


class Options(NamedTuple):
    unused: bool = False
    """Whether to tell the write permissions of a job that no action in it needs."""


@rule(
    target=Permissions,
    level="error",
    tags=("security", "permissions", "cwe-250", "owasp-cicd-sec-5", "scorecard-token-permissions", "osps-ac-04.02"),
    options=Options,
    security_severity=6.5,
)
def check(granted: Permissions, context: Context[Options]) -> Iterator[Finding]:
    taking = [job for job in granted.workflow.jobs.values() if job.permissions is None]
    if granted.job is None and not taking:
        return
    if granted.shorthand == "write-all":
        yield context.finding(
            granted.node.place, "`write-all` lets every step write everything; list the scopes that the job needs"
        )
    elif granted.shorthand == "read-all":
        yield context.finding(
            granted.node.place,
            "`read-all` lets every step read everything, security alerts too; list the scopes that the job needs",
            level="warning",
        )
    elif granted.job is None:
        yield from _shared(granted, taking, context)
    elif context.options.unused:
        yield from _unused(granted, granted.job, context)


def _shared(granted: Permissions, taking: list[Job], context: Context[Options]) -> Iterator[Finding]:
    if len(taking) < 2:
        return
    for name, node in granted.writes.items():
        known = permissions.scope(name)
        yield context.finding(
            node.head,
            f"`{name}: write` goes to {len(taking)} jobs; move it into the job that needs it",
            level=_GRADES[known.write_risk] if known is not None else "note",
        )


def _unused(granted: Permissions, job: Job, context: Context[Options]) -> Iterator[Finding]:
    needed: set[str] = set()
    for step in job.steps:
        if isinstance(step, UsesStep):
            needs = permissions.needed_by_action(step.uses.name) if step.uses.name else None
            if needs is None:
                return
            needed |= needs.keys()
        elif any(route in _TOKENS for expression in step.expressions for _, route in expression.reads):
            return
    around = (*job.workflow.expressions, *job.expressions)
    if job.call is not None or any(route in _TOKENS for expression in around for _, route in expression.reads):
        return
    if any(isinstance(step, RunStep) for step in job.steps):
        # A script can push with the checkout's credentials, and ask for an OpenID Connect token.
        needed |= {"contents", "id-token"}
    for name, node in granted.writes.items():
        if name not in needed and permissions.scope(name) is not None:
            yield context.finding(
                node.head, f"nothing in the job `{job.id}` is known to need `{name}: write`; take it away", level="note"
            )
