"""Write to the runner's files instead of printing workflow commands that are going or gone.

`::set-env` and `::add-path` were switched off in 2020: whoever could get text into a log could set variables.
`::set-output` and `::save-state` are deprecated and will stop working. Append `name=value` to `$GITHUB_OUTPUT`,
`$GITHUB_STATE` or `$GITHUB_ENV`, and a folder to `$GITHUB_PATH`.

```yaml fails
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          version=$(cat VERSION)
          echo "::set-output name=version::$version"  # finding
      - run: echo "::set-env name=CI_MODE::full"  # finding
```

```yaml fixed
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          version=$(cat VERSION)
          echo "version=$version" >> "$GITHUB_OUTPUT"
      - run: echo "CI_MODE=full" >> "$GITHUB_ENV"
```

```yaml fails
on: push
jobs:
  build:
    runs-on: windows-latest
    steps:
      - run: echo "::set-output name=branch::main"  # finding
```

```yaml passes
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          # was: echo "::set-output name=version::1"
          echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"
          grep -r "::set-output" scripts
```
"""

import re
from collections.abc import Iterator

from wflint.api import Context, Finding, Fix, NoOptions, Place, Script, deprecated, rule, shell

_PRINTERS = frozenset({"echo", "printf"})
_COMMAND = re.compile(r"(?P<quote>[\"']?)::[a-z-]+ name=(?P<name>[\w-]+)::(?P<value>[^\n]*)(?P=quote)")


@rule(target=Script, level="error", tags=("reliability", "deprecated"))
def check(script: Script, context: Context[NoOptions]) -> Iterator[Finding]:
    starts = [start for start in deprecated.commands() if start in script.text]
    if not starts:
        return
    parsed = script.shell_script
    if parsed is None:
        yield from _elsewhere(script, starts, context)
    for command in parsed.commands if parsed else ():
        if command.program not in _PRINTERS:
            continue
        for word in command.arguments:
            start = next((start for start in starts if word.shape.lstrip().startswith(start)), None)
            gone = deprecated.command(start) if start else None
            if start is None or gone is None:
                continue
            place = script.place_of(word.span.start, word.span.end)
            yield _finding(context, place, gone, _fix(script, command, word, gone.use))


def _finding(context: Context[NoOptions], place: Place, gone: deprecated.Deprecation, fix: Fix | None) -> Finding:
    removed = gone.state == "removed"
    return context.finding(
        place,
        f"`{gone.name}` {'does nothing' if removed else 'is deprecated'} since {gone.since}; append to the file"
        f" `{gone.use}` instead",
        level=None if removed else "warning",
        fix=fix,
    )


def _elsewhere(script: Script, starts: list[str], context: Context[NoOptions]) -> Iterator[Finding]:
    """Yield what a script in another language prints: a text in quotes that begins with the command."""
    for start in starts:
        gone = deprecated.command(start)
        at = min((found for quote in "\"'" if (found := script.text.find(f"{quote}{start} name=")) >= 0), default=-1)
        if gone is not None and at >= 0:
            yield _finding(context, script.place_of(at + 1, at + 1 + len(start)), gone, None)


def _fix(script: Script, command: shell.Command, word: shell.Word, file: str) -> Fix | None:
    match = _COMMAND.fullmatch(word.raw)
    if match is None or command.redirects or len(command.words) != 2 or command.consumers or "%" in match["value"]:
        return None
    quote = match["quote"]
    text = f'{quote}{match["name"]}={match["value"]}{quote} >> "${file}"'
    return Fix.replace(f"Append to `${file}`", script.place_of(word.span.start, word.span.end), text)
