"""Write text of several lines to GITHUB_OUTPUT with a delimiter that nobody can guess.

Each line of GITHUB_OUTPUT is an output. A comment or a description that somebody else wrote can have a line like `approved=true` in it, or the
`EOF` that you chose as an end, and so give the step outputs that later jobs trust. Make the delimiter at random, or write the value as
JSON, which is one line.

```yaml fails
on: issue_comment
jobs:
  read:
    runs-on: ubuntu-latest
    steps:
      - id: comment
        run: |
          echo "body=$BODY" >> "$GITHUB_OUTPUT"  # finding
          {
            echo "text<<EOF"
            echo "$BODY"  # finding
            echo "EOF"
          } >> "$GITHUB_OUTPUT"
        env:
          BODY: ${{ github.event.comment.body }}
```

```yaml passes
on: issue_comment
jobs:
  read:
    runs-on: ubuntu-latest
    steps:
      - id: comment
        run: |
          end=$(openssl rand -hex 16)
          {
            echo "body<<$end"
            echo "$BODY"
            echo "$end"
          } >> "$GITHUB_OUTPUT"
          echo "title=$TITLE" >> "$GITHUB_OUTPUT"
          echo "json=$(jq -nc --arg body "$BODY" '$body')" >> "$GITHUB_OUTPUT"
        env:
          BODY: ${{ github.event.comment.body }}
          TITLE: ${{ github.event.issue.title }}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Script, rule, taint


@rule(
    target=Script,
    level="warning",
    tags=("security", "injection", "cwe-93", "owasp-cicd-sec-4"),
    security_severity=6.0,
)
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    if "GITHUB_OUTPUT" not in script.text:
        return
    for flow in taint.flows(script):
        found = flow.taint
        if flow.flow.kind != "output" or found.by != "outsider" or not (found.multiline and found.sure):
            continue
        if flow.entry.guessable and found.grade == "free":
            closed = taint.exposure(found, script.step) == "closed"
            yield context.finding(
                found,
                f"anybody can write `{found.source}`, and a line of it can set other outputs of this step; write it between"
                " delimiters made at random, or as JSON",
                level="note" if closed else None,
                related=found.way,
            )
