"""Enforce the rulesets that are to protect something.

A ruleset whose `enforcement` is `disabled` or `evaluate` lets everything through; `evaluate` merely keeps a record. Such a
file looks like protection, in a review as well as in the repository. Set it to `active` once it has been tried.

A ruleset that is off is fine where another one, or branch protection, is in force for the same branches.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "disabled", // finding
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

```json fails
# file: .github/rulesets/releases.json
{
  "name": "releases",
  "target": "tag",
  "enforcement": "evaluate", // finding
  "conditions": {"ref_name": {"include": ["refs/tags/v*"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "update"}]
}
```

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
# file: .github/rulesets/trial.json
{
  "name": "stricter, on trial",
  "target": "branch",
  "enforcement": "evaluate",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [{"type": "required_signatures"}]
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Protection, rule

_WHY = {
    "disabled": "is switched off and protects nothing",
    "evaluate": "only records what it would refuse and protects nothing",
}


@rule(
    target=Protection,
    level="error",
    tags=("settings", "security", "scorecard-branch-protection", "owasp-cicd-sec-1", "slsa-source-l3"),
    security_severity=7.0,
)
def check(protection: Protection, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = protection.policy
    why = _WHY.get(policy.enforcement.value or "")
    if why is None or protection.is_archived or protection.is_replaced:
        return
    yield context.finding(
        policy.enforcement,
        f'{policy.title} {why}, and nothing else that was read protects the same refs; set `"enforcement": "active"`',
        level=None if protection.told.tells_all("rulesets") else "warning",
    )
