"""Let few bypass a protection, and none unseen.

A bypass for everybody who may write is no protection at all. One for the app GitHub Actions is nearly as wide: whoever may write can add a
workflow that pushes with its token. Deploy keys and the role `maintain` are groups whose members nobody decided on for this
purpose, and who bypasses as `exempt` leaves no trace, as the rules are not even run. Name the team or the app that needs it, and let it
bypass by pull request where that will do.

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [
    {"actor_id": 4, "actor_type": "RepositoryRole", "bypass_mode": "always"}, // finding
    {"actor_id": 15368, "actor_type": "Integration", "bypass_mode": "always"}, // finding
    {"actor_id": null, "actor_type": "DeployKey", "bypass_mode": "always"}, // finding
    {"actor_id": 1, "actor_type": "OrganizationAdmin", "bypass_mode": "exempt"} // finding
  ],
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

Administrators are what `admins-bypass` is about.

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [
    {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"},
    {"actor_id": 1234, "actor_type": "Integration", "bypass_mode": "always"},
    {"actor_id": 42, "actor_type": "Team", "bypass_mode": "pull_request"}
  ],
  "rules": [{"type": "deletion"}, {"type": "non_fast_forward"}]
}
```

With `apps: false`, no app may bypass: then no bot merges what nobody has reviewed.

```json fails
// options: {apps: false}
// file: .github/branch-protection.json
{
  "branch": "main",
  "required_pull_request_reviews": {
    "required_approving_review_count": 1,
    "bypass_pull_request_allowances": {
      "users": ["release-robot[bot]"], // finding
      "teams": ["core"],
      "apps": ["renovate"] // finding
    }
  },
  "required_status_checks": null,
  "restrictions": null,
  "enforce_admins": true
}
```

What is not enforced binds nobody, so there is nothing to bypass.

```json passes
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "disabled",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "bypass_actors": [{"actor_id": 4, "actor_type": "RepositoryRole", "bypass_mode": "always"}],
  "rules": [{"type": "deletion"}]
}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Level, Protection, rule


class Options(NamedTuple):
    apps: bool = True
    """Whether apps may bypass, other than GitHub Actions; an account whose name ends with `[bot]` is one."""


_ACTIONS = (15368, "15368", "github-actions")
_MOST = 20
"""How many actors of a policy are looked at: each is held against all policies."""


@rule(
    target=Protection,
    level="error",
    tags=("settings", "security", "cis-1.1.14", "owasp-cicd-sec-1"),
    options=Options,
    security_severity=6.5,
)
def check(protection: Protection, context: Context[Options]) -> Iterator[Finding]:
    policy = protection.policy
    if not policy.is_active or protection.is_archived:
        return
    refs = protection.refs
    for each in (policy.bypass.value or ())[:_MOST]:
        actor, mode = each.actor, each.mode.value
        why: str | None = None
        level: Level | None = "warning"
        if mode == "exempt":
            why = f"{actor.title} bypass{'es' if actor.kind in ('app', 'team', 'user', 'role') else ''} {policy.title}"
            why += " unseen: for `exempt` the rules are not run and nothing is recorded; use `always` or `pull_request`"
        elif actor.role == "write":
            why = f"everybody who may write can bypass {policy.title}, so that it binds nobody; name a team or an app"
            level = None if mode == "always" else "warning"
        elif actor.kind == "app" and _is_actions(actor.id.value, actor.name.value):
            why = f"every workflow can bypass {policy.title}, and so can whoever may add one; use an app of its own"
            level = None if mode == "always" else "warning"
        elif actor.role == "maintain":
            why = f"everybody with the role `maintain` can bypass {policy.title}; name a team or an app"
        elif actor.kind == "deploy-key":
            why = f"every deploy key that may write can bypass {policy.title}; use an app of its own"
        elif not context.options.apps and (actor.kind == "app" or str(actor.name.value).endswith("[bot]")):
            why, level = (
                f"{actor.title} can bypass {policy.title}, and the policy lets no app; take it off the list",
                None,
            )
        if why is not None and (not refs or any(ref.let_off(actor) for ref in refs)):
            yield context.finding(each, why, level=level)


def _is_actions(*names: object) -> bool:
    return any(name in _ACTIONS for name in names)
