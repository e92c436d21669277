"""Earlier answers about a repository, so that GitHub need only say that nothing has changed, which costs no quota.

https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

_VERSION = 1
_LARGEST = 32 * 1024 * 1024
_PRIVATE = 0o600


class Entry(NamedTuple):
    """An answer: its tag, the address of its next page, and the part of its body that a snapshot keeps."""

    etag: str
    next: str | None
    body: Any


class Cache:
    """The answers of one repository, in one file that only its owner may read.

    What was not asked for again is dropped when it is saved. A file that is no cache is an empty one, and one that
    cannot be written is none. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._file = folder / f"{sha256(name.encode()).hexdigest()}.json" if folder is not None else None
        self._before = _read(self._file) if self._file is not None else {}
        self._now: dict[str, Entry] = {}

    def get(self, url: str) -> Entry | None:
        """Return the answer for an address."""
        return self._now.get(url) or self._before.get(url)

    def put(self, url: str, entry: Entry) -> None:
        """Keep an answer."""
        self._now[url] = entry

    def save(self) -> None:
        """Write the answers, all or none of them."""
        if self._file is None or not self._now:
            return
        temporary = self._file.with_suffix(f".{os.urandom(8).hex()}.tmp")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
            with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 - a path sets its mode too late
                json.dump({"version": _VERSION, "answers": self._now}, file)
            temporary.replace(self._file)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def folder() -> Path:
    """Return where answers are kept: below the person's own cache directory."""
    from platformdirs import user_cache_path

    return user_cache_path("wflint", appauthor=False) / "github"


def _read(file: Path) -> dict[str, Entry]:
    try:
        if file.stat().st_size > _LARGEST:
            return {}
        data = json.loads(file.read_text(encoding="ascii"))
        if data["version"] != _VERSION:
            return {}
        found = {url: Entry(*entry) for url, entry in data["answers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {
        url: entry for url, entry in found.items() if isinstance(entry.etag, str) and isinstance(entry.next, str | None)
    }
