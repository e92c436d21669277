"""What was read, before anything is understood of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from wflint.source.span import Span

Kind = Literal[
    "workflow",
    "action",
    "dependabot",
    "renovate",
    "pre-commit",
    "codeowners",
    "settings",
    "dockerfile",
    "markdown",
    "file",
]
"""What a text is by its place in the repository; `file` is any other YAML or JSON that a rule asks for."""

TEXTS: frozenset[Kind] = frozenset({"codeowners", "dockerfile", "markdown", "renovate"})
"""The kinds that are no YAML; Renovate's are JSON with comments."""

Fragment = Literal["head", "jobs", "job map", "job", "steps"]
"""What part of a workflow a text is: one without jobs, without triggers, its jobs alone, one job, a list of steps."""

ProblemKind = Literal["unreadable", "syntax"]


_START = Span(0, 0)


class Problem(NamedTuple):
    """Why a text, or a part of it, could not be taken in.

    `unreadable`: its bytes could not be had or decoded. `syntax`: it is not the YAML that GitHub accepts.
    """

    kind: ProblemKind
    message: str
    span: Span = _START
    hint: str | None = None
    fatal: bool = True
    """Whether the document has no tree because of it; otherwise the rest of the document was read."""


class Source(NamedTuple):
    """A name, a kind and a text, as read.

    `name` is the path from the repository's root, with forward slashes. A source whose bytes could not be had
    keeps its name, has an empty text and says why in `problem`.
    """

    name: str
    kind: Kind
    text: str
    problem: Problem | None = None
    fragment: Fragment | None = None
    """What part of a workflow it is; None for a whole one and for everything else."""
