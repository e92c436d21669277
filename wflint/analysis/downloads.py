"""Downloads of a run script: what is fetched, and whether anything looks at it before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from wflint.shell import Command, ShellScript, Word

FETCHERS = frozenset({"curl", "wget"})
INTERPRETERS = frozenset(
    {"bash", "sh", "zsh", "dash", "ksh", "python", "python3", "node", "perl", "ruby", "php", "pwsh", "deno", "bun"}
)
_CHECKERS = frozenset({"cksum", "gpg", "gpgv", "cosign", "minisign", "signify", "rekor-cli", "slsa-verifier", "shasum"})
_SUM = re.compile(r"g?(?:sha\d+|b[23]|md5)sum")
_CODE_OPTIONS = frozenset({"-c", "-e", "-m", "-n", "-ne", "-pe", "-p", "-r", "-E", "--eval"})
_COMMIT = re.compile(r"/[0-9a-f]{40}(?:/|$)")
_NUMBERED = re.compile(r"[/_v-]\d+\.\d")
_OUTPUT = ("-o", "--output", "-O", "--output-document")


class Executed(NamedTuple):
    """A download that is run."""

    fetch: Command
    runner: Command
    url: str | None
    """What is fetched, as far as it is literal; None where no address can be told."""


def executed(script: ShellScript) -> Iterator[Executed]:
    """Yield the downloads that an interpreter gets: by a pipe, a substitution, or a file that is run later."""
    fetched: dict[str, Command] = {}
    for command in script.commands:
        if command.program in FETCHERS:
            runner = next((each for each in _downstream(command) if _reads_program(each)), None)
            if runner is not None:
                yield Executed(command, runner, url(command))
            elif (file := _file(command)) is not None:
                fetched[file] = command
            continue
        for fetch in _substituted(command):
            yield Executed(fetch, command, url(fetch))
        file = _runs(command) if fetched else None
        if file is not None and file in fetched:
            fetch = fetched.pop(file)
            yield Executed(fetch, command, url(fetch))


def checks(script: ShellScript) -> bool:
    """Tell whether a script computes or verifies a checksum or a signature of something."""
    for command in script.commands:
        words = [word.text for word in command.arguments]
        program = command.program or ""
        if program in _CHECKERS or _SUM.fullmatch(program) or (program == "openssl" and words[:1] == ["dgst"]):
            return True
        if program == "gh" and words[:2] == ["attestation", "verify"]:
            return True
    return False


def url(fetch: Command) -> str | None:
    """Return the first address among a fetcher's words, its unknown parts as `*`."""
    for word in fetch.arguments:
        text = word.shape.replace("\0", "*")
        if "://" in text:
            return text
    return None


def is_versioned(address: str) -> bool:
    """Tell whether an address names a version, or may where a part of it is not known: what is there seldom changes."""
    return "*" in address or _NUMBERED.search(address) is not None


def is_immutable(address: str) -> bool:
    """Tell whether an address names a whole commit, so that what is there cannot change."""
    return urlsplit(address).scheme == "https" and _COMMIT.search(address) is not None


def _downstream(command: Command) -> list[Command]:
    """Return the commands that get its output by pipes, at once or after others changed it."""
    found: list[Command] = list(command.consumers)
    seen = {id(each) for each in found}
    for each in found:
        new = [further for further in each.consumers if id(further) not in seen]
        seen.update(id(further) for further in new)
        found += new
    return found


def _reads_program(command: Command) -> bool:
    """Tell whether a command runs what comes by its standard input."""
    if command.program not in INTERPRETERS:
        return False
    for word in command.arguments:
        text = word.shape
        if text in ("-", "-s", "/dev/stdin"):
            return True
        if text in _CODE_OPTIONS or not text.startswith(("-", "+")):
            return False
    return True


def _substituted(command: Command) -> Iterator[Command]:
    """Yield the fetchers whose output is a program of the command: `bash <(curl …)`, `sh -c "$(curl …)"`, `eval`."""
    if command.program in ("eval", "source", "."):
        words = command.arguments
    elif command.program in INTERPRETERS:
        words = command.arguments
        texts = [word.shape for word in words]
        at = next((index for index, text in enumerate(texts) if text in _CODE_OPTIONS), None)
        if at is None:
            at = next((index - 1 for index, text in enumerate(texts) if not text.startswith("-")), None)
        words = words[at + 1 : at + 2] if at is not None else []
    else:
        return
    for word in words:
        if not _is_only_substitution(word):
            continue
        for substitution in word.substitutions:
            yield from (each for each in substitution.commands if each.program in FETCHERS and not each.consumers)


def _is_only_substitution(word: Word) -> bool:
    return bool(word.substitutions) and not "".join(word.pieces).strip()


def _file(fetch: Command) -> str | None:
    """Return the file that a fetcher writes; None where it is not known."""
    words = fetch.arguments
    outputs = _OUTPUT[:2] if fetch.program == "curl" else _OUTPUT[2:]
    for word, following in pairwise(words):
        if word.text in outputs or ((word.text or "").startswith("-") and (word.text or "")[-1:] == outputs[0][1:]):
            return _name(following.text)
    if fetch.stdout is not None:
        return _name(fetch.stdout.target.text) if fetch.stdout.target is not None else None
    address = url(fetch)
    flags = [word.text or "" for word in words]
    remote_name = any(flag == "--remote-name" or re.fullmatch(r"-[a-zA-Z]*O[a-zA-Z]*", flag) for flag in flags)
    if address is None or (fetch.program == "curl" and not remote_name):
        return None
    return _name(address.split("?")[0].rpartition("/")[2])


def _runs(command: Command) -> str | None:
    """Return the file whose program a command is or interprets."""
    if command.name is None:
        return None
    if command.program in INTERPRETERS or command.program in ("source", "."):
        words = command.arguments
        word = next((word for word in words if not word.shape.startswith("-")), None)
        if any(word.text in _CODE_OPTIONS for word in words) or word is None:
            return None
        return _name(word.text)
    name = command.words[-len(command.arguments) - 1].text
    return _name(name) if name is not None and "/" in name else None


def _name(path: str | None) -> str | None:
    return path.removeprefix("./") or None if path and path not in ("-", "/dev/null", "/dev/stdout") else None
