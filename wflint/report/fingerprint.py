"""What tells one finding from another when lines move."""

from __future__ import annotations

from array import array
from collections import Counter
from hashlib import sha256
from operator import mul
from sys import byteorder

from wflint.report.sources import Sources
from wflint.rule.finding import Finding

_WINDOW = 100
_POWERS = [pow(37, _WINDOW - 1 - index, 1 << 64) for index in range(_WINDOW)]
_UTF16 = f"utf-16-{byteorder[0]}e"


class LineHashes:
    """GitHub's `primaryLocationLineHash` for the lines of a text.

    The same values as the code scanning uploader's (github/codeql-action, `src/fingerprints.ts`): a polynomial hash of
    the 100 UTF-16 units that follow the line's start, blanks left out, line breaks as LF, 65535 at the end of the text,
    zeros after it; then the number of times that hash came up so far.
    """

    def __init__(self, text: str) -> None:
        kept = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
        units = f"{kept}\uffff".encode(_UTF16, "surrogatepass")
        # Lines share a hash when they share a window, so only the hashes that are asked for are ever computed.
        self._windows: list[bytes] = []
        self._seen: list[int] = []
        self._times: dict[bytes, int] = {}
        start = 0
        for line in kept.split("\n"):
            window = units[start : start + 2 * _WINDOW]
            start += 2 * len(line) + 2 if line.isascii() else len(line.encode(_UTF16, "surrogatepass")) + 2
            self._windows.append(window)
            number = self._times[window] = self._times.get(window, 0) + 1
            self._seen.append(number)

    def __len__(self) -> int:
        return len(self._windows)

    def hash(self, line: int, again: int = 0) -> str:
        """Return the hash of a line, counted from 1.

        `again` numbers further findings on the same line: they go on counting where the text's own lines end.
        """
        window = self._windows[line - 1]
        value = sum(map(mul, array("H", window), _POWERS)) & 0xFFFF_FFFF_FFFF_FFFF
        number = self._times[window] + again if again else self._seen[line - 1]
        return f"{value:x}:{number}"


class Fingerprints:
    """Hands out fingerprints that are unique within a report. Lives as long as one rendering."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._hashes: dict[str, LineHashes] = {}
        self._given: Counter[str] = Counter()

    def own(self, finding: Finding) -> str:
        """Return wflint's fingerprint: rule, path, route, the value as written without its blanks, and a number."""
        location = finding.location
        lines = self._sources.lines(location.path)
        written = "".join(lines.text[location.span.start : location.span.end].split()) if lines else ""
        parts = (finding.rule, location.path, location.route, written)
        digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        self._given[digest] += 1
        number = self._given[digest]
        return digest if number == 1 else f"{digest}:{number}"

    def of_line(self, finding: Finding) -> str | None:
        """Return GitHub's fingerprint of the line a finding starts on; None when the text or the line is unknown."""
        path, line = finding.location.path, finding.location.start.line
        lines = self._sources.lines(path)
        if lines is None:
            return None
        if path not in self._hashes:
            self._hashes[path] = LineHashes(lines.text)
        hashes = self._hashes[path]
        if line > len(hashes):
            return None
        first = hashes.hash(line)
        given = f"{finding.rule}\0{path}\0{first.partition(':')[0]}"
        here = f"{given}\0{line}"
        self._given[here] += 1
        if self._given[here] == 1:
            return first
        self._given[given] += 1
        return hashes.hash(line, again=self._given[given])
