"""Say who may push to the default branch.

Some policies want the people and teams named who may push or merge at all, beyond what reviews and checks demand. Few projects need it,
so that no pack but the one of the benchmark that asks for it has this rule.

```yaml fails
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: null  # finding
      enforce_admins: true
```

With `to`, nobody else may be on the list.

```yaml fails
# options: {to: [core-team]}
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions:
        users: []
        teams: [core-team, everybody]  # finding
        apps: []
      enforce_admins: true
```

```yaml passes
# file: .github/settings.yml
branches:
  - name: main
    protection:
      required_pull_request_reviews: {required_approving_review_count: 1}
      required_status_checks: null
      restrictions: {users: [], teams: [maintainers], apps: []}
      enforce_admins: true
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Finding, ProtectedRef, rule


class Options(NamedTuple):
    to: tuple[str, ...] = ()
    """Globs of the names of the people, teams and apps that may push; empty for whoever is listed."""


@rule(
    target=ProtectedRef,
    level="note",
    tags=("settings", "security", "cis-1.1.15"),
    options=Options,
    security_severity=3.0,
)
def check(ref: ProtectedRef, context: Context[Options]) -> Iterator[Finding]:
    allowed = ref.policy.push
    if ref.is_judged and allowed.known and allowed.value is None and ref.policy.block_update.is_off:
        yield context.finding(
            allowed,
            f"everybody who may write can push or merge to {ref.name}; {ref.advice('push', allowed.place)}",
            related=ref.beside(allowed.place),
        )
    for actor in allowed.value.actors if ref.is_judged and context.options.to and allowed.value is not None else ():
        name = actor.name.value
        if name is not None and not any(fnmatchcase(name, glob) for glob in context.options.to):
            wanted = ", ".join(f"`{each}`" for each in context.options.to)
            yield context.finding(actor, f"{actor.title} may push to {ref.name}, which is for {wanted} alone")
