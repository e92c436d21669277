"""Let a job that attests hold the permissions for it.

An attestation is signed with an identity that the job asks GitHub for, and stored with the repository: that takes `id-token:
write` and `attestations: write`. Neither is ever given by default. Without them the step fails, after everything
before it was built and often published.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/attest-build-provenance@v2  # finding
        with:
          subject-path: dist/*
```

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/attest-sbom@v2  # finding
```

What a reusable workflow may do, its caller says, unless it says so itself.

```yaml passes
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write
      attestations: write
      artifact-metadata: write
    steps:
      - uses: actions/attest-build-provenance@v2
      - uses: actions/attest@v3
```

```yaml passes
on: workflow_call
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/attest-build-provenance@v2
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, UsesStep, permissions, rule

_SCOPES = ("id-token", "attestations")
"""What no default gives: whatever else the actions name, the default may have or only newer versions need."""


@rule(target=UsesStep, level="error", tags=("permissions", "attestation"))
def check(step: UsesStep, context: Context[NoOptions]) -> Iterator[Finding]:
    name = step.uses.name or ""
    if not name.startswith("actions/attest") or step.job is None:
        return
    granted = step.job.effective_permissions
    if granted is None and step.job.workflow.is_reusable:
        return
    needed = permissions.needed_by_action(name) or {}
    lacking = [
        scope
        for scope in _SCOPES
        if scope in needed and (granted.level(scope) if granted is not None else "none") in ("none", "read")
    ]
    if lacking:
        shown = " and ".join(f"`{scope}: write`" for scope in lacking)
        yield context.finding(step.uses, f"`{name}` cannot store what it attests; give the job {shown}")
