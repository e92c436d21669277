"""`wflint policy new`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from wflint.errors import UsageError

YAML = """\
title: {title}
level: warning
tags: [team]
target: job
select: $
assert:
  required: [timeout-minutes]
absent: fail
message: "the job `{{key}}` has no `timeout-minutes`; say how long it may take"

docs: |
  Why this should hold: what can happen, to whom, and what to do instead.

examples:
  - fails: |
      on: push
      jobs:
        build:  # finding
          runs-on: ubuntu-latest
          steps: []
  - passes: |
      on: push
      jobs:
        build:
          runs-on: ubuntu-latest
          timeout-minutes: 10
          steps: []
"""

PYTHON = '''\
"""{title}.

Why this should hold: what can happen, to whom, and what to do instead.

```yaml fails
on: push
jobs:
  build:  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, rule


@rule(target=Job, level="warning", tags=("team",))
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if job.timeout_minutes is None and job.call is None:
        yield context.finding(job, f"the job `{{job.id}}` has no `timeout-minutes`; say how long it may take")
'''


@click.command("new")
@click.argument("rule")
@click.option("--bundle", default=".", type=click.Path(path_type=Path), metavar="DIR", help="The bundle it goes to.")
@click.option("--topic", default="team", show_default=True, help="The folder below rules/.")
@click.option("--python", is_flag=True, help="A rule in Python instead of YAML.")
def command(rule: str, bundle: Path, topic: str, python: bool) -> None:
    """Write the first lines of RULE, with examples that run: change them, then `wflint policy test`."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", rule):
        raise UsageError(f"`{rule}` is no rule id", hint="an id says what is wrong, in words joined by dashes")
    file = bundle / "rules" / topic / f"{rule}.{'py' if python else 'yaml'}"
    if file.exists():
        raise UsageError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    title = rule.replace("-", " ").capitalize()
    file.write_text((PYTHON if python else YAML).format(title=title), encoding="utf-8")
    click.echo(f"{file} is written; `wflint policy test {bundle}` runs its examples")
