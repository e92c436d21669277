"""Fail when every try has failed.

A loop that tries something ten times and leaves off at the first success goes on as if nothing had happened when all ten fail:
its last command is a `sleep`, and that went well. A health check written like this never fails a deployment. Say
behind the loop that it failed, or leave off at success with `exit 0` and end with `exit 1`.

```yaml fails
on: push
jobs:
  verify:
    runs-on: ubuntu-latest
    steps:
      - run: |
          for i in {1..10}; do
            if curl -f https://api.example.com/health; then  # finding
              echo "Health check passed"
              break
            fi
            sleep 30
          done
      - run: |
          for i in 1 2 3; do
            make publish && break  # finding
            sleep 5
          done
          echo "done"
      - run: |
          n=0
          while [ $n -lt 5 ]; do
            wget -q https://example.com/ready && exit 0  # finding
            n=$((n + 1))
            sleep 5
          done
```

```yaml passes
on: push
jobs:
  verify:
    runs-on: ubuntu-latest
    steps:
      - run: |
          for i in {1..10}; do
            curl -f https://api.example.com/health && exit 0
            sleep 30
          done
          echo "never healthy"
          exit 1
      - run: |
          for i in 1 2 3; do
            sleep 5
            make publish && break
          done
      - run: |
          for i in 1 2 3; do
            if make publish; then break; fi
            if [ "$i" = 3 ]; then exit 1; fi
          done
      - run: |
          until curl -f https://api.example.com/health; do
            sleep 5
          done
      - run: |
          for i in 1 2 3; do
            curl -f https://api.example.com/health && break
            sleep 5
          done
          make e2e
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Script, retries, rule


@rule(target=Script, level="warning", tags=("reliability", "deployment"))
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    if "done" not in script.text or ("break" not in script.text and "exit 0" not in script.text):
        return
    parsed = script.shell_script
    for retry in retries.green_retries(parsed) if parsed is not None else ():
        shown = " ".join(word.raw for word in retry.tried.words[:2])
        yield context.finding(
            script.place_of(*retry.tried.span),
            f"the step is green even when every try of `{shown}` failed; end with `exit 1` behind the loop",
        )
