"""Use only actions that can exist.

A job whose action cannot be found ends before its first step. Some addresses of github.com are pages and no accounts: an action that
was copied as `marketplace/actions/…` is the page that tells of it, and its real name is behind the button on that page. In GitHub's own
organizations nobody else can make a repository, so that a slip of the finger there names nothing.

```yaml fails
on: pull_request
jobs:
  label:
    runs-on: ubuntu-latest
    steps:
      - uses: marketplace/actions/size-label@v1  # finding
      - uses: octo.org/size-label@v1  # finding
      - uses: actions/chekout@v4  # finding
```

```yaml passes
on: pull_request
jobs:
  label:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/some-new-thing@v1
      - uses: octo-org/size-label@v1
      - uses: features-of-ours/size-label@v1
```
"""

import re
from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Uses, actions, near, popular, rule

_PAGES = frozenset(
    (
        "about",
        "account",
        "apps",
        "codespaces",
        "collections",
        "contact",
        "customer-stories",
        "dashboard",
        "enterprise",
        "events",
        "explore",
        "features",
        "issues",
        "join",
        "login",
        "logout",
        "marketplace",
        "new",
        "notifications",
        "organizations",
        "orgs",
        "pricing",
        "pulls",
        "search",
        "sessions",
        "settings",
        "signup",
        "site",
        "sponsors",
        "stars",
        "team",
        "topics",
        "trending",
        "users",
    )
)
"""What is a page at github.com, so that no account can have the name."""
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*+", re.ASCII)


@rule(target=Uses, level="error", tags=("correctness", "actions"))
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    if uses.owner is None or uses.repo is None or uses.repository is None:
        return
    start = uses.node.text.index(uses.owner)
    place = uses.node.part(start, start + len(uses.owner))
    if uses.owner.lower() in _PAGES:
        yield context.finding(
            place,
            f"`{uses.owner}` is a page of github.com and no account; the action's page says what to write in `uses`",
        )
    elif not _ACCOUNT.fullmatch(uses.owner):
        yield context.finding(place, f"no account can be called `{uses.owner}`, so that there is no such action")
    elif popular.is_official(uses.owner) and not actions.known(uses.repository):
        name = uses.repository.lower()
        own = [each for each in popular.actions() if each.startswith(f"{uses.owner.lower()}/")]
        meant = next((each for each in sorted(own) if near.one_slip(name, each)), None)
        if meant is not None and name not in own:
            whole = uses.node.part(start, start + len(uses.repository))
            yield context.finding(whole, f"`{uses.owner}` has no `{uses.repo}`; you probably mean `{meant}`")
