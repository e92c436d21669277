"""Let a workflow merge only what something else has to pass.

Auto-merge waits for what the branch requires. Where it requires nothing, the pull request is merged at once, or GitHub refuses:
either way nobody has looked, and whoever can open such a pull request writes to the branch. Require a check or a review first.

```yaml fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
# file: .github/workflows/merge.yml
on: pull_request_target
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"  # finding
```

```yaml fails
# file: .github/settings.yml
repository:
  default_branch: main
  allow_auto_merge: false
branches:
  - name: main
    protection:
      required_status_checks: {strict: true, contexts: [test]}
      enforce_admins: true
      required_pull_request_reviews: null
      restrictions: null
# file: .github/workflows/merge.yml
on: pull_request_target
jobs:
  merge:
    runs-on: ubuntu-latest
    steps:
      - uses: peter-evans/enable-pull-request-automerge@v3  # finding
        with:
          pull-request-number: ${{ github.event.number }}
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test]
# file: .github/workflows/merge.yml
on: pull_request_target
jobs:
  merge:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, automation, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "automerge", "security"), security_severity=7.5)
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = repository.default_policy
    settings = guards.settings_of(repository)
    if policy is None or settings is None:
        return
    allowed = settings.merge.auto_merge
    for act in automation.acts(repository, "merge"):
        if act.native and allowed.is_off:
            yield context.finding(
                act,
                f"the repository does not allow auto-merge, so `{act.what}` always fails; allow it or drop the step",
                level="warning",
                related=[(allowed.place, "it is switched off here")] if allowed.place is not None else [],
            )
        elif guards.demands_nothing(policy):
            yield context.finding(
                act,
                f"`{act.what}` merges at once: the branch requires neither a check nor a review; require one first",
                level="error" if act.native and policy.complete else "warning",
                related=[(each, "all that holds for the branch") for each in policy.policies[:1]],
            )
        elif act.admin and guards.demands_review(policy):
            yield context.finding(
                act,
                f"`{act.what} --admin` merges past what the branch requires; use `--auto`, which waits for it",
                level="warning",
            )
