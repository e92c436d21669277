"""Check out a stranger's code only in jobs without secrets and without a token that writes.

A job of `pull_request_target`, `workflow_run` or `issue_comment` has the repository's secrets and its token, and
anybody can start it. Once it checks out the pull request, everything in that folder is the stranger's: a build
script, a `package.json`, the configuration of a linter. Whatever runs it hands the secrets over. Build in a job of
`pull_request` instead, and let a second workflow publish what came out.

```yaml fails
on: pull_request_target
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.1.0
        with:
          ref: ${{ github.event.pull_request.head.sha }}  # finding
      - run: npm ci
```

```yaml fails
on: issue_comment
jobs:
  test:
    if: startsWith(github.event.comment.body, '/test')
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          gh pr checkout ${{ github.event.issue.number }}  # finding
          make test
```

```yaml fails
on:
  workflow_run:
    workflows: [CI]
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.1.0
        with:
          repository: ${{ github.event.workflow_run.head_repository.full_name }}
          ref: ${{ github.event.workflow_run.head_branch }}  # finding
      - uses: ./.github/actions/publish
```

```yaml fails
on: pull_request_target
jobs:
  diff:
    runs-on: ubuntu-latest
    env:
      HEAD: ${{ github.event.pull_request.head.sha }}
    steps:
      - uses: actions/checkout@v4
      - run: git fetch origin && git checkout "$HEAD"  # finding
```

A condition that lets only the repository's own people through guards the job: the head is in this repository, or the
author is a member. So does a label, which only they can set. A job whose token can only read and that has no secrets
gets a note: a stranger's code can still poison the caches that other runs restore.

```yaml passes
on: [pull_request, pull_request_target, issue_comment]
jobs:
  base:
    if: github.event_name == 'pull_request_target'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
  own:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci
  unprivileged:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci
  members:
    if: contains(fromJSON('["OWNER", "MEMBER"]'), github.event.comment.author_association)
    runs-on: ubuntu-latest
    steps:
      - run: gh pr checkout ${{ github.event.issue.number }} && make
```
"""

from collections.abc import Iterator
from itertools import islice

from wflint.api import Context, Finding, Job, Level, NoOptions, privilege, rule, untrusted_checkout

_MOST = 20
"""The most checkouts of a job that are told: each is followed through all steps behind it."""


@rule(
    target=Job,
    level="error",
    tags=("security", "triggers", "cwe-829", "owasp-cicd-sec-4", "scorecard-dangerous-workflow"),
    security_severity=9.3,
)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    among = privilege.scenes(job.workflow)
    if not among or not job.steps:
        return
    reach = privilege.reaching(job, among)
    events = " and ".join(f"`{event}`" for event in dict.fromkeys(scene.event for scene in reach))
    found = list(islice(untrusted_checkout.checkouts(job, reach), _MOST))
    powerless = bool(found) and privilege.writes(job) is False and not privilege.reads_secrets(job)
    gated = bool(found) and privilege.gated(job)
    for checkout in found:
        if not privilege.reaching(checkout.step, reach):
            continue
        ran = untrusted_checkout.runs_tree_code(checkout, job.steps[checkout.step.position :])
        level: Level = "error" if ran else "warning"
        if powerless or checkout.guarded:
            level = "note"
        elif gated or checkout.by_name:
            level = "warning" if ran else "note"
        runs = f" and `{ran[1]}` runs it" if ran else ""
        advice = (
            "this version of actions/checkout refuses forks, so the step fails for them"
            if checkout.guarded
            else "use `pull_request`, or do not run it where secrets are"
        )
        yield context.finding(
            checkout.place,
            f"anybody can start this job by {events}: `{checkout.what}` is code that they wrote{runs}; {advice}",
            level=level,
            related=[(ran[0], "runs the stranger's code")] if ran else (),
        )
