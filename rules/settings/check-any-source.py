"""Say which app must report a required check.

A check is required by its name. Unless it is tied to an app, everybody who may write statuses can report success under that name,
with a single call of the API and without running anything; so can every token with `statuses: write`. Tie what workflows report to
GitHub Actions, whose id is 15368. What no workflow here reports is left alone.

```json fails
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
        "strict_required_status_checks_policy": true,
        "required_status_checks": [
          {"context": "test"}, // finding
          {"context": "lint"},
          {"context": "codecov/patch"}
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
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
```

`.asf.yaml` lets any app report what is listed in `contexts`; `checks` can name one.

```yaml fails
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts:
          - test  # finding
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```

```yaml passes
# file: .asf.yaml
github:
  protected_branches:
    main:
      required_status_checks:
        contexts: [codecov/patch]
        checks:
          - context: test
            app_id: 15368
# file: .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="warning",
    tags=("settings", "checks", "security", "owasp-cicd-sec-1"),
    security_severity=4.0,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    if not ref.is_judged or not ref.is_own:
        return
    pinned = {each.context.value for each in ref.policy.checks.value or () if not each.app.is_off}
    loose = [
        each
        for each in ref.policy.checks.value or ()
        if each.app.is_off
        and each.context.value not in pinned
        and ref.repository.checks.exactly(each.context.value or "")
    ]
    if not loose:
        return
    first, *others = loose
    more = f" and {len(others)} more" if others else ""
    yield context.finding(
        first,
        f"the required check `{first.context.value}`{more} may be reported by anybody who can write a status, not by the"
        f" workflow alone; {ref.advice('app', first.place)}",
        related=[(other, "so may this one") for other in others[:9]],
    )
