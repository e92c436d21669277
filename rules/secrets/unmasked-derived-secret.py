"""Mask what you make of a secret before it can be shown.

The runner hides a secret's own text in logs. It does not know a field of a JSON secret, a decoded value, the first
characters, a trimmed line: those are printed as they are. Store each value as its own secret, or print
`::add-mask::` with the derived value, once, before anything else happens to it.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          key=$(echo "$CONFIG" | jq -r .key)
          echo "using $key"  # finding
          echo "$CONFIG" | base64  # finding
        env:
          CONFIG: ${{ secrets.CONFIG }}
      - uses: example/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3
        with:
          password: ${{ fromJSON(secrets.CONFIG).password }}  # finding
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: |
          key=$(echo "$CONFIG" | jq -r .key)
          echo "::add-mask::$key"
          echo "key=$key" >> "$GITHUB_OUTPUT"
          echo "$CONFIG" | base64 -d > config.json
          echo "$CONFIG" | jq -r .key | docker login --username ci --password-stdin
        env:
          CONFIG: ${{ secrets.CONFIG }}
      - uses: example/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3
        with:
          password: ${{ secrets.PASSWORD }}
          debug: ${{ fromJSON(secrets.CONFIG).debug == true }}
  call:
    runs-on: ubuntu-latest
    steps:
      - run: echo "::add-mask::${{ fromJSON(secrets.CONFIG).token }}"
      - uses: example/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3
        with:
          token: ${{ fromJSON(secrets.CONFIG).token }}
```

What a log or a summary shows is an error. A value that is only handed on, unmasked, to other steps is a warning.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: config
        run: echo "key=${CONFIG:0:8}" >> "$GITHUB_OUTPUT"  # finding
        env:
          CONFIG: ${{ secrets.CONFIG }}
      - run: echo "${{ steps.config.outputs.key }}" >> "$GITHUB_STEP_SUMMARY"  # finding
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, NoOptions, Workflow, rule, secret_flow, secrets

_SAYS = {
    "log": "is printed to the log",
    "summary": "is written to the step summary",
    "xtrace": "is printed to the log by `set -x`",
    "dump": "is printed to the log with the whole environment",
    "output": "becomes a step output",
    "env": "reaches every later step through `$GITHUB_ENV`",
}


@rule(
    target=Workflow,
    level="error",
    tags=("security", "secrets", "cwe-532", "owasp-cicd-sec-6"),
    security_severity=7.0,
)
def check(workflow: Workflow, context: Context[NoOptions]) -> Iterator[Finding]:
    # Looking for the word is cheaper than looking at every expression of a workflow without secrets.
    if "secrets" not in workflow.document.text.lower():
        return
    found = set()
    for job in workflow.jobs.values():
        for script in job.scripts:
            for flow in secret_flow.Holders.of(script.step).flows(script):
                if flow.transformed and flow.flow.kind in _SAYS:
                    found.add(flow.place.span)
                    yield context.finding(
                        flow,
                        f"a value made of the secret `{flow.secret.name}` {_SAYS[flow.flow.kind]}, and the runner does"
                        ' not mask it; first `echo "::add-mask::…"` it',
                        level="warning" if flow.flow.kind in ("output", "env") else None,
                        related=flow.way,
                    )
    masked = secret_flow.masked(script for job in workflow.jobs.values() for script in job.scripts)
    for expression in workflow.all_expressions:
        for secret in secrets.carried(expression):
            if secret.transformed and expression.place.span not in found and _written(expression) not in masked:
                yield context.finding(
                    expression,
                    f"a part of the secret `{secret.name}` is not masked in logs as the whole is; store it as a secret"
                    " of its own",
                    level="warning",
                )


def _written(expression: Expression) -> str:
    return expression.scalar.text[expression.span.start : expression.span.end]
