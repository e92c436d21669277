"""Let no stranger write lines to GITHUB_ENV or GITHUB_PATH.

Each line of GITHUB_ENV sets a variable for all later steps, and some variables run code: `LD_PRELOAD`, `NODE_OPTIONS`,
`BASH_ENV`. A comment or an artifact with a line break in it writes a line of its own. Each line of GITHUB_PATH is a folder whose
programs go first. Pass such values as step outputs, or take from them what you need: digits, letters, one line.

```yaml fails
on: issue_comment
jobs:
  read:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "COMMENT<<EOF" >> "$GITHUB_ENV"
          echo "$BODY" >> "$GITHUB_ENV"  # finding
          echo "EOF" >> "$GITHUB_ENV"
        env:
          BODY: ${{ github.event.comment.body }}
      - run: echo "tools/$BRANCH" >> $GITHUB_PATH  # finding
        env:
          BRANCH: ${{ github.event.issue.title }}
```

```yaml fails
on:
  workflow_run:
    workflows: [CI]
jobs:
  comment:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: pr
          run-id: ${{ github.event.workflow_run.id }}
      - run: echo "PR=$(cat pr/number)" >> "$GITHUB_ENV"  # finding
      - run: cat pr/variables >> "$GITHUB_ENV"  # finding
```

A delimiter that nobody can guess keeps lines together; a title or a branch is one line; digits are digits. What people with write
access or callers choose is left to `template-injection`.

```yaml passes
on:
  issue_comment:
  pull_request_target:
jobs:
  read:
    runs-on: ubuntu-latest
    env:
      BODY: ${{ github.event.comment.body }}
    steps:
      - uses: actions/checkout@v4
      - run: |
          delimiter=$(openssl rand -hex 16)
          echo "COMMENT<<$delimiter" >> "$GITHUB_ENV"
          echo "$BODY" >> "$GITHUB_ENV"
          echo "$delimiter" >> "$GITHUB_ENV"
      - run: echo "BRANCH=$GITHUB_HEAD_REF" >> "$GITHUB_ENV"
      - run: echo "NODE=$(cat .node-version)" >> "$GITHUB_ENV"
      - run: echo "$HOME/.local/bin" >> "$GITHUB_PATH"
```

```yaml passes
on:
  workflow_dispatch:
    inputs:
      version: {}
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: echo "VERSION=$VERSION" >> "$GITHUB_ENV"
        env:
          VERSION: ${{ inputs.version }}
```

```yaml passes
on:
  workflow_run:
    workflows: [CI]
jobs:
  comment:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          run-id: ${{ github.event.workflow_run.id }}
      - run: echo "PR=$(tr -cd 0-9 < pr/number)" >> "$GITHUB_ENV"
```
"""

from collections.abc import Iterator

from wflint.api import (
    Context,
    Finding,
    Level,
    NoOptions,
    Script,
    Step,
    UsesStep,
    privilege,
    rule,
    taint,
    untrusted,
    untrusted_checkout,
)

_WHO = {"outsider": "anybody can write", "app": "an app writes"}
_LEVELS: dict[taint.Exposure, Level] = {
    "open": "error",
    "powerless": "warning",
    "gated": "warning",
    "closed": "note",
}


@rule(
    target=Script,
    level="error",
    tags=("security", "injection", "cwe-77", "owasp-cicd-sec-4"),
    security_severity=8.8,
)
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    if "GITHUB_ENV" not in script.text and "GITHUB_PATH" not in script.text:
        return
    for flow in taint.flows(script):
        level = _level(flow)
        if level is not None:
            file = "GITHUB_PATH" if flow.flow.kind == "path" else "GITHUB_ENV"
            yield context.finding(
                flow.taint,
                f"{_WHO[flow.taint.by]} `{flow.taint.source}`, and its lines become entries of"
                f" `{file}`, which can run code in later steps; use a step output",
                level=level,
                related=flow.taint.way,
            )
    yield from _files(script, context)


def _level(flow: taint.TaintFlow) -> Level | None:
    found = flow.taint
    if flow.flow.kind == "env" and flow.entry.name is not None and not (found.multiline and flow.entry.guessable):
        return None
    if flow.flow.kind not in ("env", "path") or not found.injectable:
        return None
    if found.by not in _WHO:
        return None
    if found.by == "app":
        return "note"
    return _LEVELS[taint.exposure(found, flow.script.step)] if found.sure else "note"


def _files(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    """Yield a finding for each write of a file's content where strangers' files are."""
    job, parsed = script.step.job, script.shell_script
    if job is None or parsed is None:
        return
    reach = privilege.reaching(script.step, privilege.scenes(job.workflow)) if job.workflow.triggers else []
    written = list(taint.written_from_files(parsed)) if reach else []
    if not written:
        return
    folder = any(checkout.step.position < script.step.position for checkout in untrusted_checkout.checkouts(job, reach))
    if not folder and not any(_downloads(step) for step in script.step.previous):
        return
    for command, file in written:
        yield context.finding(
            script.place_of(*command.span),
            f"a stranger's run may have made this file, and its lines become entries of `{file}`, which can run code in"
            " later steps; keep digits or letters only",
            level="warning" if privilege.gated(job) else "error",
        )


def _downloads(step: Step) -> bool:
    """Tell whether a step brings files of another run."""
    if isinstance(step, UsesStep):
        own = step.uses.name == "actions/download-artifact" and step.input("run-id") is None
        return not own and step.uses.name is not None and "(files)" in untrusted.action_outputs(step.uses.name)
    return any(
        [word.text for word in command.words[:3]] == ["gh", "run", "download"]
        for script in step.scripts
        for command in (script.shell_script.commands if script.shell_script is not None else ())
    )
