"""Do not print secrets, nor write them where others read.

GitHub replaces a secret in the log by `***` only where it finds the very same text. A line break, a colour code, an
encoding, a part of it: and the log shows it, to everybody if the repository is public. `set -x` prints every command
with its variables filled in, `env` prints them all. What is written to `$GITHUB_ENV` reaches every later step of the
job, third-party actions among them. Give a secret to the command that needs it, on standard input or in its environment.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "deploying with $DEPLOY_TOKEN"  # finding
          env | sort  # finding
        env:
          DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
      - run: |
          set -x
          curl -H "Authorization: Bearer $DEPLOY_TOKEN" https://example.com/deploy  # finding
        env:
          DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
    steps:
      - run: |
          echo "$DEPLOY_TOKEN" | docker login --username ci --password-stdin registry.example.com
          echo "$DEPLOY_TOKEN" | gh auth login --with-token
          echo "$DEPLOY_TOKEN" | base64 -d > deploy.key
          curl -H "Authorization: Bearer $DEPLOY_TOKEN" https://example.com/deploy
          if [ -z "$DEPLOY_TOKEN" ]; then echo "the token has ${#DEPLOY_TOKEN} characters"; fi
      - run: |
          env | grep CI
          env | sort > environment.txt
```

Outputs and variables of later steps are a note: at times there is no other way. Where the value went through
`::add-mask::` first, it is fine.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: echo "TOKEN=${{ secrets.DEPLOY_TOKEN }}" >> "$GITHUB_ENV"  # finding
      - run: echo "$TOKEN" >> "$GITHUB_STEP_SUMMARY"  # finding
      - run: |
          echo "::add-mask::$TOKEN"
          echo "token=$TOKEN" >> "$GITHUB_OUTPUT"
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Script, rule, secret_flow, secrets

_SAYS = {
    "log": "is printed to the log, where masking is all that hides it; do not print it",
    "summary": "is written to the step summary, which every reader of the run sees; leave it out",
    "xtrace": "is printed by `set -x`; switch it off with `set +x` around commands with secrets",
    "dump": "is printed with the whole environment; print the variables you need by name",
    "output": "becomes a step output, which other steps and logs may show; set it in `env` where it is used",
    "env": "reaches every later step through `$GITHUB_ENV`; set it in `env` of the step that needs it",
}


@rule(
    target=Script,
    level="warning",
    tags=("security", "secrets", "cwe-532", "owasp-cicd-sec-6"),
    security_severity=5.5,
)
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    flows = [flow for flow in secret_flow.Holders.of(script.step).flows(script) if not flow.transformed]
    printed = {flow.flow.command for flow in flows if flow.flow.kind == "log"}
    traced = False
    for flow in flows:
        kind = flow.flow.kind
        shared = kind in ("env", "output")
        if kind not in _SAYS or (shared and flow.flow.masked):
            continue
        if kind == "xtrace":
            # One `set -x` is one mistake, however many commands follow it.
            if traced or flow.flow.command in printed:
                continue
            traced = True
        name = flow.secret.name
        whose = "every secret" if name == secrets.STORE else f"the secret `{name}`"
        yield context.finding(flow, f"{whose} {_SAYS[kind]}", level="note" if shared else None, related=flow.way)
