"""A GitHub to talk to on this machine: it answers as the real one does, or as badly as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

CANARY = "ghp_canary0123456789abcdefABCDEF012345"

Handle = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """A request, with short ways to answer it."""

    server: Github

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        route = urlsplit(self.path).path.removeprefix("/api/v3/")
        handle = self.server.routes.get(route)
        if handle is None:
            self.say(404, {"message": "Not Found"})
        elif callable(handle):
            handle(self)
        else:
            self.say(200, handle)

    def say(self, status: int, body: Any = None, **headers: str) -> None:
        """Answer; text and bytes as they are, everything else as JSON."""
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Github(ThreadingHTTPServer):
    """A server that knows some routes, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, routes: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.routes = routes
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v3"

    def asked(self, route: str) -> int:
        """Return how often a route was asked for."""
        return sum(urlsplit(path).path == f"/api/v3/{route}" for path, _ in self.seen)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""


@contextmanager
def serving(routes: dict[str, Any]) -> Iterator[Github]:
    """Run a server while the block runs."""
    with Github(routes) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


REPOSITORY = {
    "id": 1,
    "full_name": "o/r",
    "name": "r",
    "owner": {"login": "o", "type": "Organization", "avatar_url": "https://avatars.example/o"},
    "private": False,
    "visibility": "public",
    "default_branch": "main",
    "stargazers_count": 7,
    "pushed_at": "2026-01-01T00:00:00Z",
    "allow_merge_commit": False,
    "allow_squash_merge": True,
    "allow_auto_merge": True,
    "permissions": {"admin": True, "push": True, "pull": True},
    "security_and_analysis": {"secret_scanning": {"status": "enabled"}},
    "html_url": "https://github.example/o/r",
}
RULESET = {
    "id": 42,
    "name": "main",
    "target": "branch",
    "source_type": "Repository",
    "source": "o/r",
    "enforcement": "active",
    "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
    "bypass_actors": [],
    "rules": [
        {"type": "deletion"},
        {
            "type": "required_status_checks",
            "parameters": {
                "strict_required_status_checks_policy": True,
                "required_status_checks": [{"context": "build", "integration_id": 15368}],
            },
        },
    ],
    "_links": {"self": {"href": "https://api.example/o/r/rulesets/42"}},
}


def page(items: list[dict[str, Any]], key: str = "") -> Handle:
    """Return a list that comes in pages of one."""

    def handle(request: Request) -> None:
        path, _, query = request.path.partition("?")
        number = int(dict(part.split("=") for part in query.split("&") if "=" in part).get("page", "1"))
        here = items[number - 1 : number]
        server = request.server
        link = {}
        if number < len(items):
            base = f"http://127.0.0.1:{server.server_port}{path}?per_page=100"
            link = {"Link": f'<{base}&page={number + 1}>; rel="next", <{base}&page={len(items)}>; rel="last"'}
        request.say(200, {"total_count": len(items), key: here} if key else here, **link)

    return handle


def routes(**more: Any) -> dict[str, Any]:
    """Return the routes of the repository `o/r`; those named in `more` are below it."""
    found: dict[str, Any] = {
        "": REPOSITORY,
        "rulesets": page([{"id": 42, "name": "main", "target": "branch", "enforcement": "active"}]),
        "rulesets/42": RULESET,
        "branches": [{"name": "main", "protected": True, "commit": {"sha": "1" * 40}}],
        "branches/main/protection": refusal(404, "Branch not protected"),
        "rules/branches/main": [],
        "environments": page(
            [
                {
                    "id": 9,
                    "name": "prod/eu",
                    "protection_rules": [],
                    "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
                },
                {"id": 8, "name": "test", "protection_rules": [], "deployment_branch_policy": None},
            ],
            "environments",
        ),
        "environments/prod%2Feu/deployment-branch-policies": {"total_count": 1, "branch_policies": [{"name": "v*"}]},
        "environments/prod%2Feu/secrets": {"total_count": 1, "secrets": [{"name": "KEY", "created_at": "x"}]},
        "actions/permissions": {"enabled": True, "allowed_actions": "selected", "sha_pinning_required": False},
        "actions/permissions/selected-actions": {"github_owned_allowed": True, "patterns_allowed": ["a/*"]},
        "actions/permissions/workflow": refusal(403, "Resource not accessible by personal access token"),
        "actions/variables": {"total_count": 1, "variables": [{"name": "REGION", "value": "a variable's value"}]},
        "hooks": [
            {
                "id": 3,
                "active": True,
                "events": ["push"],
                "config": {"url": "https://hooks.example/T0/secret-path", "insecure_ssl": "0", "secret": "********"},
                "last_response": {"code": 200},
            }
        ],
        "keys": page([{"id": n, "title": f"k{n}", "key": "ssh-rsa AAAA", "read_only": True} for n in (5, 4)]),
        "vulnerability-alerts": lambda request: request.say(204),
    }
    return {f"repos/o/r/{name}".rstrip("/"): answer for name, answer in (found | more).items()}


def refusal(status: int, message: str, **headers: str) -> Handle:
    """Return an answer that says no."""
    return lambda request: request.say(status, {"message": message, "documentation_url": "https://docs"}, **headers)
