"""Examples written in a rule: its documentation and its tests.

In a Python rule they are fenced blocks of the docstring, marked `fails` or `passes`; a block marked `fixed` after a
failing one is what its fixes make of it. `# finding` at a line's end is the expectation: a finding of the rule starts
on that line. Comment lines before the first content steer an example:

```text
# file: .github/dependabot.yml        what follows is that file; may come again for an example of several files
# options: {max-minutes: 30}          the rule's options
# policy: {data-paths: ["data/**"]}   what the policy declares; `# file: wflint.yml` does the same at length
# beside: [unpinned-uses]            other rules that run, for a rule about comments or waivers
# file: base/wflint.yml              a file as it was before the change that the example is
# unreadable: it is a named pipe     the file could not be read, and why
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Outcome = Literal["fails", "passes"]

_FENCE = re.compile(r"^```\w+ (?P<outcome>fails|passes|fixed)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"[ \t]*(?:#|//) finding$", re.MULTILINE)
_FILE = re.compile(r"^(?:#|//) file: (?P<name>\S.*?)\s*$\n?", re.MULTILINE)
_STEER = re.compile(r"^(?:#|//) (?P<key>options|policy|beside): (?P<value>.*)$\n?", re.MULTILINE)
_UNREADABLE = re.compile(r"^(?:#|//) unreadable: (?P<why>.*)$\n?", re.MULTILINE)


class File(NamedTuple):
    """One file of an example."""

    name: str | None
    """Its path in the repository; None where the rule's target says it."""
    text: str
    lines: tuple[int, ...]
    """The lines on which the rule must report, ascending."""
    unreadable: str | None = None
    """Why the file could not be read, if it could not."""


class Example(NamedTuple):
    """Files, and what the rule must say of them."""

    outcome: Outcome
    files: tuple[File, ...]
    options: str = ""
    """YAML text of the options; empty for the defaults."""
    policy: str = ""
    """YAML text of what the policy declares; empty for nothing."""
    beside: str = ""
    """YAML list of the other rules that run."""
    fixed: tuple[File, ...] = ()
    """What the fixes make of the files; empty when the example does not show it."""

    @classmethod
    def read(cls, outcome: Outcome, text: str, fixed: str | None = None) -> Example:
        """Return the example that a text describes. Raises ValueError when its marks contradict its outcome."""
        steering = {match["key"]: match["value"].strip() for match in _STEER.finditer(text)}
        files = tuple(_files(_STEER.sub("", text)))
        marked = any(file.lines for file in files)
        if outcome == "fails" and not marked:
            raise ValueError("a failing example marks the lines of its findings with `# finding`")
        if outcome == "passes" and marked:
            raise ValueError("a passing example has no `# finding`")
        after = () if fixed is None else tuple(_files(_STEER.sub("", fixed)))
        given = {key: steering.get(key, "") for key in ("options", "policy", "beside")}
        return cls(outcome, files, **given, fixed=after)


def _files(text: str) -> Iterator[File]:
    """Split a text at its `# file:` lines."""
    parts = _FILE.split(text)
    if parts[0].strip() or len(parts) == 1:
        yield _file(None, parts[0])
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        yield _file(name, body)


def _file(name: str | None, text: str) -> File:
    unreadable = _UNREADABLE.search(text)
    text = _UNREADABLE.sub("", text)
    lines = tuple(number for number, line in enumerate(text.split("\n"), 1) if _MARK.search(line))
    return File(name, _MARK.sub("", text), lines, unreadable["why"] if unreadable else None)


def in_markdown(docs: str) -> tuple[Example, ...]:
    """Return the examples fenced in a docstring."""
    found: list[tuple[Outcome, str]] = []
    fixed: dict[int, str] = {}
    for match in _FENCE.finditer(docs):
        outcome, text = match["outcome"], match["text"]
        if outcome == "fixed":
            fixed[len(found) - 1] = text
        elif outcome == "fails":
            found.append(("fails", text))
        else:
            found.append(("passes", text))
    return tuple(Example.read(outcome, text, fixed.get(number)) for number, (outcome, text) in enumerate(found))


def without_marks(text: str) -> str:
    """Return an example's text as a reader may copy it."""
    return _MARK.sub("", text)
