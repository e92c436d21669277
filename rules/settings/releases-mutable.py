"""Make releases immutable.

The files and the tag of a release can be replaced after people have looked at them, by everybody who may write and by every stolen token that may.
Immutable releases keep both as they were published. The rule speaks up where a workflow publishes releases.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "immutable-releases": {
      "status": 200,
      "body": {
        "enabled": false, // finding
        "enforced_by_owner": false
      }
    }
  }
}
# file: .github/workflows/release.yml
on:
  push:
    tags: ["v*"]
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: gh release create "$GITHUB_REF_NAME" dist/*
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "immutable-releases": {"status": 200, "body": {"enabled": false, "enforced_by_owner": false}}
  }
}
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "immutable-releases": {"status": 200, "body": {"enabled": true, "enforced_by_owner": false}}
  }
}
# file: .github/workflows/release.yml
on:
  push:
    tags: ["v*"]
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: gh release create "$GITHUB_REF_NAME" dist/*
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule, shipping


@rule(
    target=Settings,
    level="note",
    tags=("settings", "security", "supply-chain", "owasp-cicd-sec-9"),
    security_severity=4.0,
)
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    immutable = settings.told.security.immutable_releases
    if not immutable.is_off or not settings.is_own or settings.is_archived:
        return
    steps = (step for workflow in settings.repository.workflows for job in workflow.jobs.values() for step in job.steps)
    release = next((found for step in steps for found in shipping.shipments(step) if found.kind == "release"), None)
    if release is not None:
        yield context.finding(
            immutable,
            "the files and tags of releases can be replaced after they were published; turn immutable releases on",
            related=[(release, "this publishes releases")],
        )
