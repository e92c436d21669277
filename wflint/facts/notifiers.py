"""Actions that send chat messages, mail and comments. Sources: the actions' metadata and documentation."""

from __future__ import annotations

from typing import NamedTuple

from wflint.facts.table import table


class Notifier(NamedTuple):
    """An action that tells people. `inputs` (lower-case) and `env` carry its text or its secret.

    Kinds: bluesky, discord, issue, mail, mastodon, matrix, pagerduty, pull_request, rocketchat, sentry, slack, sms,
    teams, telegram.
    """

    kind: str
    inputs: tuple[str, ...]
    env: tuple[str, ...]


def notifier(action: str) -> Notifier | None:
    """Return what an action notifies; None when it is not known to."""
    row = table("notifiers").data.get(action.lower())
    return Notifier(row["kind"], tuple(row["inputs"]), tuple(row["env"])) if row else None


def actions() -> tuple[str, ...]:
    """Return all notifiers."""
    return tuple(table("notifiers").data)
