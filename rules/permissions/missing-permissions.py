"""Declare what the job token may do.

Without `permissions` the token gets what the repository's settings say, and in many repositories that is write access
to everything: code, releases, packages, issues. Whoever gets code into one step, by a compromised action or a build
dependency, can then push to your branches. Start with nothing and add what a job needs.

```yaml fails
on: push
jobs:  # finding
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make
```

```yaml fixed
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make
```

Where some jobs declare theirs, the others are named one by one.

```yaml fails
on: push
jobs:
  build:
    permissions:
      contents: read
    runs-on: ubuntu-latest
    steps: []
  publish:  # finding
    runs-on: ubuntu-latest
    steps:
      - run: gh release create v1
        env:
          GH_TOKEN: ${{ github.token }}
```

```yaml passes
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps: []
```

A workflow that is only called gets the permissions of its caller, which may declare them: a note at most.
"""

from collections.abc import Iterator

from wflint.api import (
    Context,
    Edit,
    FileEdit,
    Finding,
    Fix,
    Job,
    Level,
    NoOptions,
    Span,
    UsesStep,
    Workflow,
    permissions,
    rule,
)

_TOKENS = (("github", "token"), ("secrets", "github_token"))


@rule(
    target=Workflow,
    level="warning",
    tags=("security", "permissions", "cwe-275", "owasp-cicd-sec-5", "scorecard-token-permissions"),
    security_severity=5.5,
)
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    if workflow.permissions is not None or not workflow.jobs:
        return
    without = [job for job in workflow.jobs.values() if job.permissions is None]
    level: Level | None = "note" if workflow.is_only_reusable else None
    what = "its caller gives" if workflow.is_only_reusable else "the repository's settings give, perhaps write to all"
    if len(without) < len(workflow.jobs):
        for job in without:
            yield context.finding(
                job,
                f"the job `{job.id}` declares no permissions, so its token can do what {what}; add `permissions:`",
                level=level,
            )
        return
    jobs = workflow.node.get("jobs")
    yield context.finding(
        jobs.head if jobs is not None else workflow,
        f"no `permissions`, so the token can do what {what}; add `permissions: {{}}` above `jobs` and to each job what"
        " it needs",
        level=level,
        fix=_fix(workflow),
    )


def _fix(workflow: Workflow) -> Fix | None:
    """Return the fix, where it is known that reading the code is all that the jobs need."""
    jobs = workflow.node.get("jobs")
    key = jobs.key_node if jobs is not None else None
    text = workflow.document.text
    if (
        key is None
        or (key.start > 0 and text[key.start - 1] not in "\r\n")
        or not all(map(_only_reads, workflow.jobs.values()))
    ):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    edit = Edit(Span(key.start, key.start), f"permissions:{newline}  contents: read{newline}")
    return Fix("Declare `contents: read`", (FileEdit(workflow.path, edit),))


def _only_reads(job: Job) -> bool:
    if job.call is not None or any(route in _TOKENS for e in job.all_expressions for _, route in e.reads):
        return False
    for step in job.steps:
        if isinstance(step, UsesStep):
            needs = permissions.needed_by_action(step.uses.name) if step.uses.name else None
            if needs is None or any((scope, need.level) != ("contents", "read") for scope, need in needs.items()):
                return False
        elif any("git push" in script.text for script in step.scripts):
            return False
    return True
