"""Everything wflint raises on purpose.

```text
WflintError            misuse, told to the person at the keyboard: exit code 2
├─ UsageError          the command line: an option, a path, a name
├─ PolicyError         a policy or a configuration file
├─ RuleError           a rule file: its declaration, its options, its examples
└─ RemoteError         a server that was asked gives no answer that can be used: exit code 3
```

A defect in a file *under judgement* is never an exception: it is a finding at its place.
"""

from __future__ import annotations

from collections.abc import Iterable


class WflintError(Exception):
    """Misuse: a message, where it stands if it stands in a file, and what to do about it.

    `line` and `column` count from 1, in code points.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text


class UsageError(WflintError):
    """The command line asks for something that does not exist or cannot be done."""


class PolicyError(WflintError):
    """A policy or configuration file is not one."""


class RuleError(WflintError):
    """A rule file does not declare a rule that can run."""


class RemoteError(WflintError):
    """A server gives no answer that can be used."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word closest to a mistyped one, or None when nothing is close."""
    import difflib

    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{match[0]}`?" if match else None
