"""Fail when less is covered by tests than the policy asks for.

Coverage that is only reported sinks, a little with every change. A threshold in the command that runs the tests stops that,
if nobody lowers it. Without `minimum` this rule says nothing; with `required`, tests that measure coverage must have a
threshold in their command. Where it stands in a file of settings, leave `required` out.

```yaml fails
# options: {minimum: 70}
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: uv run pytest --cov=src --cov-fail-under=60  # finding
      - run: |
          coverage report --fail-under 50  # finding
          npx nyc --check-coverage --lines 65 npm test  # finding
          npx jest --coverage --coverageThreshold='{"global": {"lines": 40}}'  # finding
```

```yaml fails
# options: {minimum: 70, required: true}
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pytest tests --cov=src --cov-report=xml  # finding
```

```yaml passes
# options: {minimum: 70, required: true}
on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pytest --cov=src --cov-fail-under=70.5
      - run: pytest tests/smoke
      - run: pylint --fail-under=5 src
      - run: |
          coverage run -m pytest
          coverage report --fail-under="$MINIMUM"
```
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, Place, Script, rule, select, shell


class Options(NamedTuple):
    minimum: float = 0
    """How many percent must be covered at least; 0 for any."""
    required: bool = False
    """Whether a command that measures coverage must have a threshold."""


_FLAGS = {
    "pytest": ("--cov-fail-under",),
    "py.test": ("--cov-fail-under",),
    "coverage report": ("--fail-under",),
    "coverage html": ("--fail-under",),
    "coverage xml": ("--fail-under",),
    "nyc": ("--lines", "--statements", "--functions", "--branches"),
    "c8": ("--lines", "--statements", "--functions", "--branches"),
    "jest": ("--coverageThreshold",),
    "vitest": ("--coverage.thresholds.lines", "--coverage.thresholds.statements", "--coverage.thresholds.branches"),
    "cargo llvm-cov": ("--fail-under-lines", "--fail-under-functions", "--fail-under-regions"),
    "cargo tarpaulin": ("--fail-under",),
}
"""The flags with thresholds, by what a command begins with."""
_MEASURES = {"pytest": "--cov", "py.test": "--cov", "jest": "--coverage", "vitest": "--coverage", "nyc": "", "c8": ""}
_REPORTS = ("nyc report", "nyc merge", "nyc instrument", "c8 report")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@rule(target=Script, level="error", tags=("delivery", "testing"), options=Options)
def check(script: Script, context: Context[Options]) -> Iterator[Finding]:
    options = context.options
    if not options.minimum or not any(start.split()[0] in script.text for start in _FLAGS):
        return
    for command in script.shell_script.commands if script.shell_script is not None else ():
        start = next((each for each in _FLAGS if command.kind == "command" and select.runs(command, (each,))), None)
        if start is None:
            continue
        found = list(_thresholds(command, _FLAGS[start]))
        for word, values in found:
            low = [value for value in values if value < options.minimum]
            if low:
                place = script.place_of(*word.span)
                yield context.finding(
                    place, f"the threshold of {low[0]:g} % is below the {options.minimum:g} % asked for"
                )
        if options.required and not found and _measures(command, start):
            yield context.finding(
                _place(script, command),
                f"coverage is measured here, and nothing fails when it sinks; add `{_FLAGS[start][0]}={options.minimum:g}`",
            )


def _thresholds(command: shell.Command, flags: tuple[str, ...]) -> Iterator[tuple[shell.Word, list[float]]]:
    """Yield each threshold of a command with its numbers: none where a variable gives it."""
    words = command.words
    for index, word in enumerate(words):
        flag, equals, value = word.shape.partition("=")
        if flag not in flags:
            continue
        if not equals:
            value = words[index + 1].shape if index + 1 < len(words) else ""
        known = shell.HOLE not in value
        yield word, [float(number) for number in _NUMBER.findall(value)] if known else []


def _measures(command: shell.Command, start: str) -> bool:
    flag = _MEASURES.get(start)
    if flag is None or select.runs(command, _REPORTS):
        return False
    return not flag or any(word.shape == flag or word.shape.startswith(f"{flag}=") for word in command.words)


def _place(script: Script, command: shell.Command) -> Place:
    return script.place_of(*command.words[0].span)
