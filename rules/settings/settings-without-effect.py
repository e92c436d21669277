"""Write settings that do something.

A setting that is misspelt, dead, or in a form that GitHub does not take reads like protection and is none. The tool that syncs the
file drops it without a word, or refuses the whole file. This rule reports what has no effect in a settings file: keys and values that
do not exist, keys that must be there and are not, values of the wrong type, settings that have no effect any more,
`.json` files that are no JSON, and files in which no settings can be recognised.

```yaml fails
# file: .github/settings.yml
repository:
  vulnerability_alerts: true  # finding
branches:
  - name: main
    protection:
      required_pull_request_reviews: null
      required_status_checks: null
      restrictions: null
      enforce_admins: true
      required_signatures: true  # finding
```

```yaml fails
# file: .asf.yaml
github:
  protected_tags:  # finding
    - "v*"
  protected_branches:
    main:
      required_status_checks:  # finding
        strict: true
```

```json fails
# file: .github/rulesets/main.json
{
  "name": "main",
  "target": "branch",
  "enforcement": "activ", // finding
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
  "rules": [
    {"type": "deletion"},
    {"type": "non_fast_forwards"} // finding
  ]
}
```

```yaml passes
# file: .github/settings.yml
repository:
  enable_vulnerability_alerts: true
branches:
  - name: main
    protection:
      required_pull_request_reviews: null
      required_status_checks: null
      restrictions: null
      enforce_admins: true
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Level, NoOptions, Scalar, Settings, rule

_LEVELS: dict[str, Level] = {
    # What is not known may be newer than what is known here.
    "unknown-key": "warning",
    "unknown-value": "warning",
    "unrecognised": "warning",
}


@rule(target=Settings, level="error", tags=("settings", "correctness"))
def check(settings: Settings, context: Context[NoOptions]) -> Iterator[Finding]:
    for odd in settings.told.oddities:
        message = odd.message.rstrip(".")
        if odd.hint is not None:
            hint = odd.hint.rstrip(".")
            message += f"; {hint[:1].lower()}{hint[1:]}"
        if not message.startswith("`"):
            message = f"{message[:1].lower()}{message[1:]}"
        # What has no effect and asks for nothing misleads nobody.
        idle = odd.kind == "no-effect" and isinstance(odd.place.node, Scalar) and odd.place.node.value in (False, None)
        yield context.finding(odd, message, level="note" if idle else _LEVELS.get(odd.kind))
