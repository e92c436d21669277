"""Hand secrets to scripts through `env` instead of pasting them in.

GitHub puts the secret's text into the script before any shell reads it. A quote, `$` or line break in it then breaks the
command or runs as one; the script with the secret in it lies on the runner's disk; and command lines can be read by every
process of the machine. An environment variable has none of these troubles.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: ./publish.sh --token ${{ secrets.PUBLISH_TOKEN }}  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: ./publish.sh --token "${PUBLISH_TOKEN}"
        env:
          PUBLISH_TOKEN: ${{ secrets.PUBLISH_TOKEN }}
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: ./publish.sh --token "$PUBLISH_TOKEN"
        env:
          PUBLISH_TOKEN: ${{ secrets.PUBLISH_TOKEN }}
      - run: echo "${{ secrets.PUBLISH_TOKEN != '' }}"
```

The job's own token has no characters that a shell could misread and ends with the job, so that is only a note. Every
secret of a script is moved at once.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - env:
          REGION: eu
        run: |
          gh auth status -t "${{ github.token }}"  # finding
          login "user:${{ secrets.PASSWORD }}" ${{ secrets.PASSWORD }}  # finding
      - uses: actions/github-script@v8
        with:
          script: connect('${{ secrets.PASSWORD }}')  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - env:
          GITHUB_TOKEN: ${{ github.token }}
          PASSWORD: ${{ secrets.PASSWORD }}
          REGION: eu
        run: |
          gh auth status -t "${GITHUB_TOKEN}"
          login "user:${PASSWORD}" "${PASSWORD}"
      - uses: actions/github-script@v8
        with:
          script: connect('${{ secrets.PASSWORD }}')
```
"""

from collections.abc import Iterator

from wflint.api import Context, Edit, Expression, FileEdit, Finding, Fix, NoOptions, Script, insert, rule, secrets

_QUOTES = {"none": '"', "double": "", "heredoc": ""}
_TAKEN = {"BASH_ENV", "ENV", "HOME", "IFS", "PATH", "PWD", "SHELL"}


@rule(target=Script, level="warning", tags=("security", "secrets", "cwe-214"), security_severity=4.0)
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    pasted = [(each, secret) for each in script.expressions for secret in secrets.carried(each)[:1]]
    if script.step.action is not None:
        # A composite action has the job's token and no other secret: reading one is another mistake.
        pasted = [(each, secret) for each, secret in pasted if secret.name == secrets.TOKEN]
    fix = _fix(script, pasted) if pasted else None
    for expression, secret in pasted:
        what = "every secret" if secret.name == secrets.STORE else f"the secret `{secret.name}`"
        yield context.finding(
            expression,
            f"{what} is pasted into the script, where a shell may misread it and others can see it; set it in `env` and"
            " read the variable",
            level="note" if secret.name == secrets.TOKEN else None,
            fix=fix,
        )


def _fix(script: Script, pasted: list[tuple[Expression, secrets.Secret]]) -> Fix | None:
    if script.input is not None or script.dialects != {"bash"} or script.shell_script is None:
        return None
    step = script.step
    outer = {**step.job.workflow.env, **step.job.env} if step.job is not None else {}
    quoting = {each.span: each.quoting for command in script.shell_script.commands for each in command.expressions}
    edits: list[Edit] = []
    new: dict[str, str] = {}
    for expression, secret in pasted:
        quote = _QUOTES.get(quoting.get(expression.span, ""))
        plain = len(expression.reads) == 1 and expression.tree is expression.reads[0][0]
        if quote is None or not plain or secret.name in _TAKEN or not secret.name.isidentifier():
            return None
        value = new.setdefault(secret.name, f"${{{{ {expression.text.strip()} }}}}")
        if secret.name in outer and outer[secret.name].string != value:
            return None
        edits.append(Edit(expression.place.span, f"{quote}${{{secret.name}}}{quote}"))
    entry = insert.entries(step.node, "env", new, beside="run")
    if entry is None:
        return None
    path = script.document.name
    return Fix("Read the secrets from `env`", tuple(FileEdit(path, edit) for edit in (entry, *edits)))
