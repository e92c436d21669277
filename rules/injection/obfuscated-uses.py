"""Write the path of an action plainly.

`owner/repo/./sub` and `owner/repo//sub` run what `owner/repo/sub` does, but neither people nor tools that compare names see it:
a list of forbidden or vulnerable actions no longer matches. There is no good reason for such a path.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache/save/../restore@v4  # finding
      - uses: github/codeql-action//init@v3  # finding
      - uses: ./.github/./actions/build  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache/restore@v4
      - uses: github/codeql-action/init@v3
      - uses: ./.github/actions/build
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache/restore@v4
      - uses: ./
      - uses: ./.github/actions/build/
      - uses: ./../shared/actions/build
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, Fix, NoOptions, Uses, rule

_ODD = frozenset({"", ".", ".."})


@rule(
    target=Uses,
    level="warning",
    tags=("security", "injection", "owasp-cicd-sec-3"),
    security_severity=3.5,
)
def check(uses: Uses, context: Context[NoOptions]) -> Iterator[Finding]:
    text = uses.text
    if uses.kind == "docker" or "${{" in text:
        return
    target, at, ref = text.partition("@")
    prefix = next((each for each in ("./", "$/") if target.startswith(each)), "")
    parts = target.removeprefix(prefix).rstrip("/").split("/")
    # A path out of the workspace, to another checkout, begins with `..`.
    up = next((index for index, part in enumerate(parts) if part != ".."), len(parts)) if prefix == "./" else 0
    if not prefix and (len(parts) < 3 or _ODD & set(parts[:2])):
        return
    if parts == [""] or not _ODD & set(parts[up:]):
        return
    plain = [*parts[:up]]
    for part in parts[up:]:
        if part == ".." and len(plain) > (0 if prefix else 2) and plain[-1] != "..":
            plain.pop()
        elif part == "..":
            return
        elif part not in _ODD:
            plain.append(part)
    clean = prefix + "/".join(plain) + at + ref
    start = uses.node.text.find(text)
    yield context.finding(
        uses,
        f"the path of `{text}` hides which action runs from people and from tools that compare names; write `{clean}`",
        fix=Fix.replace("Write the path plainly", uses.node.part(start, start + len(text)), clean, safe=True),
    )
