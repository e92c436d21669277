"""Bind administrators to the protection too.

A rule that administrators may ignore does not hold against a stolen token of an administrator, nor against a tired one. Bind them as
well; for an emergency let them bypass by pull request, where it is seen, rather than always.

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: null
      enforce_admins: false  # finding
```

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [
    {
      "actor_id": 5,
      "actor_type": "RepositoryRole", // finding
      "bypass_mode": "always"
    }
  ],
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"}],
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

Somebody who may bypass one ruleset is bound by the others, so that nothing is lost here:

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}],
  "rules": [{"type": "non_fast_forward"}]
}
# file: .github/rulesets/all.json
{
  "name": "all",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [],
  "rules": [{"type": "non_fast_forward"}]
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="warning",
    tags=("settings", "security", "scorecard-branch-protection", "cis-1.1.14", "owasp-cicd-sec-1"),
    security_severity=5.0,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    if not ref.is_main or ref.is_archived:
        return
    for policy in ref.policy.policies:
        admins = [
            each
            for each in policy.bypass.value or ()
            if each.actor.is_admin and each.mode.value == "always" and each.scope == "all"
        ]
        first = next((each for each in admins if ref.let_off(each.actor)), None)
        if first is not None:
            yield context.finding(
                first,
                f"{policy.title} does not bind {first.actor.title}; {ref.advice('admins', first.place)}",
                related=[(other, f"nor {other.actor.title}") for other in admins if other is not first][:5],
            )
