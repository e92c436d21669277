"""Report required checks for the merge queue.

A merge queue tests what it is about to merge on a branch of its own, and the required checks have to be reported there by runs
of the event `merge_group`. A workflow without it reports nothing: the queue waits until its time is over and throws the pull
request out.

```yaml fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {"type": "merge_queue", "parameters": {"merge_method": "SQUASH"}},
    {
      "type": "required_status_checks",
      "parameters": {
        "required_status_checks": [
          {"context": "test"}, // finding
          {"context": "lint"} // finding
        ]
      }
    }
  ]
}
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
# file: .github/workflows/lint.yml
on: [pull_request, merge_group]
jobs:
  lint:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```

```yaml passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {"type": "merge_queue", "parameters": {"merge_method": "SQUASH"}},
    {
      "type": "required_status_checks",
      "parameters": {"required_status_checks": [{"context": "test"}, {"context": "codecov/patch"}]}
    }
  ]
}
# file: .github/workflows/ci.yml
on: [pull_request, merge_group]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, pull_request, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks", "merge-queue"))
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = required.repository.default_policy
    producers = required.judged(context.declared.external_checks)
    if not producers or policy is None or not policy.merge_queue.is_on or policy.merge_queue.place is None:
        return
    queue = (policy.merge_queue.place, "this puts merges into a queue")
    queued = [one for one in producers if "merge_group" in one.events]
    if not queued:
        yield context.finding(
            required,
            f"the merge queue waits in vain for the required check `{required.context}`;"
            f" add `merge_group` to `on` of {producers[0].workflow.path}",
            level=required.graded("error"),
            related=[queue, (producers[0], "this job reports it for pull requests alone")],
        )
    elif all(pull_request.runs_in_queue(one) is False for one in queued):
        yield context.finding(
            required,
            f"in the merge queue the job of the required check `{required.context}` is skipped by its `if`, which counts as"
            " success: what is merged was not tested together",
            level=required.graded("warning"),
            related=[queue, (queued[0].conditions[0], "this condition never holds there")],
        )
