"""Let a person merge changes of data.

A policy may name the paths that hold data: `data-paths: ["data/**"]`. Checks read code; they seldom can tell whether a number is
right. So a pull request that changes data is merged by a person who has seen it. This rule reports steps that merge, or that
approve and merge, in workflows that run for such pull requests and do not look at what they change. Leave the paths out with
`paths-ignore`, or ask for the changed files first. Without `data-paths` it says nothing.

```yaml fails
# policy: {data-paths: ["data/**"]}
# file: .github/workflows/merge.yml
on: pull_request_target
jobs:
  merge:
    if: github.event.pull_request.user.login == 'data-robot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"  # finding
```

```yaml fails
# policy: {data-paths: ["data/**"]}
# file: .github/workflows/refresh.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./refresh > data/all.csv
      - uses: peter-evans/create-pull-request@v7
        id: request
      - uses: peter-evans/enable-pull-request-automerge@v3  # finding
        with:
          pull-request-number: ${{ steps.request.outputs.pull-request-number }}
```

```yaml passes
# policy: {data-paths: ["data/**"]}
# file: .github/workflows/merge.yml
on:
  pull_request_target:
    paths-ignore: ["data/**"]
jobs:
  merge:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
# file: .github/workflows/dependabot.yml
on: pull_request_target
jobs:
  merge:
    if: github.event.pull_request.user.login == 'dependabot[bot]'
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
# file: .github/workflows/guarded.yml
on: pull_request_target
jobs:
  merge:
    runs-on: ubuntu-latest
    steps:
      - run: |
          if gh pr view "$URL" --json files --jq '.files[].path' | grep --quiet '^data/'; then exit 0; fi
          gh pr merge --auto --squash "$URL"
```

```yaml passes
on: pull_request_target
jobs:
  merge:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr merge --auto --squash "$URL"
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, automation, guards, landing, rule


@rule(target=Repository, level="error", tags=("contract", "policy", "automerge", "data"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    paths = context.declared.data_paths
    if not paths:
        return
    reached = [act for act in automation.acts(repository, "merge") if landing.may_merge_data(act, paths)]
    for act in reached:
        yield context.finding(
            act,
            f"`{act.what}` may merge a pull request that changes data ({', '.join(f'`{path}`' for path in paths[:3])}), which a"
            " person must; leave those paths out with `paths-ignore`, or look at the changed files first",
        )
    settings = guards.settings_of(repository)
    allowed = settings.merge.auto_merge if settings is not None else None
    if allowed is not None and allowed.is_on and allowed.place is not None:
        yield context.finding(
            allowed.place,
            "auto-merge is allowed for every pull request, those that change data among them; a person must merge these",
            level="error" if reached else "note",
        )
