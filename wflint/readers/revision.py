"""Files as they are in a git revision, whatever the work tree has made of them."""

from __future__ import annotations

import os
from pathlib import Path

from wflint.errors import UsageError
from wflint.readers import git
from wflint.readers.decode import LIMIT, decode
from wflint.readers.file import leads_out, unreadable
from wflint.source.source import Kind, Source

_LINK = b"120000"


class Revision:
    """A commit of a repository.

    Raises UsageError when the revision does not name a commit that the clone has: there is no falling back to the work
    tree.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        found = (
            None if name.startswith("-") else git.run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        )
        if not found:
            hint = f"fetch it first: `git fetch --depth=1 origin {name}`, or check out with `fetch-depth: 0`"
            raise UsageError(f"`{name}` is no commit that this clone has", hint=hint)
        self.commit = found.decode("ascii").strip()
        prefix = git.run(root, "rev-parse", "--show-prefix")
        self._prefix = os.fsdecode(prefix or b"").rstrip("\n")

    def find(self, name: str, kind: Kind = "file") -> Source | None:
        """Return a file as it was in the commit; None when there was none of that name."""
        if leads_out(name):
            return unreadable(name, kind, "the path leads out of the repository")
        entry = git.run(self.root, "ls-tree", "-z", "--full-tree", self.commit, "--", f"{self._prefix}{name}")
        if not entry:
            return None
        mode, what, blob = entry.split(b"\t")[0].split(b" ")
        if what != b"blob" or mode == _LINK:
            return unreadable(name, kind, f"it is no regular file in {self.name}")
        size = git.run(self.root, "cat-file", "-s", blob.decode("ascii"))
        if size is None or int(size) > LIMIT:
            return unreadable(name, kind, f"it is too large in {self.name}")
        data = git.run(self.root, "cat-file", "blob", blob.decode("ascii"))
        if data is None:
            return unreadable(name, kind, f"git cannot read it in {self.name}")
        return Source(name, kind, *decode(data))

    def names(self, folder: str) -> list[str]:
        """Return the files of the commit below a folder."""
        where = f"{self._prefix}{folder}/"
        listed = git.run(self.root, "ls-tree", "-rz", "--name-only", "--full-tree", self.commit, "--", where) or b""
        return [os.fsdecode(name).removeprefix(self._prefix) for name in listed.split(b"\0") if name]
