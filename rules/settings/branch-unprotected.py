"""Protect the default branch.

With no rule on it, everybody who may write can push straight to the branch that is built and shipped from, rewrite its
history and take back what was reviewed; so can whoever gets hold of one of their tokens. Add a ruleset that requires pull
requests and blocks force pushes. It is the floor on which everything else stands, so the other rules about protection say
nothing as long as it is missing.

Only an input that shows all rulesets and all branch protection can tell that there is none: GitHub's own answers do, a file
of one ruleset does not.

```json fails
# file: .github/wflint-settings.json
{ // finding
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"name": "app", "default_branch": "main"}},
    "rulesets": {"status": 200, "body": []},
    "branches/main/protection": {"status": 404, "body": {"message": "Branch not protected"}}
  }
}
```

Here nobody was allowed to ask for the branch protection, so that it may exist; and what is archived cannot be pushed to.

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"name": "app", "default_branch": "main"}},
    "rulesets": {"status": 200, "body": []},
    "branches/main/protection": {"status": 403, "body": {"message": "Resource not accessible"}}
  }
}
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {"status": 200, "body": {"name": "app", "default_branch": "main", "archived": true}},
    "rulesets": {"status": 200, "body": []},
    "branches/main/protection": {"status": 404, "body": {"message": "Branch not protected"}}
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, ProtectedRef, rule


@rule(
    target=ProtectedRef,
    level="error",
    tags=(
        "settings",
        "security",
        "scorecard-branch-protection",
        "cis-1.1.3",
        "owasp-cicd-sec-1",
        "slsa-source-l3",
    ),
    security_severity=7.5,
)
def check(ref: ProtectedRef, context: Context[NoOptions]) -> Iterator[Finding]:
    if not ref.is_main or ref.is_archived or not ref.policy.known_unprotected or ref.policy.inactive:
        return
    yield context.finding(
        ref,
        f"nothing protects {ref.name}: everybody who may write can push to it and rewrite it; add a ruleset that requires"
        " pull requests and blocks force pushes",
    )
