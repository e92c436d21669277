"""One request and its reply: bounded in time and size, and following nothing."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple

from wflint.errors import RemoteError
from wflint.readers.github.token import Token


class Caps(NamedTuple):
    """How much a reply may cost: `seconds` from its request to its last byte, and bytes of its body."""

    seconds: float = 30.0
    bytes: int = 10 * 1024 * 1024


class Reply(NamedTuple):
    """What came back. The names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class UnreachableError(RemoteError):
    """No whole reply came; another try may get one."""


class Transport:
    """A way to servers, through the proxies of the environment but for those on this machine."""

    def __init__(self, caps: Caps, *, direct: bool) -> None:
        self.caps = caps
        self.direct = direct

    def get(self, url: str, headers: Mapping[str, str], token: Token | None = None) -> Reply:
        """Return the reply to a request, whatever its status. Raises RemoteError when it is too large or not whole."""
        watch = _Watch(self.caps.seconds)
        # One opener a request, without the handlers that would follow redirects or open files.
        opener = urllib.request.OpenerDirector()
        opener.add_handler(urllib.request.ProxyHandler({} if self.direct else None))
        opener.add_handler(_Https(watch, self._trust) if url.startswith("https:") else _Http(watch))
        request = urllib.request.Request(url)  # noqa: S310 - the address was judged before
        for name, value in headers.items():
            request.add_unredirected_header(name, value)
        if token is not None:
            request.add_unredirected_header("Authorization", token.header)
        try:
            with watch, opener.open(request, timeout=self.caps.seconds) as response:
                reply = self._whole(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise (self._late() if watch.expired else UnreachableError(_reason(error))) from None
        if watch.expired:
            # What was cut looks like what has ended.
            raise self._late()
        return reply

    def _late(self) -> UnreachableError:
        return UnreachableError(f"no whole answer came within {self.caps.seconds:g} seconds")

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The certificates that are trusted; reading them takes longer than a request."""
        return ssl.create_default_context()

    def _whole(self, response: http.client.HTTPResponse) -> Reply:
        pieces: list[bytes] = []
        left = self.caps.bytes
        while piece := response.read1(65536):
            left -= len(piece)
            if left < 0:
                raise RemoteError(f"the answer is larger than {self.caps.bytes:,} bytes")
            pieces.append(piece)
        if response.length:
            raise UnreachableError("the answer ended before its time")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status, headers, b"".join(pieces))


class _Watch:
    """Cuts a connection when its time is up, whatever it waits for: a socket's own timeout starts anew with a byte."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *raised: object) -> None:
        self._timer.cancel()
        if self._socket is not None:
            self._socket.close()

    def connected(self, made: socket.socket) -> socket.socket:
        """Watch a connection from its first byte, and so what proxies and TLS say before anybody is asked anything."""
        self._socket = made.dup()
        return made

    def _cut(self) -> None:
        self.expired = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPConnection, self.watch), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watch: _Watch, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self.context = context
        self.watch = watch

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPSConnection, self.watch), req, context=self.context)


def _watched(kind: type[http.client.HTTPConnection], watch: _Watch) -> Any:
    class Watched(kind):  # type: ignore[valid-type,misc]
        def connect(self) -> None:
            made: Callable[..., socket.socket] = socket.create_connection
            self._create_connection = lambda *to: watch.connected(made(*to))
            super().connect()

    return Watched


def _reason(error: Exception) -> str:
    """Return what went wrong, without the addresses and headers that exceptions repeat."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the server's certificate is not trusted: {cause.verify_message}"
    if isinstance(cause, TimeoutError):
        return "the server did not answer in time"
    if isinstance(cause, ConnectionResetError | BrokenPipeError):
        return "the server hung up"
    if isinstance(cause, OSError):
        return f"the server cannot be reached: {(cause.strerror or type(cause).__name__).lower()}"
    return f"the answer is no HTTP: {type(cause).__name__}"
