"""Write YAML that GitHub can read.

GitHub starts no job of a workflow that it cannot read, and says so only on the page of the run. wflint cannot check
what it cannot read either: whatever this rule reports stands in the way of every other rule.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    runs-on: windows-latest  # finding
    steps: []
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Document, Finding, NoOptions, Place, rule


@rule(target=Document, level="error", tags=("correctness", "input"), always=True)
def check(document: Document, context: Context[NoOptions]) -> Iterator[Finding]:
    for problem in document.problems:
        if problem.kind == "syntax":
            yield context.finding(
                Place(document, problem.span), " ".join(filter(None, (problem.message, problem.hint)))
            )
