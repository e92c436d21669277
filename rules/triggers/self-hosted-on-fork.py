"""Keep pull requests from forks off self-hosted runners.

A pull request runs the code that is in it. On a self-hosted runner that code runs inside your network, on a machine
that the next job uses too: whoever can open a pull request can leave something behind there. Use GitHub's runners for
pull requests, or let only the repository's own branches through. A private repository without forks may list its
runners in `allow`.

```yaml fails
on: pull_request
jobs:
  test:
    runs-on: [self-hosted, linux]  # finding
    steps: []
  build:
    strategy:
      matrix:
        os: [ubuntu-latest, self-hosted]
    runs-on: ${{ matrix.os }}  # finding
    steps: []
```

```yaml passes
on: [push, pull_request]
jobs:
  hosted:
    runs-on: ubuntu-latest
    steps: []
  own:
    if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository
    runs-on: self-hosted
    steps: []
```

```yaml fails
# options: {groups: true}
on: pull_request
jobs:
  test:
    runs-on:
      group: our-machines  # finding
    steps: []
```

```yaml passes
# options: {allow: [ephemeral-*]}
on: pull_request
jobs:
  test:
    runs-on: [self-hosted, ephemeral-x64]
    steps: []
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, Job, Level, privilege, rule

_CODE = frozenset({"pull_request", "pull_request_review", "pull_request_review_comment"})


class Options(NamedTuple):
    allow: tuple[str, ...] = ()
    """Labels and groups of runners that may run strangers' code, as globs: those thrown away after each job."""
    groups: bool = False
    """Whether a runner group counts too. It may hold larger hosted runners, so that it gets a note at most."""


@rule(
    target=Job,
    level="warning",
    tags=("security", "triggers", "runners", "owasp-cicd-sec-7"),
    options=Options,
    security_severity=8.0,
)
def check(job: Job, context: Context[Options]) -> Iterator[Finding]:
    runner = job.runs_on
    if runner is None:
        return
    names = runner.names or [label.text for label in runner.labels]
    labels = [name.strip().lower() for name in names]
    group = runner.group if context.options.groups else None
    if "self-hosted" not in labels and group is None:
        return
    called = labels if group is None else [*labels, group.text.lower()]
    if any(fnmatchcase(name, glob.lower()) for name in called for glob in context.options.allow):
        return
    reach = privilege.reaching(job, privilege.scenes(job.workflow, privileged=False))
    fired = dict.fromkeys(scene.event for scene in reach if scene.event in (*_CODE, "pull_request_target"))
    if not fired:
        return
    sure = "self-hosted" in labels and any(event in _CODE for event in fired)
    level: Level = "warning" if sure else "note"
    place = group or (runner.labels[0] if len(runner.labels) == 1 else runner.node)
    yield context.finding(
        place,
        f"a pull request from a fork (`{next(iter(fired))}`) runs on this self-hosted runner, inside your network;"
        " use a hosted runner, or add an `if` that lets only this repository's branches through",
        level=level,
    )
