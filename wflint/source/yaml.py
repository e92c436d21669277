"""Text to document: YAML 1.2, and JSON with it.

libyaml's event stream is the fast path. It speaks YAML 1.1 in places, so what it refuses is read again, as JSON if the
text looks like JSON, then by ruamel's own YAML 1.2 parser, before it is called an error.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from typing import Any

from wflint.source.compose import Limits, Reading, Refused, compose
from wflint.source.document import Document
from wflint.source.node import Scalar
from wflint.source.source import Kind, Problem, Source
from wflint.source.span import Span
from wflint.source.syntax import bad_character, explain

__all__ = ["GITHUB", "Limits", "parse"]

STRICT: frozenset[Kind] = frozenset({"workflow", "action"})
"""The kinds that GitHub reads with its own reader, which knows less of YAML than others do."""

_SECOND_OPINION = 100_000
"""How many characters are read again when libyaml refuses: ruamel's parser takes about 4 seconds for a million."""

GITHUB = Limits()

_TAG_DIRECTIVES = 100
"""How many %TAG directives are too many: libyaml compares each with all before it."""

_FOREIGN_BREAKS = "\x85\u2028\u2029"
"""Line breaks in YAML 1.1, characters like others in YAML 1.2 and for GitHub."""

_BOM = "\ufeff"


def parse(source: Source, limits: Limits = GITHUB) -> Document:
    """Return the document of a source; what is wrong with the text is in its `problems`.

    Never raises for a text, whatever is in it, and takes time in proportion to it at most.
    """
    document = Document(source)
    if source.problem is not None:
        return document
    if len(source.text) > limits.characters:
        message = f"The file is longer than {limits.characters:,} characters; GitHub reads no more."
        document.problems.append(Problem("syntax", message, hint="Split the file."))
        return document
    collecting = gc.isenabled()
    # A tree is all survivors and no garbage: looking for some while it grows doubles the time that parsing takes.
    gc.disable()
    try:
        reading = _read(document, limits)
    except Refused as refused:
        document.problems.append(refused.problem)
        return document
    finally:
        if collecting:
            gc.enable()
    document.problems += sorted(reading.problems, key=lambda problem: problem.span)
    strict = source.kind in STRICT
    if strict and (not reading.roots or (isinstance(reading.roots[0], Scalar) and reading.roots[0].value is None)):
        document.problems.append(
            Problem("syntax", "The file is empty.", hint=f"Write the {source.kind}, or delete it.")
        )
        return document
    document.roots = reading.roots
    document.aside = reading.aside
    document.root = reading.roots[0] if reading.roots else None
    return document


def _read(document: Document, limits: Limits) -> Reading:
    """Return what the first parser that accepts the text makes of it; raise Refused with the first one's complaint."""
    from _ruamel_yaml import CParser
    from ruamel.yaml.error import YAMLError

    text = document.text
    strict = document.kind in STRICT
    shift = 0
    table = None
    if not text.isascii():
        if text.startswith(_BOM):
            # libyaml drops the mark without counting it.
            shift = 1
            text = text[1:]
        if any(char in text for char in _FOREIGN_BREAKS):
            text, table = _stand_in(text)
    if text.startswith("%") or "\n%" in text:
        _check_directives(document.text)

    def read(next_event: Callable[[], Any]) -> Reading:
        return compose(document, next_event, limits, strict=strict, shift=shift, table=table)

    try:
        return read(CParser(text).get_event)
    except UnicodeEncodeError:
        raise Refused(bad_character(document.text)) from None
    except YAMLError as error:
        complaint = explain(error, document.text, shift)

    for events in (_json_events, _pure_events):
        try:
            return read(events(text).__next__)
        except Refused:
            raise
        except Exception:  # noqa: S112 - whatever ails a second opinion, the first one stands
            continue
    raise Refused(complaint)


def _json_events(text: str) -> Iterator[Any]:
    from wflint.source.json_events import events

    return events(text)


def _pure_events(text: str) -> Iterator[Any]:
    """Return the events of ruamel's own YAML 1.2 parser."""
    from ruamel.yaml import YAML

    if len(text) > _SECOND_OPINION:
        raise ValueError("too long for the slow parser")
    for event in YAML(typ="safe", pure=True).parse(text):
        value = getattr(event, "value", "")
        if not value.isascii():
            # Escaped surrogates come out one by one; a half without the other raises.
            event.value = value.encode("utf-16", "surrogatepass").decode("utf-16")
        yield event


def _stand_in(text: str) -> tuple[str, dict[int, int]]:
    """Return the text with a stand-in for each character that libyaml takes for a line break, and the way back.

    A stand-in occurs nowhere in the text, not even escaped, and is one character as well: offsets stay true.
    """
    used = set(map(ord, text)) | set(_escaped(text))
    free = (code for code in range(0xE000, 0x10FFFE) if code not in used and not 0xF900 <= code < 0x10000)
    there = {ord(char): next(free) for char in _FOREIGN_BREAKS}
    return text.translate(there), {code: char for char, code in there.items()}


def _escaped(text: str) -> Iterator[int]:
    for match in re.finditer(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))", text):
        yield int(match[1] or match[2], 16)


def _check_directives(text: str) -> None:
    if text.count("%TAG") > _TAG_DIRECTIVES:
        start = text.index("%TAG")
        raise Refused(Problem("syntax", "There are too many %TAG directives.", Span(start, start + 4), "Remove them."))
