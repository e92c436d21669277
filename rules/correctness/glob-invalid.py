"""Write filter patterns that can match.

A pattern that matches nothing keeps a workflow from running, and nobody is told: required checks then wait for ever.
Paths start at the repository's root, without `/` or `./`; a list needs a pattern without `!` before those with it.

```yaml fails
on:
  push:
    branches: ["!main"]  # finding
    paths:
      - ./src/**  # finding
      - /docs/**  # finding
      - "src/[ab"  # finding
  pull_request:
    branches: ["release..*", "^main$"]  # finding
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  push:
    branches: [main, "releases/**", "!releases/old", "v[0-9]+.x"]
    tags-ignore: ["*-rc"]
    paths: ["src/**", "**.js", ".github/workflows/*.yml"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Scalar, Trigger, rule

_REFS = ("branches", "branches-ignore", "tags", "tags-ignore")
_PATHS = ("paths", "paths-ignore")


@rule(target=Trigger, level="warning", tags=("correctness", "events", "globs"))
def check(trigger: Trigger, context: Context[NoOptions]) -> Iterator[Finding]:
    for name in (*_REFS, *_PATHS):
        patterns = trigger.filter(name)
        for node in patterns:
            problem = _problem(node, is_path=name in _PATHS)
            if problem is not None:
                yield context.finding(node, f"`{node.text}` {problem}")
        if patterns and not name.endswith("-ignore") and all(node.text.startswith("!") for node in patterns):
            yield context.finding(
                patterns[0], f'`{name}` only takes away, so nothing matches; put a pattern such as `"**"` first'
            )


def _problem(node: Scalar, *, is_path: bool) -> str | None:
    text = node.text.removeprefix("!")
    if "${{" in text:
        return None
    if not text.strip():
        return "is empty and matches nothing"
    if text != text.strip():
        return "begins or ends with a blank, which belongs to the pattern"
    opened = text.replace("\\[", "").replace("\\]", "")
    if "[" in opened and "]" not in opened[opened.index("[") :]:
        return "has a `[` without a `]`"
    if is_path:
        if text.startswith(("./", "../")):
            return "matches nothing: paths begin at the repository's root, without `./`"
        return "matches nothing: paths begin without `/`" if text.startswith("/") else None
    if ".." in text or any(letter in text for letter in "~^: "):
        return "can match no branch or tag: names have no `..`, `~`, `^`, `:` and no blank"
    return None
