"""Status contexts and checks that other apps post, which no workflow has to report.

Sources: the apps' documentation. Ids are public; only those of GitHub's own apps are sure.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from wflint.facts.table import table


class External(NamedTuple):
    """A known context: its glob, who posts it, `app_id` None when unknown or a plain status.

    Kinds: status, check, status or check, deployment, comment.
    """

    context: str
    poster: str
    kind: str
    app_id: int | None


def match(context: str) -> External | None:
    """Return the app that posts a context of this name, the closest glob first; None when none is known to."""
    rows = table("external-checks").data["contexts"]
    for glob, pattern in _patterns():
        if pattern.fullmatch(context):
            poster, kind, app = rows[glob]
            return External(glob, poster, kind, app)
    return None


def app_ids() -> dict[str, int]:
    """Return app ids by the apps' short names: `{"github-actions": 15368, …}`."""
    return dict(table("external-checks").data["app_ids"])


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    globs = sorted(table("external-checks").data["contexts"], key=lambda glob: (glob.count("*"), -len(glob)))
    return [(glob, re.compile(re.escape(glob).replace(r"\*", ".*"))) for glob in globs]
