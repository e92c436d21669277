"""Loosen the policy in a change of its own.

With `--policy-ref` a change is judged by the policy of the branch it goes to, not by the one it brings along. What it
would loosen is said here, so that whoever reviews it sees it: a rule switched off or lowered, a waiver added, an option
changed. It takes effect when it is merged.

```yaml fails
# file: wflint.yml
rules:
  unpinned-uses: off  # finding
# file: base/wflint.yml
rules:
  unpinned-uses: error
```

```yaml passes
# file: wflint.yml
rules:
  unpinned-uses: error
# file: base/wflint.yml
rules:
  unpinned-uses: warning
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Weakening, rule


@rule(target=Weakening, level="error", tags=("policy", "security"), security_severity=7.0)
def check(weakening: Weakening, context: Context[NoOptions]) -> Iterator[Finding]:
    seen = f", so that {weakening.hides} of the findings here would go unseen" if weakening.hides else ""
    yield context.finding(weakening, f"{weakening.what} by this change{seen}; it counts once it is merged")
