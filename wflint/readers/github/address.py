"""Where the API is: github.com's, or that of an enterprise's own server.

https://docs.github.com/enterprise-server@latest/rest/enterprise-admin#endpoint-urls
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from wflint.errors import UsageError

GITHUB = "https://api.github.com"


class Address:
    """An API's address: the only place that a token is sent to."""

    def __init__(self, url: str = GITHUB) -> None:
        """Raise UsageError for what is no address, or would send the token in the clear."""
        parts = _split(url)
        if parts is None or parts.username is not None or parts.query or parts.fragment:
            raise UsageError("this is no address of an API", hint="such as https://api.github.com")
        self.is_loopback = _is_loopback(parts.hostname or "")
        if parts.scheme != "https" and not self.is_loopback:
            raise UsageError("the API's address must be https", hint="only a server on this machine may do without")
        self._origin = _origin(parts)
        self._path = parts.path.rstrip("/")
        self.url = f"{parts.scheme}://{parts.netloc}{self._path}"

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str | None:
        """The host by which GitHub's own program knows the server; None for one on this machine."""
        if self.is_loopback:
            return None
        _, name, _ = self._origin
        return name.removeprefix("api.") if name == "api.github.com" or name.endswith(".ghe.com") else name

    def route(self, route: str) -> str:
        """Return the address of a route, such as `repos/o/r`, which is percent-encoded already."""
        return f"{self.url}/{route}"

    def owns(self, url: str) -> bool:
        """Tell whether an address is the API's: of its scheme, host, port and path."""
        parts = _split(url)
        if parts is None or parts.username is not None or _origin(parts) != self._origin:
            return False
        steps = parts.path.split("/")
        return parts.path.startswith(f"{self._path}/") and ".." not in steps and "%2e" not in parts.path.lower()

    def resolve(self, base: str, target: str) -> str | None:
        """Return where a link or redirect leads to; None when that is not the API's."""
        try:
            url = urljoin(base, target)
        except ValueError:
            return None
        return url if self.owns(url) else None


def _split(url: str) -> SplitResult | None:
    if not url.isascii() or not url.isprintable() or any(char in url for char in " \\"):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("https", "http") and parts.hostname and port != 0 else None


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
