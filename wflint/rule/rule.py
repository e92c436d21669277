"""A rule is a value: what it says of itself, and a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from wflint.model.target import Target
from wflint.rule.example import Example
from wflint.rule.finding import Finding, Fix, Level, Located, Location, Related, graver

T = TypeVar("T", bound=Target)
Opts = TypeVar("Opts")
Check = Callable[[Any, "Context[Any]"], Iterable[Finding]]


class NoOptions(NamedTuple):
    """The options of a rule that has none."""


class Declared(NamedTuple):
    """What a policy declares of the repository; rules may ask for it."""

    data_paths: tuple[str, ...] = ()
    """Globs of the files whose changes are data rather than code."""
    secrets: tuple[str, ...] = ()
    """The names of the secrets that may be used; empty when the policy does not list them."""
    external_checks: tuple[str, ...] = ()
    """Globs of status contexts that other apps report."""
    today: date = date.min
    """The date on which facts with dates are judged."""


class Rule(NamedTuple):
    """All that the engine knows of a rule, whichever way it was written."""

    id: str
    title: str
    """One line, imperative, without a full stop."""
    docs: str
    """Markdown: why, with the examples in it."""
    level: Level
    """How grave a finding is unless the policy says otherwise; a check may grade single findings lower."""
    tags: tuple[str, ...]
    target: type[Target]
    options: type[Any]
    """A frozen dataclass; its fields are the options, its field docstrings their documentation."""
    check: Check
    read_examples: Callable[[], tuple[Example, ...]]
    """Reads the examples when somebody asks for them: a run of `check` never does."""
    file: str
    topic: str
    """The folder the rule stands in."""
    security_severity: float | None = None
    """0.1 to 10.0 as GitHub reads it, for rules about security."""
    always: bool = False
    """Whether no policy can switch the rule off: it tells that something could not be checked."""
    files: tuple[str, ...] = ()
    """Globs of the only files it is about, which are read for its sake; empty for rules about what is read anyway."""

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples. Raises ValueError when one contradicts itself."""
        return self.read_examples()


class Context(NamedTuple, Generic[Opts]):
    """What a check may use besides its target."""

    rule: Rule
    level: Level
    options: Opts
    declared: Declared

    def finding(
        self,
        at: Located | Any,
        message: str,
        *,
        level: Level | None = None,
        fix: Fix | None = None,
        related: Iterable[tuple[Located, str]] = (),
        redact: bool = False,
    ) -> Finding:
        """Return a finding of this rule.

        `at` is a node, a place or a view. `level` grades this finding: it can lower what the policy set, never
        raise it. `redact`: the place holds a credential, so that excerpts show stars instead.
        """
        graded = level if level is not None and graver(self.level, level) else self.level
        return Finding(
            rule=self.rule.id,
            level=graded,
            message=message,
            location=Location.of(at.place),
            related=tuple(Related(Location.of(other.place), text) for other, text in related),
            fix=fix,
            redact=redact,
        )


class Declaration(NamedTuple):
    """What `@rule` states. The catalogue adds what the file states: id, title, docs, examples."""

    target: type[Target]
    level: Level
    tags: tuple[str, ...]
    options: type[Any]
    security_severity: float | None
    always: bool
    check: Check


def rule(
    *,
    target: type[T],
    level: Level,
    tags: tuple[str, ...] = (),
    options: type[Opts] = NoOptions,  # type: ignore[assignment]
    security_severity: float | None = None,
    always: bool = False,
) -> Callable[[Callable[[T, Context[Opts]], Iterator[Finding]]], Declaration]:
    """Make the decorated generator the check of this file's rule."""

    def declare(check: Callable[[T, Context[Opts]], Iterator[Finding]]) -> Declaration:
        return Declaration(target, level, tags, options, security_severity, always, check)

    return declare
