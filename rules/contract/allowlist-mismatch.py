"""Use only the actions that the settings allow.

A repository or its organization may allow some actions alone, or demand that they are pinned to a full commit. A workflow that
uses another one does not start: the run fails before its first job.

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions": {
      "status": 200,
      "body": {"enabled": true, "allowed_actions": "selected", "sha_pinning_required": false}
    },
    "actions/permissions/selected-actions": {
      "status": 200,
      "body": {"github_owned_allowed": true, "verified_allowed": false, "patterns_allowed": ["octo-tools/*"]}
    }
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: octo-tools/setup@v1
      - uses: somebody/build@v1  # finding
```

```yaml fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions": {
      "status": 200,
      "body": {"enabled": true, "allowed_actions": "all", "sha_pinning_required": true}
    }
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4  # finding
```

```yaml passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "actions/permissions": {
      "status": 200,
      "body": {"enabled": true, "allowed_actions": "all", "sha_pinning_required": true}
    }
  }
}
# file: .github/workflows/ci.yml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: ./local
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Repository, grants, guards, rule


@rule(target=Repository, level="error", tags=("contract", "settings", "actions"))
def check(repository: Repository, context: Context[NoOptions]) -> Iterator[Finding]:
    settings = guards.settings_of(repository)
    if settings is None:
        return
    pinning = settings.actions.sha_pinning
    for uses in repository.uses:
        if uses.kind != "remote":
            continue
        barred = grants.barred_by(settings, uses)
        if barred is not None:
            yield context.finding(
                uses,
                f"the settings do not allow `{uses.repository}`, so this workflow does not start; allow it or use another",
                related=[(barred, "these are allowed")],
            )
        elif pinning.is_on and not uses.is_full_sha and not uses.reusable:
            yield context.finding(
                uses,
                f"the settings demand full commits and `{uses}` names none, so this workflow does not start; pin it",
                related=[(place, "here they are demanded") for place in pinning.places[:1]],
            )
