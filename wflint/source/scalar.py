"""What a scalar's text means, and where each of its characters is written."""

from __future__ import annotations

import re

from wflint.source.node import Scalar

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START = frozenset("0123456789+-.")
_DIGITS = 4000
"""How many digits a number may have: Python refuses to read longer ones, so they stay text."""

_BLANKS = re.compile(r"[ \t\r\n]+")
_BREAK = re.compile(r"\r\n|\r|\n")
_FLOW_TOKEN = {
    "plain": re.compile(r"[^ \t\r\n]+"),
    "single": re.compile(r"[^ \t\r\n']+"),
    "double": re.compile(r"[^ \t\r\n\\]+"),
}
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_ESCAPE_LENGTH = {"x": 4, "u": 6, "U": 10}
_HEADER = re.compile(r"[|>][-+0-9]*[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CONTENT = re.compile(r"^( *)[^ \n]", re.MULTILINE)
_LINE = re.compile(r"( *)([^\r\n]*)(\r\n|\r|\n|\Z)")


def core_value(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

    Only `true` and `false`, in three spellings, are booleans: `on`, `off`, `yes` and `no` are text.
    """
    if text[:1] not in _NUMERIC_START:
        return _CONSTANTS.get(text, text) if len(text) <= 5 else text
    if len(text) > _DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text[2:], {"o": 8, "x": 16}[text[1]]) if text[1:2] in ("o", "x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    special = _SPECIAL.fullmatch(text)
    if special is None:
        return text
    return float("nan") if special[1] is None else float(special[1] + "inf")


def offsets(scalar: Scalar) -> list[int]:
    """Return where in the document each character of a scalar's text is written, and at last where the text ends.

    A blank or line break that folding made stands for the line break it came from; an escape counts from its backslash.
    """
    source, text, start, end = scalar.document.text, scalar.text, scalar.start, scalar.end
    if scalar.style in ("literal", "folded"):
        found = _block(source, start, text, folded=scalar.style == "folded")
        last = found[-1] if found else end - 1
        found.append(last + (2 if source.startswith("\r\n", last) else 1))
    elif scalar.style == "plain":
        found = list(range(start, end + 1)) if len(text) == end - start else [*_flow(source, start, end, "plain"), end]
    else:
        found = [*_flow(source, start + 1, end - 1, scalar.style), end - 1]
    # An alias that leads nowhere and a key that is no scalar have a text of their own: their ends are what is known.
    return found if len(found) == len(text) + 1 else [*([start] * len(text)), end]


def _flow(source: str, at: int, end: int, style: str) -> list[int]:
    """Return the offsets of a plain or quoted scalar's characters, `at` and `end` being inside the quotes."""
    found: list[int] = []
    ordinary = _FLOW_TOKEN[style]
    while at < end:
        token = ordinary.match(source, at, end)
        if token is not None:
            found.extend(range(at, token.end()))
            at = token.end()
        elif source[at] == "'":
            found.append(at)
            at += 2
        elif source[at] != "\\":
            at = _fold(source, at, end, found)
        elif source[at + 1] in "\r\n":
            # An escaped line break joins lines without a blank; empty lines after it still count.
            blanks = _BLANKS.match(source, at + 1, end)
            stop = blanks.end() if blanks else end
            found.extend(match.start() for match in list(_BREAK.finditer(source, at + 1, stop))[1:])
            at = stop
        else:
            found.append(at)
            pair = _SURROGATES.match(source, at, end)
            at = pair.end() if pair else at + _ESCAPE_LENGTH.get(source[at + 1], 2)
    return found


def _fold(source: str, at: int, end: int, found: list[int]) -> int:
    """Add what a run of blanks and line breaks folds to, and return its end."""
    blanks = _BLANKS.match(source, at, end)
    stop = blanks.end() if blanks else end
    breaks = [match.start() for match in _BREAK.finditer(source, at, stop)]
    if not breaks:
        found.extend(range(at, stop))
    else:
        found.extend(breaks[1:] or breaks)
    return stop


def _block(source: str, start: int, text: str, *, folded: bool) -> list[int]:
    """Return the offsets of a block scalar's characters."""
    header = _HEADER.match(source, start)
    if header is None or not text:
        return []
    indent = _indent(source, header.end(), text)
    found: list[int] = []
    breaks: list[int] = []
    indented = True
    for line in _LINE.finditer(source, header.end()):
        blanks, rest, _ = line.groups()
        if rest or len(blanks) > indent:
            was_indented, indented = indented, len(blanks) > indent or rest.startswith("\t")
            if folded and len(breaks) > 1 and not indented and not was_indented:
                del breaks[0]
            found += breaks
            breaks = []
            found.extend(range(line.start() + indent, line.end(2)))
        breaks.append(line.end(2))
        if len(found) + len(breaks) >= len(text) and not text[len(found) :].strip("\n"):
            break
    return (found + breaks)[: len(text)]


def _indent(source: str, at: int, text: str) -> int:
    """Return how many blanks YAML took from each line: those of the first line with content that the text lacks."""
    content = _CONTENT.search(text)
    widest = 0
    for line in _LINE.finditer(source, at):
        if line[2]:
            if content is not None:
                return len(line[1]) - len(content[1])
            break
        widest = max(widest, len(line[1]))
        if line.end() == len(source):
            break
    return widest - max(map(len, text.split("\n")))
