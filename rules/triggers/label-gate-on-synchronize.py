"""Ask for the label again after each push: a label stays, the code behind it changes.

A label that a maintainer sets is a common gate for `pull_request_target`: only a pull request that somebody has
looked at is built with secrets. But the label stays on the pull request. With the type `synchronize`, the next push
runs again with the same label and code that nobody has seen. Run on `labeled` alone, and take the label off when
something is pushed.

```yaml fails
on:
  pull_request_target:
    types: [labeled, synchronize]
jobs:
  test:
    if: contains(github.event.pull_request.labels.*.name, 'safe to test')
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.1.0
        with:
          ref: ${{ github.event.pull_request.head.sha }}  # finding
      - run: make test
```

```yaml passes
on:
  pull_request_target:
    types: [labeled]
jobs:
  test:
    if: contains(github.event.pull_request.labels.*.name, 'safe to test')
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.1.0
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: make test
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Job, NoOptions, privilege, rule, untrusted_checkout


@rule(
    target=Job,
    level="warning",
    tags=("security", "triggers", "cwe-367", "owasp-cicd-sec-4"),
    security_severity=7.5,
)
def check(job: Job, context: Context[NoOptions]) -> Iterator[Finding]:
    if "pull_request_target" not in job.workflow.triggers or not job.steps:
        return
    if privilege.reaching(job, _pushes(job, labelled=False)):
        return
    reach = privilege.reaching(job, _pushes(job, labelled=True))
    for checkout in untrusted_checkout.checkouts(job, reach):
        yield context.finding(
            checkout.place,
            "the label that guards this job stays when something new is pushed, and `synchronize` runs it unseen;"
            " keep `types: [labeled]` only",
            level="note" if checkout.guarded else None,
        )


def _pushes(job: Job, *, labelled: bool) -> list[privilege.Scene]:
    found = privilege.scenes(job.workflow, labelled=labelled)
    return [scene for scene in found if scene.event == "pull_request_target" and scene.action == "synchronize"]
