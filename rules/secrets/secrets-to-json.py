"""Name the secrets that a step needs instead of handing it all of them.

`toJSON(secrets)` puts every secret that the job can read, also those added later, into one value: one careless `echo`,
one compromised action, and all are gone. An index that only the run can tell, `secrets[matrix.name]`, makes GitHub
send all of them to the runner, too. Pick among named secrets instead.

```yaml fails
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: example/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3
        with:
          secrets: ${{ toJSON(secrets) }}  # finding
          token: ${{ secrets[format('TOKEN_{0}', inputs.target)] }}  # finding
```

```yaml passes
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: example/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3
        with:
          secret: ${{ secrets['TOKEN'] }}
          token: ${{ inputs.target == 'production' && secrets.TOKEN_PRODUCTION || secrets.TOKEN_STAGING }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Level, NoOptions, rule


@rule(
    target=Expression,
    level="error",
    tags=("security", "secrets", "cwe-272", "owasp-cicd-sec-6"),
    security_severity=7.0,
)
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    # Most expressions never say it, and need not be parsed to know.
    if "secrets" not in expression.text.lower():
        return
    for access, path in expression.reads:
        if path[0] != "secrets" or path[1:2] not in ((), ("*",)):
            continue
        level: Level = "error" if len(path) == 1 else "warning"
        what = (
            "hands over every secret there is; name the ones that are needed"
            if level == "error"
            else "makes GitHub send every secret to the runner; name the secrets to choose from"
        )
        text = expression.text[access.span.start : access.span.end]
        yield context.finding(expression.place_of(access.span), f"`{text}` {what}", level=level)
