"""`wflint policy fetch`."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from wflint.cli.terminal import say
from wflint.errors import RemoteError, UsageError
from wflint.policy.remote import Remote, digest
from wflint.readers.github import token
from wflint.readers.github.address import GITHUB, Address
from wflint.readers.github.cache import Cache
from wflint.readers.github.client import Client
from wflint.report import output


@click.command("fetch")
@click.argument("reference")
@click.option(
    "--root",
    default=".",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The repository that keeps the copy.",
)
@click.option(
    "--api-url",
    envvar="GITHUB_API_URL",
    default=GITHUB,
    show_default=True,
    metavar="URL",
    help="The API of your GitHub.",
)
def command(reference: str, root: Path, api_url: str) -> None:
    """Fetch the pack of REFERENCE, github:OWNER/REPO//PATH@COMMIT, and keep a copy in the repository.

    What is printed is what to write under `extends`: the reference with the digest of the file. From then on nothing
    is fetched again.
    """
    remote = Remote.parse(reference)
    if remote is None:
        hint = "write github:OWNER/REPO//PATH.yaml@COMMIT with the 40 digits of a commit: a branch or a tag can move"
        raise UsageError(f"`{reference}` names no pack of another repository", hint=hint)
    address = Address(api_url)
    data = _fetch(Client(address, token.find(address.host)), remote)
    found = remote._replace(digest=digest(data))
    if remote.digest not in (None, found.digest):
        raise UsageError("the file is not the one that was pinned", hint=f"its digest is {found.digest}")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{remote.path} is no UTF-8") from None
    target = root / found.file
    target.parent.mkdir(parents=True, exist_ok=True)
    output.to_file(target, [text])
    say(f"the pack is in {target}: commit it")
    click.echo(found)


def _fetch(client: Client, remote: Remote) -> bytes:
    """Return the file as it is in the commit.

    https://docs.github.com/rest/repos/contents#get-repository-content
    """
    route = f"repos/{remote.repository}/contents/{quote(remote.path)}?ref={remote.commit}"
    answer = client.get(route, _content, Cache(None, ""))
    if answer.status != 200 or not isinstance(answer.body, str):
        raise RemoteError(f"GitHub answers with status {answer.status} for {remote}")
    try:
        return base64.b64decode(answer.body)
    except binascii.Error:
        raise RemoteError("the answer holds no file") from None


def _content(body: Any) -> str | None:
    """Keep a file's content of an answer; a folder has none, and one over a megabyte comes without."""
    kept = isinstance(body, dict) and body.get("type") == "file" and body.get("encoding") == "base64"
    content = body.get("content") if kept else None
    return content if isinstance(content, str) and content else None
