"""Let every file be read.

A file that cannot be read cannot be checked, so the gate stays red until it can: a link that leads out of the tree, a
pipe in the place of a file, bytes that are no UTF-8. Everything else is still checked.

```yaml fails
# unreadable: byte 0xe9 on line 3, column 9 is no UTF-8
# finding
```

```yaml passes
on: push
jobs: {}
```
"""

from collections.abc import Iterator

from wflint.api import Context, Document, Finding, NoOptions, Place, rule


@rule(target=Document, level="error", tags=("correctness", "input"), always=True)
def check(document: Document, context: Context[NoOptions]) -> Iterator[Finding]:
    for problem in document.problems:
        if problem.kind == "unreadable":
            yield context.finding(
                Place(document, problem.span), "; ".join(filter(None, (problem.message, problem.hint)))
            )
