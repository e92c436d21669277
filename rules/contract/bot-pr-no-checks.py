"""Open pull requests with a token that starts their checks.

What the job's own token does starts no workflow, so that workflows do not start each other for ever. A pull request opened with
`GITHUB_TOKEN` therefore gets no checks, or only after somebody has approved their run, and the required ones keep it waiting. Open
it with the token of an app.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
# file: .github/workflows/update.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./update
      - uses: peter-evans/create-pull-request@v7  # finding
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [test]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
# file: .github/workflows/update.yml
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./update
      - uses: peter-evans/create-pull-request@v7
        with:
          token: ${{ secrets.UPDATER }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, automation, guards, rule


@rule(target=Repository, level="warning", tags=("contract", "settings", "automation", "checks"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    waiting = [
        one
        for one in guards.required(repository)
        if any(each.on_pull_request for each in one.judged(context.declared.external_checks))
    ]
    if not waiting:
        return
    branches = waiting[0].branches
    for act in automation.acts(repository, "open_pr"):
        if act.token != "github" or (act.base and act.base not in branches):
            continue
        yield context.finding(
            act,
            f"`{act.what}` opens the pull request with the job's own token, which starts no workflow: the required check"
            f" `{waiting[0].context}` does not come by itself; use an app's token",
            related=[(waiting[0], "it is required here")],
        )
