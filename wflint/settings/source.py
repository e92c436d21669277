"""Where settings come from, and what in them is odd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from wflint.source.document import Document
from wflint.source.node import Place

Format = Literal[
    "ruleset",
    "branch-rules",
    "classic-get",
    "classic-put",
    "settings-app",
    "asf",
    "rest",
    "graphql",
    "terraform",
    "prow",
    "form",
    "snapshot",
    "unrecognised",
]
Intent = Literal["desired", "live"]
"""`live`: GitHub's answer. `desired`: what somebody wants it to be; nothing says that it is."""

OddityKind = Literal[
    "unknown-key", "no-effect", "missing-key", "wrong-type", "unknown-value", "not-json", "unrecognised"
]


class Oddity(NamedTuple):
    """Something in a settings file that does not do what it seems to: a message in one sentence, with its place."""

    place: Place
    message: str
    kind: OddityKind
    hint: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SettingsSource:
    """One document, and what it can tell.

    `complete` names the sections of which it tells everything, so that what it does not list does not exist:
    `rulesets`, `classic`, `classic refs/heads/main` (of that branch only), `environments`, `secrets`, `variables`,
    `hooks`, `keys`, `collaborators`, `secrets of <environment>`, `variables of <environment>`.
    """

    document: Document
    format: Format
    intent: Intent
    complete: frozenset[str] = frozenset()
    extends: str | None = None
    """The repository that the file extends; what the file does not say may stand there."""
