"""Do not push from a workflow to a branch that takes pull requests alone.

A branch that requires a pull request or a check refuses a push with the job's own token (GH006, GH013), and the workflow fails
where it was to do its work. A personal token, an app or a key that may bypass the rule gets through, and so does every workflow
that has it. Let the workflow open a pull request.

```yaml fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "bypass_actors": [],
  "conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
  "rules": [
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": false,
        "require_code_owner_review": false,
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
# file: .github/workflows/update.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          ./update
          git commit --all --message "Update"
          git push  # finding
```

```yaml passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "bypass_actors": [],
  "conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
  "rules": [
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": false,
        "require_code_owner_review": false,
        "require_last_push_approval": false,
        "required_review_thread_resolution": false
      }
    }
  ]
}
# file: .github/workflows/update.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          ./update
          git commit --all --message "Update"
          git push origin HEAD:update
          gh pr create --fill --head update
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, automation, guards, landing, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "automation"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    settings = guards.settings_of(repository)
    if policy is None or settings is None:
        return
    demand = next((each for each in (policy.pull_request, policy.checks) if each.is_on), None)
    if demand is None or demand.place is None:
        return
    for act in automation.acts(repository, "push"):
        if not landing.pushes_to(act, guards.branches(settings)):
            continue
        what = "a pull request" if demand is policy.pull_request else "checks to pass"
        if act.token == "github" and guards.binds_actions(policy):
            yield context.finding(
                act,
                f"the branch requires {what}, so GitHub refuses this push by `{act.what}`; open a pull request instead",
                related=[(demand.place, "here it is required")],
            )
        elif act.token == "other":
            for bypass in guards.programs_past(policy):
                yield context.finding(
                    bypass,
                    f"a workflow pushes past the rule that requires {what}, and every workflow with its key can; open pull"
                    " requests instead",
                    level="note",
                    related=[(act, "this step pushes")],
                )
