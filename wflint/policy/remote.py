"""Packs of another repository: pinned by commit and by digest, fetched once, then read without the network.

```yaml
extends:
  - github:acme/policies//packs/base.yaml@<commit, 40 digits>#<SHA-256 of the file, 64 digits>
```

`wflint policy fetch` puts the file below `.wflint/packs/`, to be committed; its name is its digest, and a file that is
not what its name says is refused.
"""

from __future__ import annotations

import re
from typing import NamedTuple

PREFIX = "github:"
FOLDER = ".wflint/packs"

_FORM = re.compile(
    r"github:(?P<repository>[A-Za-z0-9._-]+/[A-Za-z0-9._-]+)//(?P<path>[^@#\s]+\.ya?ml)"
    r"@(?P<commit>[0-9a-f]{40})(?:\#(?P<digest>[0-9a-f]{64}))?"
)


class Remote(NamedTuple):
    """A reference to a pack in another repository."""

    repository: str
    """`owner/name`."""
    path: str
    commit: str
    digest: str | None
    """None while it has not been fetched."""

    @classmethod
    def parse(cls, text: str) -> Remote | None:
        """Return the reference; None for a text that is none, such as one that follows a branch."""
        match = _FORM.fullmatch(text)
        if match is None or ".." in match["path"].split("/") or match["path"].startswith("/"):
            return None
        return cls(match["repository"], match["path"], match["commit"], match["digest"])

    def __str__(self) -> str:
        pinned = f"#{self.digest}" if self.digest else ""
        return f"{PREFIX}{self.repository}//{self.path}@{self.commit}{pinned}"

    @property
    def file(self) -> str:
        """Where its copy is, from the repository's root."""
        return f"{FOLDER}/{self.digest}.yaml"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
