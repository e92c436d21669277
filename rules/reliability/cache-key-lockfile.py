"""Key caches of dependencies by the lock file.

A cache is never written a second time under its key. With a key that stays the same, the first packages that were saved are
restored for ever, and what changed since is fetched anew in every run. `hashFiles` of the lock file makes a new cache when,
and only when, the dependencies change.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/.npm
          key: ${{ runner.os }}-npm  # finding
```

```yaml fails
# options: {lockfiles: [package-lock.json, "requirements*.txt"]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v4
        with:
          path: |
            ~/.npm
            ~/.cache/pip
          key: deps-${{ hashFiles('**/package.json') }}  # finding
```

```yaml passes
# options: {lockfiles: [package-lock.json, "requirements*.txt"]}
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/.npm
          key: npm-${{ hashFiles('**/package-lock.json', 'package.json') }}
      - uses: actions/cache@v4
        with:
          path: ~/.npm
          key: npm-${{ github.run_id }}
      - uses: actions/cache@v4
        with:
          path: ~/.npm
          key: npm-${{ steps.key.outputs.hash }}
      - uses: actions/cache@v4
        with:
          path: models
          key: models-v3
```
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from wflint.api import Context, Expression, Finding, UsesStep, rule, tree

_DEPENDENCIES = (
    "*/.npm",
    "*node_modules",
    "*/.cache/pip",
    "*/.cache/pypoetry",
    "*/.cache/uv",
    "*/.cache/yarn",
    "*/.pnpm-store",
    "*/.local/share/pnpm*",
    "*/.cargo*",
    "*/.m2*",
    "*/.gradle*",
    "*/go/pkg/mod",
    "*vendor/bundle",
    "*/.nuget/packages",
    "*/.composer/cache*",
    "*.venv",
)
_NAMES = ("actions/cache", "actions/cache/save", "actions/cache/restore")


class Options(NamedTuple):
    lockfiles: tuple[str, ...] = ()
    """Globs of the names of files of which `hashFiles` must take one; empty for any."""


@rule(target=UsesStep, level="note", tags=("reliability", "caches"), options=Options)
def check(step: UsesStep, context: Context[Options]) -> Iterator[Finding]:
    if step.uses.name not in _NAMES:
        return
    key, path = step.input("key"), step.input("path")
    # A prefix in `restore-keys` finds newer ones, whatever the key.
    if key is None or path is None or step.input("restore-keys") is not None:
        return
    if not any(_is_dependencies(line.strip()) for line in path.text.split("\n")):
        return
    expressions = [each for each in step.expressions if each.scalar is key]
    hashed = [text for each in expressions for text in _hashed(each)]
    if hashed:
        wanted = context.options.lockfiles
        names = [text.rpartition("/")[2] for text in hashed]
        if wanted and not any(fnmatchcase(name, glob) or fnmatchcase(glob, name) for name in names for glob in wanted):
            shown = ", ".join(f"`{each}`" for each in wanted)
            yield context.finding(key, f"the key does not change with the lock file; hash one of {shown}")
    elif all(_stays(each) for each in expressions):
        yield context.finding(
            key, "the key never changes, so what was saved first is restored for ever; add `hashFiles` of the lock file"
        )


def _is_dependencies(path: str) -> bool:
    return any(fnmatchcase(path if "/" in path else f"./{path}", glob) for glob in _DEPENDENCIES)


def _hashed(expression: Expression) -> list[str]:
    """Return the patterns that an expression hashes."""
    if expression.tree is None:
        return []
    return [
        argument.value
        for node in tree.walk(expression.tree)
        if isinstance(node, tree.Call) and node.function == "hashfiles"
        for argument in node.arguments
        if isinstance(argument, tree.Literal) and isinstance(argument.value, str)
    ]


def _stays(expression: Expression) -> bool:
    """Tell whether an expression is the same from one run to the next, of one job and leg of its matrix."""
    routes = [route for _, route in expression.reads]
    return bool(routes) and all(route[0] in ("runner", "matrix") or route == ("github", "ref_name") for route in routes)
