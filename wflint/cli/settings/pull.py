"""`wflint settings pull`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import click

from wflint.cli.settings.progress import Progress
from wflint.cli.terminal import complain, say
from wflint.errors import RemoteError, UsageError
from wflint.readers.github import organization, snapshot, token
from wflint.readers.github.address import GITHUB, Address
from wflint.readers.github.cache import Cache, folder
from wflint.readers.github.client import Client, Waiting
from wflint.readers.github.limits import RateLimitError
from wflint.report import output
from wflint.source import yaml
from wflint.source.source import Source

_Taken: TypeAlias = Callable[[str, Progress, int], snapshot.Snapshot]

DEFAULT = Path(".github/wflint-settings.json")
_SILENT = 3
"""After how many repositories in a row that cannot be read there is no use in asking for more."""


@click.command("pull")
@click.argument("repository", required=False, metavar="[OWNER/REPO]")
@click.option("--org", metavar="ORG", help="Every repository of an organization, or of a user.")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help=f"Where to write: {DEFAULT} by default; `-` is standard output; with --org a folder.",
)
@click.option("--refresh", is_flag=True, help="With --org: also those that the folder has already.")
@click.option(
    "--api-url",
    envvar="GITHUB_API_URL",
    default=GITHUB,
    show_default=True,
    metavar="URL",
    help="The API of your GitHub, such as https://github.example.com/api/v3.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0, 86_400),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait, at most and each time, when GitHub's rate limit is used up.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep earlier answers.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True, help="The date to write.")
def command(
    repository: str | None,
    org: str | None,
    target: Path | None,
    refresh: bool,
    api_url: str,
    wait: float,
    no_cache: bool,
    today: datetime | None,
) -> int:
    """Read the settings of OWNER/REPO from GitHub, and write them to a file that `check` reads.

    The token is that of GITHUB_TOKEN or GH_TOKEN, else that of `gh auth token`; it needs read access alone, and what it
    may not see is written down as unknown. Exit code 3: something could not be asked.
    """
    if (repository is None) == (org is None):
        raise UsageError("name a repository, or an organization with `--org`")
    address = Address(api_url)
    credential = token.find(address.host)
    if credential is None:
        say("there is no token in GITHUB_TOKEN or GH_TOKEN, nor one of `gh`: only what everybody sees is read")
    client = Client(address, credential, waiting=Waiting(wait))
    cached = None if no_cache else folder()
    day = (today or datetime.now(UTC)).date()

    def taken(name: str, progress: Progress, done: int) -> snapshot.Snapshot:
        cache = Cache(cached, f"{address}/{name}".lower())
        return snapshot.take(client, name, day, cache, lambda what: progress.show(done, f"{name} {what}"))

    try:
        if org is not None:
            if target is None or str(target) == "-":
                raise UsageError("`--org` wants a folder", hint="name it with `--output DIR`")
            return _organization(client, org, target, refresh, taken)
        assert repository is not None  # noqa: S101 - one of the two was given
        return _repository(repository, target or DEFAULT, taken)
    except RemoteError as error:
        complain(error)
        return 3


def _repository(name: str, target: Path, taken: _Taken) -> int:
    if not organization.is_repository(name):
        raise UsageError(f"`{name}` is no repository", hint="write it as OWNER/REPO")
    with Progress(1) as progress:
        found = taken(name, progress, 0)
    if str(target) == "-":
        output.to_stream(sys.stdout.buffer, [found.text])
    else:
        _write(target, found)
        say(f"the settings of {found.repository} are in {target}: {_tally(found)}")
    return _failures(found)


def _organization(client: Client, org: str, target: Path, refresh: bool, taken: _Taken) -> int:
    if not organization.is_owner(org):
        raise UsageError(f"`{org}` is no organization's name")
    names = organization.repositories(client, org)
    there = code = silent = 0
    with Progress(max(len(names), 1)) as progress:
        for done, name in enumerate(names):
            file = target / f"{name}.json"
            if not refresh and _has(file, f"{org}/{name}"):
                there += 1
                continue
            try:
                found = taken(f"{org}/{name}", progress, done)
            except RateLimitError:
                raise
            except (snapshot.MissingError, RemoteError) as error:
                progress.clear()
                say(f"{org}/{name}: {error.message}")
                code, silent = 3, silent + 1
                if silent == _SILENT:
                    raise RemoteError(
                        f"{silent} repositories in a row gave no answer; the others were not asked"
                    ) from None
                continue
            silent = 0
            _write(file, found)
            progress.clear()
            code = max(code, _failures(found))
    say(f"{len(names)} repositories, {there} of which were there already" if there else f"{len(names)} repositories")
    return code


def _has(file: Path, repository: str) -> bool:
    try:
        return snapshot.is_whole(file.read_text(encoding="utf-8"), repository)
    except (OSError, UnicodeDecodeError):
        return False


def _write(target: Path, found: snapshot.Snapshot) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"its folder cannot be made: {error.strerror}", path=str(target)) from error
    output.to_file(target, [found.text])


def _tally(found: snapshot.Snapshot) -> str:
    hidden = sum(answer.status in (403, 404) for answer in found.answers.values())
    return f"{len(found.answers)} answers, {hidden} of which the token may not see or GitHub does not have"


def _failures(found: snapshot.Snapshot) -> int:
    """Say what is wrong with a snapshot, and return the exit code that this makes."""
    document = yaml.parse(Source(found.repository, "settings", found.text))
    for problem in document.problems:
        say(f"{found.repository}: what was written cannot be read again: {problem.message}")
    for name, why in found.failures.items():
        say(f"{found.repository}: {name} could not be read: {why}")
    return 3 if found.failures or document.problems else 0
