"""Leave the old workflow commands `::set-env::` and `::add-path::` switched off.

They let anything that a step prints set variables for later steps: a test's output, a log line, the title of an issue. GitHub
switched them off for that reason; `ACTIONS_ALLOW_UNSECURE_COMMANDS` brings them back. Remove it, and write to the files
`$GITHUB_ENV` and `$GITHUB_PATH` instead.

```yaml fails
on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: true  # finding
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo "::set-env name=A::b"
        env:
          ACTIONS_ALLOW_UNSECURE_COMMANDS: "1"  # finding
      - run: echo "ACTIONS_ALLOW_UNSECURE_COMMANDS=true" >> $GITHUB_ENV  # finding
```

```yaml fixed
on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: false
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo "::set-env name=A::b"
        env:
          ACTIONS_ALLOW_UNSECURE_COMMANDS: false
      - run: echo "ACTIONS_ALLOW_UNSECURE_COMMANDS=true" >> $GITHUB_ENV
```

```yaml passes
on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: false
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo "A=b" >> "$GITHUB_ENV"
      - run: echo "ACTIONS_ALLOW_UNSECURE_COMMANDS=true is what we do not want"
```
"""

from collections.abc import Iterator

from wflint.api import Context, Document, Finding, Fix, Mapping, NoOptions, Place, Scalar, rule, shell

_NAME = "ACTIONS_ALLOW_UNSECURE_COMMANDS"
_TRUE = frozenset({"1", "true", "$true"})


@rule(
    target=Document,
    level="error",
    tags=("security", "injection", "cwe-77", "owasp-cicd-sec-4"),
    security_severity=7.5,
)
def check(document: Document, context: Context[NoOptions]) -> Iterator[Finding]:
    if _NAME not in document.text or document.kind not in ("workflow", "action") or document.root is None:
        return
    for node in document.root.walk():
        if isinstance(node, Mapping) and node.key == "env":
            value = node.get(_NAME)
            if isinstance(value, Scalar) and ("${{" in value.text or value.text.strip().lower() in _TRUE):
                fix = Fix.replace("Switch them off", value.place, "false")
                known = "${{" not in value.text
                yield context.finding(
                    value.head,
                    f"`{_NAME}` lets whatever a step prints set variables and paths; remove it and write to"
                    " `$GITHUB_ENV` and `$GITHUB_PATH`",
                    level=None if known else "note",
                    fix=fix if known and value.anchor is None else None,
                )
        elif isinstance(node, Scalar) and node.key == "run" and _NAME in node.text:
            for place in _written(node):
                yield context.finding(
                    place, f"`{_NAME}` lets whatever a later step prints set variables and paths; do not set it"
                )


def _written(run: Scalar) -> Iterator[Place]:
    """Yield the words of a script that switch the commands on for later steps."""
    for command in shell.parse(run.text).commands:
        if command.stdout is not None and command.stdout.variable == "GITHUB_ENV":
            for word in command.arguments:
                name, _, value = word.shape.strip().partition("=")
                if name == _NAME and value.strip().lower() in _TRUE:
                    yield run.part(*word.span)
