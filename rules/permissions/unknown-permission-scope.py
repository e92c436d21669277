"""Grant only permissions that exist.

GitHub refuses a workflow with a scope or a level that it does not know: nothing runs. New scopes appear now and then,
so one that is not known here is a warning; a level that a known scope does not have is an error.

```yaml fails
on: push
permissions:
  content: read  # finding
  issues: admin  # finding
  id-token: read  # finding
jobs:
  build:
    permissions: writeall  # finding
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on: push
permissions:
  contents: read
  id-token: write
jobs:
  build:
    permissions: {}
    runs-on: ubuntu-latest
    steps: []
  release:
    permissions: write-all
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Permissions, Scalar, near, permissions, rule


@rule(target=Permissions, level="error", tags=("permissions", "correctness"))
def check(granted: Permissions, context: Context[NoOptions]) -> Iterator[Finding]:
    if granted.shorthand is not None and granted.shorthand not in permissions.shorthands():
        yield context.finding(
            granted.node.place,
            f"`{granted.shorthand}` is no permission: `read-all`, `write-all`, or a mapping of scopes",
        )
    for name, node in granted.scopes.items():
        scope = permissions.scope(name)
        if scope is None:
            hint = near.hint(name, permissions.scopes())
            yield context.finding(node.head, f"`{name}` is no known permission{hint}", level="warning")
        elif not isinstance(node, Scalar) or node.text not in scope.values:
            levels = ", ".join(f"`{level}`" for level in scope.values)
            yield context.finding(node.place, f"`{name}` takes {levels}")
