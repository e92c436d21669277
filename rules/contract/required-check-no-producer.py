"""Require only checks that something reports.

A required check that nobody reports stays at "Expected — waiting for status to be reported", and nothing can be merged until
somebody with the right to bypass the rule does so. It is easy to get there: a job with a matrix reports one check for each
combination and none under its bare name, a job's `name` replaces its id, and the workflow's name is no part of it.

This rule compares the names that the settings require with those that the workflows report. Checks of well-known apps are
left alone; list those of others in `external-checks` of the policy.

```yaml fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "required_status_checks",
      "parameters": {
        "strict_required_status_checks_policy": false,
        "required_status_checks": [
          {"context": "test"}, // finding
          {"context": "lint"}
        ]
      }
    }
  ]
}
# file: .github/workflows/ci.yml
name: CI
on: pull_request
jobs:
  test:
    strategy:
      matrix:
        python: ["3.12", "3.13"]
    runs-on: ubuntu-latest
    steps:
      - run: make test
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - CI  # finding
          - Tests / Build  # finding
          - build  # finding
# file: .github/workflows/ci.yml
name: CI
on: pull_request
jobs:
  build:
    name: Build
    runs-on: ubuntu-latest
    steps:
      - run: make
```

A name that an app reports, one that the policy lists, one that a script posts, and one of another repository's workflow are
not missed. Nor is what a ruleset asks that is switched off.

```yaml passes
# policy: {external-checks: ["quality-*"]}
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [codecov/patch, quality-gate, deploy-preview, "shared / lint"]
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - run: gh api "repos/$GITHUB_REPOSITORY/statuses/$SHA" -f context=deploy-preview -f state=success
  shared:
    uses: octo-org/workflows/.github/workflows/lint.yml@v1
```

```yaml passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "disabled",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {
      "type": "required_status_checks",
      "parameters": {"required_status_checks": [{"context": "tests"}]}
    }
  ]
}
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, RequiredContext, rule


@rule(target=RequiredContext, level="error", tags=("contract", "settings", "checks"))
def check(required: RequiredContext, context: Context[NoOptions]) -> Iterator[Finding]:
    if not required.repository.checks.complete or not required.is_unaccounted:
        return
    if required.is_external(context.declared.external_checks) or not required.guards_this:
        return
    near = required.nearest
    if near is None and not required.pinned_to_actions:
        yield context.finding(
            required,
            f"no workflow reports the required check `{required.context}`; unless an app does, pull requests wait for it"
            " for ever: correct the name, or list it in `external-checks` of the policy",
            level=required.graded("warning"),
        )
        return
    names = ", ".join(f"`{name}`" for name in near.names[:3]) + (", …" if len(near.names) > 3 else "") if near else ""
    yield context.finding(
        required,
        f"no job reports the required check `{required.context}`, so pull requests wait for it for ever; "
        + (f"{near.why}: require {names}" if near else "correct the name"),
        level=required.graded("error"),
        related=[(near.job, "this job reports other names")] if near else [],
    )
