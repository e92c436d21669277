"""Keep release tags from being moved and deleted.

A tag is what users pin and what release workflows build. Whoever may move it puts other code behind a version that people trust, as has
been done to popular actions. A ruleset for tags needs both `update` and `deletion`: without the first a tag can be
moved, without the second it can be deleted and made anew. `non_fast_forward` alone lets it move forward.

```json fails
# file: .github/rulesets/tags.json
{
  "name": "releases",
  "target": "tag", // finding
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/tags/v*"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

```json passes
# file: .github/rulesets/tags.json
{
  "name": "releases",
  "target": "tag",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/tags/v*"], "exclude": []}},
  "rules": [{"type": "deletion"}, {"type": "update"}]
}
```

Rules that another ruleset adds for the same tags count, and a ruleset that only says what tags may be called, or who may make them, is
about something else.

```json passes
# file: .github/rulesets/tags.json
{
  "name": "releases",
  "target": "tag",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/tags/v*"], "exclude": []}},
  "rules": [{"type": "deletion"}]
}
# file: .github/rulesets/all-tags.json
{
  "name": "all tags",
  "target": "tag",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~ALL"], "exclude": []}},
  "rules": [{"type": "update"}]
}
# file: .github/rulesets/names.json
{
  "name": "names",
  "target": "tag",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/tags/beta-*"], "exclude": []}},
  "rules": [{"type": "creation"}]
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Protection, rule


@rule(
    target=Protection,
    level="warning",
    tags=("settings", "security", "supply-chain", "owasp-cicd-sec-9", "slsa-source-l3"),
    security_severity=6.0,
)
def check(protection: Protection, context: Context[NoOptions]) -> Iterator[Finding]:
    policy = protection.policy
    if policy.target.value != "tag" or not policy.is_active or protection.is_archived:
        return
    if protection.told.security.immutable_releases.is_on:
        return
    update, deletion, backward = policy.block_update, policy.block_deletion, policy.block_force_push
    if not (update.is_on or deletion.is_on or backward.is_on):
        return
    refs = {pattern.ref for pattern in policy.include.value or ()}
    beside = [
        other
        for other in protection.others
        if "~ALL" in refs
        or not other.include.known
        or (refs | {"~ALL"}) & {pattern.ref for pattern in other.include.value or ()}
    ]
    if update.is_off and not any(not other.block_update.is_off for other in beside):
        how = "moved forward" if backward.is_on else "moved to other code"
        missing, type = f"tags that {policy.title} is for can still be {how}", "update"
    elif deletion.is_off and not any(not other.block_deletion.is_off for other in beside):
        missing, type = f"tags that {policy.title} is for can be deleted and made anew with other code", "deletion"
    else:
        return
    yield context.finding(policy.target, f'{missing}; add `{{"type": "{type}"}}` to `rules`')
