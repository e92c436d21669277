"""How long GitHub asks to wait.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
"""

from __future__ import annotations

from datetime import UTC, datetime

from wflint.errors import RemoteError
from wflint.readers.github.transport import Reply

_UNTOLD = 60.0
"""Seconds to wait when a limit is met and no header says for how long."""

_LATEST = 4_102_444_800
"""The last second that a header is believed to mean: the start of 2100."""


class RateLimitError(RemoteError):
    """GitHub wants to be left alone for longer than was allowed for."""


def pause(reply: Reply, now: float) -> float | None:
    """Return for how many seconds to wait before asking again; None when a reply is not about limits.

    `now` is in seconds since 1970.
    """
    if reply.status not in (403, 429):
        return None
    after, reset = _number(reply, "retry-after"), _number(reply, "x-ratelimit-reset")
    if after is not None:
        return float(after)
    if reply.headers.get("x-ratelimit-remaining", "").strip() == "0" and reset is not None:
        return max(reset - now, 0.0) + 1.0
    told = b"rate limit" in reply.body[:4096].lower()
    return _UNTOLD if told or reply.status == 429 else None


def limited(seconds: float, now: float) -> RateLimitError:
    """Return the error of a wait that is too long."""
    until = datetime.fromtimestamp(min(now + seconds, _LATEST), UTC)
    return RateLimitError(
        f"GitHub's rate limit is used up until {until:%Y-%m-%d %H:%M:%S} UTC",
        hint=f"wait until then, or allow for it: `--wait {int(min(seconds, _LATEST)) + 1}`",
    )


def _number(reply: Reply, header: str) -> int | None:
    text = reply.headers.get(header, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None
