"""What is wrong with a text that no parser accepts, in words that help to mend it."""

from __future__ import annotations

import re
from typing import Any

from wflint.source.source import Problem
from wflint.source.span import Span

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_QUOTE = "Put the value in quotes."

# What libyaml says, what we say of it, what to do; the first one found in its message counts.
_SAYINGS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A `:` stands where no key can be.",
        "Put the value in quotes if the `:` belongs to it; otherwise check this line's indentation and the one above.",
    ),
    (
        "could not find expected ':'",
        "This line is neither a `key: value` nor part of the value above.",
        "Add the `:` with a blank after it, or check the indentation and the quotes above.",
    ),
    (
        "did not find expected key",
        "The indentation or the text here fits none of the mappings above.",
        "Align the line with the keys it belongs to; look for a stray quote or text behind a closing quote.",
    ),
    (
        "did not find expected '-' indicator",
        "A list ends here without its lines being aligned.",
        "Align every `-` of the list, and keep keys out of it.",
    ),
    (
        "block sequence entries are not allowed",
        "A list cannot start on this line.",
        "Start the `-` on a line of its own, below the key.",
    ),
    ("mapping keys are not allowed", "A key cannot stand here.", _QUOTE),
    (
        "unknown escape character",
        "Inside double quotes this backslash means nothing to YAML.",
        "Write `\\\\` for a backslash, or use single quotes.",
    ),
    (
        "hexdecimal number",
        "This escape lacks hexadecimal digits.",
        "Write `\\\\` for a backslash, or use single quotes.",
    ),
    (
        "Unicode character escape code",
        "This escape names no character.",
        "Write the character itself.",
    ),
    (
        "unexpected document indicator",
        "The quote is still open where `---` or `...` starts a new document.",
        "Close the quote.",
    ),
    (
        "alphabetic or numeric character",
        "A value that starts with `*` or `&` is an alias or an anchor, and this is no name for one.",
        _QUOTE,
    ),
    ("undefined tag handle", "A value that starts with `!` is a tag, and this one is not defined.", _QUOTE),
    ("expected comment or line break", "After `|` or `>` nothing but a comment may follow.", "Start the text below."),
    ("indentation indicator equal to 0", "The indentation after `|` or `>` must be 1 to 9.", "Leave the number out."),
    ("<document start>", "The document is over here, yet text follows.", "Indent what belongs to the value above."),
    ("unexpected ':'", "Inside brackets a `:` must have a blank after it.", _QUOTE),
    ("violates indentation", "A tab is used for indentation.", "Indent with blanks."),
    ("incompatible YAML document", "This version of YAML is not known.", "Remove the %YAML line."),
    ("%YAML directive", "The %YAML line is given twice.", "Remove one."),
    ("%TAG directive", "The %TAG line is given twice.", "Remove one."),
    ("node content", "A value is missing here.", "Write a value, or put the character in quotes."),
)


def bad_character(text: str) -> Problem:
    """Return the problem of a text that holds a character YAML does not allow."""
    found = _BAD.search(text)
    if found is None:
        return Problem("syntax", "The file holds a character that YAML does not allow.")
    code = ord(found[0])
    name = {0: " (NUL)", 0x1B: " (ESC)", 0x7F: " (DEL)"}.get(code, "")
    what = "half of a surrogate pair" if 0xD800 <= code <= 0xDFFF else "a control character"
    if code >= 0xFFFE:
        what = "not a character"
    return Problem(
        "syntax",
        f"U+{code:04X}{name} is {what}; YAML does not allow it.",
        Span(*found.span()),
        "Remove it.",
    )


def explain(error: Any, text: str, shift: int) -> Problem:
    """Return the problem that an error of libyaml or ruamel tells of; `shift` is added to its indexes."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return bad_character(text)
    at = min(mark.index + shift, len(text))
    context = getattr(error, "context_mark", None)
    opened = min(context.index + shift, len(text)) if context is not None else at
    said = f"{error.problem}"
    char = text[at : at + 1]
    if said.startswith("found character") and "start any token" in said:
        if char == "\t":
            return _problem(text, "A tab is used for indentation.", at, "Indent with blanks.")
        return _problem(text, f"A value cannot start with `{char}`.", at, _QUOTE)
    if "quoted scalar" in f"{error.context}" and "end of stream" in said:
        return _problem(text, "The quote that opens here is never closed.", opened, f"Close it with `{text[opened]}`.")
    if "did not find expected ','" in said:
        closing = "]" if "']'" in said else "}"
        return _problem(
            text,
            "The bracket that opens here is not closed where it should be.",
            opened,
            f"Close it with `{closing}` and put a `,` between its values; "
            "a value that starts with a bracket, such as `${{ … }}` between others, wants quotes.",
        )
    if "did not find expected key" in said and text[:at].rstrip(" \t").endswith(('"', "'", "]", "}")):
        return _problem(
            text, "The value ends at the quote or bracket before this text.", at, "Put the whole value in quotes."
        )
    if "node content" in said and not text[at:].strip():
        return _problem(text, "The file ends before the value does.", at, "Close the bracket that is still open.")
    for words, message, hint in _SAYINGS:
        if words in said:
            if words == "could not find expected ':'":
                at = opened
            return _problem(text, message, at, hint)
    return _problem(
        text, "This is not YAML.", at, "Check the quotes, brackets and indentation here and on the line above."
    )


def _problem(text: str, message: str, at: int, hint: str) -> Problem:
    return Problem("syntax", message, Span(at, min(at + 1, len(text))), hint)
