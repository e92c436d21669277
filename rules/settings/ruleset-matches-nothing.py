"""Write patterns that match.

A ruleset's patterns are for full refs: `refs/heads/main`, not `main`. A pattern that matches no ref, an included ref that is excluded again and two
empty lists all leave the branch without the protection that the file describes. Classic branch protection, as it is requested, is
for one branch by its name; only the web interface knows wildcards there.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {
    "ref_name": {
      "include": [
        "main" // finding
      ],
      "exclude": []
    }
  },
  "rules": [{"type": "deletion"}]
}
```

```json fails
# file: .github/rulesets/tags.json
{
  "name": "releases",
  "target": "tag",
  "enforcement": "active",
  "conditions": {
    "ref_name": {
      "include": [
        "refs/tags/v*",
        "refs/heads/v*" // finding
      ],
      "exclude": []
    }
  },
  "rules": [{"type": "update"}]
}
# file: .github/rulesets/nothing.json
{
  "name": "nothing",
  "target": "branch",
  "enforcement": "active",
  "conditions": {
    "ref_name": {
      "include": [], // finding
      "exclude": []
    }
  },
  "rules": [{"type": "update"}]
}
```

```yaml fails
# file: .github/settings.yml
branches:
  - name: release/*  # finding
    protection:
      required_pull_request_reviews: null
      required_status_checks: null
      restrictions: null
      enforce_admins: true
```

Exclusions alone leave in everything else.

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH", "refs/heads/release/**/*"], "exclude": []}},
  "rules": [{"type": "deletion"}]
}
# file: .github/rulesets/others.json
{
  "name": "others",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": [], "exclude": ["refs/heads/wip/**/*"]}},
  "rules": [{"type": "non_fast_forward"}]
}
```

In `.asf.yaml` bare names are completed.

```yaml passes
# file: .asf.yaml
github:
  rulesets:
    - name: main
      type: branch
      branches:
        includes: [main]
        excludes: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Protection, rule


@rule(target=Protection, level="error", tags=("settings", "correctness", "security"), security_severity=6.0)
def check(protection: Protection, context: Context[NoOptions]) -> Iterator[Finding]:
    for dead in protection.dead:
        what = f"{protection.policy.title} protects nothing" if dead.whole else "this pattern matches nothing"
        yield context.finding(dead, f"{what}: {dead.why}", level=None if dead.whole else "warning")
