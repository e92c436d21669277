"""Merge by hand.

With auto-merge a pull request is merged as soon as what is required is there, with nobody looking at it once more. Where little is
required that is a risk; with good checks and reviews it is fine, so that no pack has this rule.

```json fails
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {
      "status": 200,
      "body": {
        "name": "app",
        "default_branch": "main",
        "allow_auto_merge": true // finding
      }
    }
  }
}
```

```json passes
# file: .github/wflint-settings.json
{
  "wflint-snapshot": 1,
  "repository": "octo-org/app",
  "sections": {
    "repository": {
      "status": 200,
      "body": {
        "name": "app",
        "default_branch": "main",
        "allow_auto_merge": false
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Settings, rule


@rule(target=Settings, level="note", tags=("settings", "flow-control"))
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    found = settings.told.merge.auto_merge
    if found.is_on and not settings.is_archived:
        yield context.finding(
            found,
            "pull requests can be merged with nobody there; set `allow_auto_merge` to `false`",
        )
