"""Asking GitHub: what it answers, page by page, and how often it is asked again."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from wflint import __version__
from wflint.errors import RemoteError, UsageError
from wflint.readers.github.address import Address
from wflint.readers.github.cache import Cache, Entry
from wflint.readers.github.limits import limited, pause
from wflint.readers.github.token import Token
from wflint.readers.github.transport import Caps, Reply, Transport, UnreachableError

API_VERSION = "2022-11-28"
"""https://docs.github.com/rest/about-the-rest-api/api-versions"""

_TRIES = 4
_REDIRECTS = 3
_PAGES = 100
"""How many pages of a list are read: ten thousand entries."""

_NEXT = re.compile(r'<([^<>]{1,2000})>\s*;[^,<]{0,200}?\brel="next"')
_MESSAGE = 300

Trim = Callable[[Any], Any]


class Answer(NamedTuple):
    """A status and a body: what is kept of it when it is 200, GitHub's `message` for a refusal, else None."""

    status: int
    body: Any = None


class Waiting(NamedTuple):
    """How long to wait for a rate limit, at most and each time, in seconds; and the clock that tells."""

    longest: float = 60.0
    sleep: Callable[[float], object] = lambda seconds: time.sleep(seconds)
    now: Callable[[], float] = time.time


class Client:
    """GitHub's API, asked with a token or as nobody in particular."""

    def __init__(
        self, address: Address, token: Token | None, *, caps: Caps | None = None, waiting: Waiting | None = None
    ) -> None:
        self.address = address
        self.token = token
        self.waiting = waiting or Waiting()
        self._transport = Transport(caps or Caps(), direct=address.is_loopback)

    def get(self, route: str, trim: Trim, cache: Cache) -> Answer:
        """Return the answer of a route, such as `repos/o/r`; of its body, if it is 200, what `trim` keeps.

        Raises RemoteError when there is none that can be used, and RateLimitError when it is too early to ask.
        """
        answer, _ = self._page(self.address.route(route), trim, cache)
        return answer

    def list(self, route: str, key: str, trim: Trim, cache: Cache) -> Answer:
        """Return a list's answer with all of its pages in one list: the body itself, or what stands under `key`."""
        url: str | None = self.address.route(f"{route}{'&' if '?' in route else '?'}per_page=100")
        whole: Any = None
        for _ in range(_PAGES):
            assert url is not None  # noqa: S101 - the loop is left without one
            answer, url = self._page(url, trim, cache)
            if answer.status != 200:
                return answer
            page = answer.body.get(key) if key and isinstance(answer.body, dict) else answer.body
            if not isinstance(page, list) or isinstance(answer.body, dict) != bool(key):
                raise RemoteError("the answer is no list")
            if whole is None:
                whole = answer.body
            else:
                (whole[key] if key else whole).extend(page)
            if url is None:
                return Answer(200, whole)
        raise RemoteError(f"the list has more than {_PAGES} pages")

    def _page(self, url: str, trim: Trim, cache: Cache) -> tuple[Answer, str | None]:
        known = cache.get(url)
        reply, final = self._ask(url, known.etag if known is not None else None)
        if reply.status == 304 and known is not None:
            cache.put(url, known)
            return Answer(200, json.loads(json.dumps(known.body))), self._next(final, known.next)
        if reply.status == 401:
            raise UsageError(
                "GitHub does not accept the token", hint="look at GITHUB_TOKEN, GH_TOKEN, `gh auth status`"
            )
        if reply.status == 200:
            following = self._hidden(found[1]) if (found := _NEXT.search(reply.headers.get("link", ""))) else None
            body = self._parsed(reply, trim)
            if etag := reply.headers.get("etag"):
                cache.put(url, Entry(self._hidden(etag), following, body))
            return Answer(200, json.loads(json.dumps(body))), self._next(final, following)
        if 300 <= reply.status < 400 or reply.status >= 500:
            raise RemoteError(f"the server answers with status {reply.status}")
        return Answer(reply.status, self._message(reply)), None

    def _ask(self, url: str, etag: str | None) -> tuple[Reply, str]:
        """Return the reply, and the address that gave it."""
        for _ in range(_REDIRECTS + 1):
            reply = self._patiently(url, etag)
            target = reply.headers.get("location")
            if reply.status not in (301, 302, 303, 307, 308) or target is None:
                return reply, url
            there = self.address.resolve(url, target)
            if there is None:
                raise RemoteError("the server sends us to another host, which is not followed")
            url = there
        raise RemoteError("the server sends us from one address to the next")

    def _patiently(self, url: str, etag: str | None) -> Reply:
        headers = {
            "Accept": "application/vnd.github+json",
            "User-Agent": f"wflint/{__version__}",
            "X-GitHub-Api-Version": API_VERSION,
        }
        if etag is not None:
            headers["If-None-Match"] = etag
        token = self.token if self.address.owns(url) else None
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                reply = self._transport.get(url, headers, token)
            except UnreachableError:
                if last:
                    raise
                self.waiting.sleep(2.0**attempt)
                continue
            seconds = pause(reply, self.waiting.now())
            if seconds is not None:
                if last or seconds > self.waiting.longest:
                    raise limited(seconds, self.waiting.now())
                self.waiting.sleep(seconds)
            elif reply.status >= 500 and not last:
                self.waiting.sleep(2.0**attempt)
            else:
                return reply
        raise AssertionError("the last try returns or raises")

    def _next(self, base: str, target: str | None) -> str | None:
        if target is None:
            return None
        url = self.address.resolve(base, target)
        if url is None:
            raise RemoteError("the list goes on at another host, which is not followed")
        return url

    def _parsed(self, reply: Reply, trim: Trim) -> Any:
        try:
            kept = trim(json.loads(reply.body, parse_constant=_refused))
            return json.loads(self._hidden(json.dumps(kept)))
        except (ValueError, RecursionError):
            raise RemoteError("the answer is no JSON") from None

    def _message(self, reply: Reply) -> dict[str, str] | None:
        """Return what GitHub says about a refusal, which tells a branch without protection from a hidden one."""
        try:
            told = json.loads(reply.body)
        except (ValueError, RecursionError):
            return None
        text = told.get("message") if isinstance(told, dict) else None
        return {"message": self._hidden(text)[:_MESSAGE]} if isinstance(text, str) else None

    def _hidden(self, text: str) -> str:
        return self.token.hide(text) if self.token is not None else text


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
