"""`wflint settings pull` against a GitHub on this machine, a good one and all kinds of bad ones."""

from __future__ import annotations

import json
import pickle
import stat
import sys
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome, Wflint
from made_github import CANARY, REPOSITORY, RULESET, Github, Request, page, refusal, routes, serving
from made_settings import settings

from wflint.errors import RemoteError, UsageError
from wflint.readers.github import organization, token
from wflint.readers.github.address import Address
from wflint.readers.github.cache import Cache
from wflint.readers.github.client import Client, Waiting
from wflint.readers.github.limits import RateLimitError
from wflint.readers.github.snapshot import Snapshot, is_whole, take
from wflint.readers.github.token import Token
from wflint.readers.github.transport import Caps
from wflint.settings.effective import effective
from wflint.settings.value import texts

TODAY = date(2026, 1, 31)
FILE = Path(".github/wflint-settings.json")


class Clock:
    """A clock that nobody waits for."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _no_token_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)


def client(server: Github, clock: Clock, *, seconds: float = 5.0, size: int = 100_000, longest: float = 60) -> Client:
    waiting = Waiting(longest, clock.sleep, clock.now)
    return Client(Address(server.url), Token(CANARY), caps=Caps(seconds, size), waiting=waiting)


def pulled(server: Github, clock: Clock, folder: Path | None = None, **options: Any) -> Snapshot:
    return take(client(server, clock, **options), "o/r", TODAY, Cache(folder, "o/r"), lambda what: None)


def answered(handle: Any, clock: Clock, **options: Any) -> Snapshot:
    """Return what comes of a repository whose webhooks are answered in some way."""
    with serving(routes(hooks=handle)) as server:
        return pulled(server, clock, **options)


def test_what_is_pulled_is_what_the_model_reads(clock: Clock) -> None:
    with serving(routes()) as server:
        text = pulled(server, clock).text
    found = settings(text, name=str(FILE))
    assert [(one.format, one.intent) for one in found.sources] == [("snapshot", "live")]
    assert found.subject == "o/r"
    assert found.oddities == ()
    assert found.default_branch == "main"
    assert (found.merge.merge_commit.is_off, found.merge.squash.is_on) == (True, True)
    assert not found.merge.rebase.known
    policy = effective(found, "main")
    assert policy.complete
    assert policy.block_deletion.is_set
    assert policy.block_force_push.state == "default"
    assert [check.context.value for check in policy.checks.value or ()] == ["build"]
    assert found.actions.allowed.known_to_be("selected")
    assert texts(found.actions.patterns) == ("a/*",)
    assert not found.actions.default_token.known
    assert not found.access.collaborators.known
    assert found.security.dependabot_alerts.is_on
    assert found.security.immutable_releases.is_off
    assert not found.security.private_vulnerability_reporting.known
    assert [key.title.value for key in found.access.deploy_keys.value or ()] == ["k4", "k5"]
    production = found.environment("prod/eu")
    assert production is not None
    assert [pattern.text for pattern in production.patterns.value or ()] == ["v*"]
    assert texts(production.secrets) == ("KEY",)
    assert not production.variables.known
    assert found.tells_all("environments")


def test_every_page_of_a_list_is_read(clock: Clock) -> None:
    with serving(routes()) as server:
        snapshot = pulled(server, clock)
        assert server.asked("repos/o/r/environments") == 2
    assert len(snapshot.answers["environments"].body["environments"]) == 2


def test_what_is_no_setting_is_left_out(clock: Clock) -> None:
    with serving(routes()) as server:
        text = pulled(server, clock).text
    for left_out in ("variable's value", "secret-path", "ssh-rsa", "stargazers", "created_at", "_url", "_links"):
        assert left_out not in text
    assert '"https://hooks.example/***"' in text


def test_the_same_answers_make_the_same_file(clock: Clock) -> None:
    turned = {key: REPOSITORY[key] for key in reversed(REPOSITORY)}
    with serving(routes()) as first, serving(routes(**{"": turned})) as second:
        assert pulled(first, clock).text == pulled(second, clock).text


def test_to_those_who_are_no_admins_a_404_tells_nothing(clock: Clock) -> None:
    repository = REPOSITORY | {"permissions": {"admin": False, "pull": True}}
    missing = refusal(404, "Not Found")
    with serving(routes(**{"": repository, "vulnerability-alerts": missing})) as server:
        found = settings(pulled(server, clock).text)
    assert not found.security.dependabot_alerts.known
    assert not found.security.immutable_releases.known


def test_refusals_are_kept_with_their_status(clock: Clock) -> None:
    with serving(routes()) as server:
        sections = json.loads(pulled(server, clock).text)["sections"]
    assert sections["actions/permissions/workflow"]["status"] == 403
    assert sections["branches/main/protection"] == {"status": 404, "body": {"message": "Branch not protected"}}
    assert sections["vulnerability-alerts"] == {"status": 204}
    assert list(sections) == sorted(sections)


def test_unchanged_answers_are_not_sent_again(clock: Clock, tmp_path: Path) -> None:
    def tagged(request: Request) -> None:
        if request.headers["If-None-Match"] == 'W/"1"':
            request.say(304, ETag='W/"1"')
        else:
            request.say(200, RULESET, ETag='W/"1"')

    with serving(routes(**{"rulesets/42": tagged})) as server:
        first = pulled(server, clock, tmp_path / "cache")
        second = pulled(server, clock, tmp_path / "cache")
    assert first.text == second.text
    (file,) = (tmp_path / "cache").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1, "answers": {"a": [1]}}', b"\xff", b"[" * 5000])
def test_a_cache_that_is_none_is_not_used(content: bytes, clock: Clock, tmp_path: Path) -> None:
    with serving(routes()) as server:
        Cache(tmp_path, "o/r").save()
        expected = pulled(server, clock, tmp_path).text
        for file in tmp_path.iterdir():
            file.write_bytes(content)
        assert pulled(server, clock, tmp_path).text == expected


def test_an_unchanged_answer_that_nobody_has_is_a_failure(clock: Clock) -> None:
    assert "hooks" in answered(lambda request: request.say(304), clock).failures


LIMITS = {
    "primary": (403, {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1000030"}, 31.0),
    "secondary": (429, {"Retry_After": "7"}, 7.0),
    "untold": (403, {}, 60.0),
}


@pytest.mark.parametrize("kind", LIMITS)
def test_a_rate_limit_is_waited_for(kind: str, clock: Clock) -> None:
    status, headers, seconds = LIMITS[kind]
    replies = iter([refusal(status, "You have exceeded a secondary rate limit", **headers), page([])])
    snapshot = answered(lambda request: next(replies)(request), clock)
    assert clock.slept == [seconds]
    assert (snapshot.answers["hooks"].status, snapshot.failures) == (200, {})


def test_a_rate_limit_that_is_too_long_names_its_end(clock: Clock) -> None:
    status, headers, _ = LIMITS["primary"]
    with pytest.raises(RateLimitError, match=r"until 1970-01-12 13:47:11 UTC") as raised:
        answered(refusal(status, "API rate limit exceeded", **headers), clock, longest=10)
    assert clock.slept == []
    assert raised.value.hint is not None
    assert "--wait 32" in raised.value.hint


def test_nobody_waits_for_ever(clock: Clock) -> None:
    with pytest.raises(RateLimitError):
        answered(refusal(429, "slow down", Retry_After="1"), clock)
    assert clock.slept == [1.0, 1.0, 1.0]


def test_trouble_that_passes_is_outlasted(clock: Clock) -> None:
    replies = iter([refusal(502, "bad gateway"), refusal(503, "unavailable"), page([])])
    assert answered(lambda request: next(replies)(request), clock).failures == {}
    assert clock.slept == [1.0, 2.0]


def test_trouble_that_stays_is_a_failure_of_its_section(clock: Clock) -> None:
    snapshot = answered(refusal(500, "oops"), clock)
    assert snapshot.failures == {"hooks": "the server answers with status 500"}
    assert json.loads(snapshot.text)["failed"] == ["hooks"]
    assert not settings(snapshot.text).access.webhooks.known
    assert len(clock.slept) == 3


def _endless(request: Request) -> None:
    request.send_response(200)
    request.end_headers()
    while not request.server.ended.is_set():
        request.wfile.write(b"[" * 65536)


def _dripping(request: Request) -> None:
    request.send_response(200)
    request.end_headers()
    while not request.server.ended.wait(0.02):
        request.wfile.write(b" ")


def _dripping_headers(request: Request) -> None:
    request.wfile.write(b"HTTP/1.0 200 OK\r\n")
    while not request.server.ended.wait(0.02):
        request.wfile.write(b"X-Slow: 1\r\n")


def _silent(request: Request) -> None:
    request.server.ended.wait(30)


def _short(request: Request) -> None:
    request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n[]")


def _cut(request: Request) -> None:
    request.connection.close()


BAD: dict[str, tuple[Any, str]] = {
    "a huge body": (lambda request: request.say(200, b" " * 200_000), "larger than 100,000 bytes"),
    "an endless body": (_endless, "larger than 100,000 bytes"),
    "no JSON": (lambda request: request.say(200, b"<html>"), "no JSON"),
    "no text": (lambda request: request.say(200, b"\xff\xfe"), "no JSON"),
    "no number": (lambda request: request.say(200, b"[NaN]"), "no JSON"),
    "too deep": (lambda request: request.say(200, b"[" * 5000 + b"]" * 5000), "no JSON"),
    "another shape": (lambda request: request.say(200, {"a": 1}), "no list"),
    "no HTTP": (lambda request: request.wfile.write(b"hello\r\n\r\n"), "no HTTP"),
    "a body in part": (_short, "ended before its time"),
    "nothing": (_cut, "hung up"),
    "a loop": (lambda request: request.say(302, Location=request.path), "from one address to the next"),
    "a file": (lambda request: request.say(302, Location="file:///etc/passwd"), "another host"),
    "a way up": (lambda request: request.say(302, Location="/api/v3/../admin"), "another host"),
    "elsewhere on the host": (lambda request: request.say(302, Location="/elsewhere"), "another host"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_answers_are_failures_of_their_section(kind: str, clock: Clock) -> None:
    handle, message = BAD[kind]
    snapshot = answered(handle, clock)
    assert list(snapshot.failures) == ["hooks"]
    assert message in snapshot.failures["hooks"]
    assert settings(snapshot.text).tells_all("rulesets")


@pytest.mark.parametrize("handle", [_dripping, _dripping_headers, _silent], ids=["body", "headers", "nothing"])
def test_slow_answers_are_cut_off(handle: Any, clock: Clock) -> None:
    snapshot = answered(handle, clock, seconds=0.2)
    assert list(snapshot.failures) == ["hooks"]
    assert "within 0.2 seconds" in snapshot.failures["hooks"] or "in time" in snapshot.failures["hooks"]


def test_a_server_that_is_not_there(clock: Clock) -> None:
    with serving({}) as server:
        asking = client(server, clock)
    with pytest.raises(RemoteError, match="cannot be reached"):
        take(asking, "o/r", TODAY, Cache(None, ""), lambda what: None)


def test_the_token_goes_to_no_other_host(clock: Clock) -> None:
    with serving({"hooks": []}) as other, serving({}) as server:
        there = f"{other.url}/hooks"
        server.routes |= routes(
            hooks=lambda request: request.say(302, Location=there),
            keys=lambda request: request.say(200, [], Link=f'<{there}>; rel="next"'),
            collaborators=lambda request: request.say(302, Location=f"http://x@127.0.0.1:{other.server_port}/api/v3/"),
        )
        snapshot = pulled(server, clock)
        assert other.seen == []
        assert {headers["Authorization"] for _, headers in server.seen} == {f"Bearer {CANARY}"}
    assert list(snapshot.failures) == ["hooks", "keys", "collaborators"]


def test_a_renamed_repository_is_found(clock: Clock) -> None:
    with serving(routes()) as server:
        server.routes["repos/old/r"] = lambda request: request.say(301, Location="/api/v3/repos/o/r")
        found = take(client(server, clock), "old/r", TODAY, Cache(None, ""), lambda what: None)
    assert found.repository == "o/r"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.github.com",
        "ftp://127.0.0.1",
        "https://",
        "https://user:pass@api.github.com",
        "https://api.github.com?x",
        "https://a b",
        "https://x:99999",
        "api.github.com",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UsageError):
        Address(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.github.com", "github.com"),
        ("https://api.octo.ghe.com/", "octo.ghe.com"),
        ("https://github.example.com/api/v3", "github.example.com"),
        ("http://localhost:8080", None),
        ("http://[::1]:1", None),
    ],
)
def test_hosts_as_the_program_of_github_knows_them(url: str, host: str | None) -> None:
    assert Address(url).host == host


def test_a_token_shows_itself_to_nobody() -> None:
    value = Token(CANARY)
    said = [repr(value), str(value), f"{value}", f"{value!r:>9}", repr([value]), repr({"a": (value,)})]
    assert not any(CANARY in text for text in said)
    assert not hasattr(value, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(value)
    assert value.hide(f"a {CANARY} b") == "a *** b"


@pytest.mark.parametrize("value", [f"{CANARY}\n", f"{CANARY} {CANARY}", f"{CANARY}\r\nX: y", "é" * 9, "x"])
def test_what_is_no_token_is_not_repeated(value: str) -> None:
    with pytest.raises(UsageError) as raised:
        Token(value)
    assert value not in str(raised.value)
    assert CANARY not in str(raised.value)


def test_where_tokens_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(
        f'#!{sys.executable}\nimport os, sys\nopen({str(seen)!r}, "w").write(repr((sys.argv, '
        'dict(os.environ))))\nprint("gho_ofTheProgram")\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    environment = {"PATH": str(program.parent), "GITHUB_TOKEN": " ", "UNRELATED": "kept"}
    found = token.find("github.com", environment)
    assert found is not None
    assert found.header == "Bearer gho_ofTheProgram"
    assert "'auth', 'token', '--hostname', 'github.com'" in seen.read_text()
    assert "kept" in seen.read_text()
    seen.unlink()
    for name in ("GH_TOKEN", "GITHUB_TOKEN"):
        found = token.find("github.com", {name: CANARY})
        assert found is not None
        assert found.header == f"Bearer {CANARY}"
    found = token.find("github.example.com", {"GITHUB_TOKEN": CANARY, "GH_ENTERPRISE_TOKEN": "other"})
    assert found is not None
    assert found.header == "Bearer other"
    assert not seen.exists()
    assert token.find(None, environment) is None
    monkeypatch.chdir(tmp_path)
    assert token.find("github.com", environment) is None, "a program of the tree under judgement ran"


def files(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


class Pull:
    """The command line, and a server for it."""

    def __init__(self, wflint: Wflint, server: Github) -> None:
        self.wflint = wflint
        self.server = server

    def __call__(self, *arguments: str) -> Outcome:
        return self.wflint.run("settings", "pull", *arguments, "--today", "2026-01-31", "--api-url", self.server.url)


@pytest.fixture
def pull(wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pull]:
    monkeypatch.setenv("GITHUB_TOKEN", CANARY)
    with serving(routes()) as server:
        yield Pull(wflint, server)


def test_pull_writes_the_file_that_check_reads(pull: Pull) -> None:
    outcome = pull("o/r")
    assert (outcome.code, outcome.stdout) == (0, "")
    assert f"the settings of o/r are in {FILE}" in outcome.stderr
    assert "\r" not in outcome.stderr
    assert is_whole(FILE.read_text(), "O/R")
    assert pull("o/r", "--output", "-").stdout == FILE.read_text()
    assert sorted(path.name for path in FILE.parent.iterdir()) == [FILE.name]


def test_pull_of_nothing_leaves_the_file_alone(pull: Pull) -> None:
    pull("o/r")
    before = FILE.read_bytes()
    outcome = pull("o/other")
    assert (outcome.code, "no repository `o/other` (status 404)" in outcome.stderr) == (2, True)
    pull.server.routes["repos/o/r"] = refusal(401, "Bad credentials")
    outcome = pull("o/r")
    assert (outcome.code, "does not accept the token" in outcome.stderr) == (2, True)
    pull.server.routes["repos/o/r"] = refusal(403, "API rate limit exceeded", Retry_After="99")
    outcome = pull("o/r", "--wait", "5")
    assert (outcome.code, "rate limit is used up until" in outcome.stderr) == (3, True)
    assert FILE.read_bytes() == before


def test_what_failed_is_said_and_the_rest_is_written(pull: Pull) -> None:
    pull.server.routes["repos/o/r/keys"] = lambda request: request.say(200, b"{")
    outcome = pull("o/r")
    assert (outcome.code, "keys could not be read: the answer is no JSON" in outcome.stderr) == (3, True)
    assert not is_whole(FILE.read_text(), "o/r")
    assert "rulesets/42" in json.loads(FILE.read_text())["sections"]


def test_what_check_could_not_read_is_said(pull: Pull) -> None:
    people = [{"id": number, "login": f"p{number}", "role_name": "read"} for number in range(9000)]
    pull.server.routes["repos/o/r/collaborators"] = people
    outcome = pull("o/r")
    assert (outcome.code, "cannot be read again" in outcome.stderr) == (3, True)


@pytest.mark.parametrize(
    "arguments",
    [(), ("o/r", "--org", "o"), ("o",), ("o/r/x",), ("o/..",), ("../r",), ("--org", "o"), ("--org", "..", "-o", "d")],
)
def test_misuse(pull: Pull, arguments: tuple[str, ...]) -> None:
    outcome = pull(*arguments)
    assert (outcome.code, outcome.stdout, pull.server.seen) == (2, "", [])


def test_without_a_token_it_says_so(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    outcome = pull("o/r")
    assert (outcome.code, "there is no token" in outcome.stderr) == (0, True)
    assert not any("Authorization" in headers for _, headers in pull.server.seen)


def _organization(pull: Pull, *names: str) -> None:
    pull.server.routes["orgs/o/repos"] = page([{"name": name} for name in names])
    for name in names:
        own = routes(**{"": REPOSITORY | {"full_name": f"o/{name}", "name": name}})
        pull.server.routes |= {route.replace("o/r", f"o/{name}", 1): answer for route, answer in own.items()}


def test_an_organization_goes_on_where_it_was_interrupted(pull: Pull) -> None:
    _organization(pull, "a", "b", "c")
    pull.server.routes["repos/o/b"] = refusal(403, "rate limit", Retry_After="9999")
    outcome = pull("--org", "o", "--output", "all")
    assert (outcome.code, files("all")) == (3, ["a.json"])
    _organization(pull, "a", "b", "c")
    pull.server.routes["repos/o/c/hooks"] = refusal(410, "gone")
    pull.server.routes["repos/o/c/keys"] = lambda request: request.say(302, Location="https://evil.example")
    outcome = pull("--org", "o", "--output", "all")
    assert (outcome.code, files("all")) == (3, ["a.json", "b.json", "c.json"])
    assert (pull.server.asked("repos/o/a"), "1 of which were there already" in outcome.stderr) == (1, True)
    _organization(pull, "a", "b", "c")
    assert pull("--org", "o", "--output", "all").code == 0
    assert [pull.server.asked(f"repos/o/{name}") for name in "abc"] == [1, 2, 2]
    assert pull("--org", "o", "--output", "all", "--refresh").code == 0
    assert pull.server.asked("repos/o/a") == 2


def test_one_repository_that_cannot_be_read_does_not_stop_the_others(pull: Pull) -> None:
    _organization(pull, "a", "b")
    pull.server.routes["repos/o/a"] = refusal(404, "Not Found")
    outcome = pull("--org", "o", "--output", "all")
    assert (outcome.code, files("all")) == (3, ["b.json"])
    assert "o/a: GitHub shows no repository" in outcome.stderr


@pytest.mark.parametrize("name", ["../../evil", "..", "a/b", "a\\b", "", None, 3])
def test_no_server_names_the_files(pull: Pull, name: object) -> None:
    pull.server.routes["orgs/o/repos"] = [{"name": name}]
    outcome = pull("--org", "o", "--output", "all")
    assert (outcome.code, Path("all").exists()) == (3, False)


def test_users_are_owners_too(clock: Clock) -> None:
    with serving({"users/me/repos": [{"name": "b"}, {"name": "A"}]}) as server:
        assert organization.repositories(client(server, clock), "me") == ["A", "b"]


def test_the_token_appears_nowhere(pull: Pull, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends back what it was sent, in every part of every kind of answer."""

    def echo(request: Request) -> None:
        request.say(200, [{"id": 1, "title": CANARY, CANARY: [CANARY]}], ETag=f'"{CANARY}"', X_Request=CANARY)

    escaped = "".join(f"\\u{ord(char):04x}" for char in CANARY).encode()
    pull.server.routes |= routes(
        keys=echo,
        collaborators=lambda request: request.say(200, b'[{"login": "' + escaped + b'"}]', ETag='"2"'),
        hooks=refusal(403, f"no: {CANARY}"),
        **{
            "immutable-releases": refusal(500, CANARY),
            "rulesets/42": lambda request: request.say(200, RULESET | {"name": f"##[error]{CANARY}"}, ETag='"3"'),
            "actions/secrets": lambda request: request.say(302, Location=f"https://evil.example/{CANARY}"),
            "actions/variables": lambda request: request.wfile.write(f"{CANARY}\r\n\r\n".encode()),
            "dependabot/secrets": lambda request: request.say(200, f"<{CANARY}>".encode()),
        },
    )
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    said = "".join(f"{outcome.stdout}{outcome.stderr}" for outcome in (pull("o/r"), pull("o/r", "-o", "-")))
    assert "could not be read" in said
    assert CANARY not in said
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.name for path in written} >= {".github", "github"}
    for path in written:
        content = path.read_bytes()
        assert CANARY.encode() not in content
        assert escaped not in content
    pull.server.routes["repos/o/r"] = lambda request: request.wfile.write(f"{CANARY}\r\n\r\n".encode())
    asking = Client(Address(pull.server.url), Token(CANARY), waiting=Waiting(0, lambda seconds: None))
    with pytest.raises(RemoteError) as raised:
        take(asking, "o/r", TODAY, Cache(None, ""), lambda what: None)
    told = "".join(traceback.TracebackException.from_exception(raised.value, capture_locals=True).format())
    assert CANARY not in told
