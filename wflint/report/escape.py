"""The one place that makes foreign text safe to say.

Everything a report quotes (paths, messages, source lines, rule ids) was written by whoever wrote the files under
judgement. A format puts such text into its output through one of these functions and no other way.
"""

from __future__ import annotations

import json
import re
from typing import Any

LONGEST_MESSAGE = 500
"""Code points of a message that are said."""

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|\n|\r")
_COMMAND_START = re.compile(r"(\s*):(?=:)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+\-!|~$^=]")
_AUTOMATIC_LINK = re.compile(r"@|#(?=\w)|:(?=//)|(?i:www)(?=\.)")
_CODE = re.compile(r"(`+)([^`]+)\1(?!`)")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_SARIF_SPECIAL = re.compile(r"[\[\]\\]")


def _named(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def printable(text: str) -> str:
    r"""Return a text of one line that a terminal, a log and a reader can be shown.

    Control characters (line breaks too), bidirectional controls, invisible characters and lone surrogates become
    `\u{..}`; `##[`, which a runner obeys anywhere in a line, becomes `##\u{5b}`.
    """
    if not (text.isascii() and text.isprintable()):
        text = _HIDDEN.sub(_named, text)
    # A zero-width space would not do: .NET's culture-aware search, which the runner uses, looks through it.
    return text.replace("##[", "##\\u{5b}") if "##[" in text else text


def clipped(text: str, limit: int) -> str:
    """Return a text of at most `limit` code points; `…` stands for what is missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def message(text: str) -> str:
    """Return a finding's or a failure's message, printable and of bounded length."""
    return printable(clipped(text, LONGEST_MESSAGE))


def paragraphs(text: str) -> str:
    """Return a text of several lines, each of them printable; the line breaks are kept as LF."""
    return "\n".join(printable(line) for line in _BREAK.split(text))


def guarded(line: str) -> str:
    """Return a whole line of plain output, so changed that it cannot be a runner's `::command::`."""
    return _COMMAND_START.sub(r"\1\\u{3a}", line, count=1) if _COMMAND_START.match(line) else line


def line(text: str) -> str:
    """Return foreign text, or a line with some in it, as a whole line of plain output."""
    return guarded(printable(text))


def exact(text: str) -> str:
    """Return a text as data for JSON: unchanged, but that lone surrogates, which no JSON text can carry, are named."""
    return text if text.isascii() else _SURROGATE.sub(_named, text)


def dumps(value: Any, indent: int | None = None) -> str:
    r"""Return JSON in printable ASCII that no runner obeys: `##[` is written `##\u005b`. One line unless indented."""
    encoded = json.dumps(value, ensure_ascii=True, allow_nan=False, indent=indent)
    return encoded.replace("##[", "##\\u005b").replace("\x7f", "\\u007f")


def command_data(text: str) -> str:
    """Return printable lines as the data of a workflow command, as actions/toolkit's `escapeData` does.

    See https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """Return a text as a property of a workflow command, printable and as actions/toolkit's `escapeProperty` does."""
    return command_data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def markup(text: str) -> str:
    """Return a text as HTML or XML text or attribute value, printable."""
    return printable(text).translate(_MARKUP)


def code_span(text: str) -> str:
    """Return a text as a Markdown code span; nothing in it is read as Markdown or HTML."""
    text = printable(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} or not text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def markdown(text: str) -> str:
    """Return a printable text as inline Markdown that shows it as it is: no markup, links, mentions or references.

    What the text itself has between backticks becomes a code span.
    """
    parts: list[str] = []
    last = 0
    for match in _CODE.finditer(text):
        parts += _words(text[last : match.start()]), code_span(match[2])
        last = match.end()
    return "".join([*parts, _words(text[last:])])


def _words(text: str) -> str:
    """Escape, and break what GitHub would link by itself with an empty comment, which it drops after linking."""
    escaped = _MARKDOWN.sub(r"\\\g<0>", printable(text).translate(_MARKUP).replace("&#x27;", "'"))
    return _AUTOMATIC_LINK.sub(r"\g<0><!-- -->", escaped)


def sarif_text(text: str) -> str:
    """Return a printable text as a SARIF message without placeholders or links (SARIF 2.1.0, 3.11.5 and 3.11.6).

    Brackets and braces are escaped only where they would be read as a link or a placeholder: GitHub shows the escapes.
    """
    text = _PLACEHOLDER.sub(r"{{\1}}", text)
    return _SARIF_SPECIAL.sub(r"\\\g<0>", text) if "](" in text else text


def sarif_link(text: str, target: int) -> str:
    """Return a printable text as a SARIF link to the related location with an id."""
    words = _SARIF_SPECIAL.sub(r"\\\g<0>", _PLACEHOLDER.sub(r"{{\1}}", text))
    return f"[{words}]({target})"


def runner_commands(output: str) -> list[str]:
    """Return the lines of a text that a GitHub runner would obey as commands.

    It reads lines that end at LF, CRLF or CR, and two grammars: `::command::` after leading blanks, `##[command]`
    anywhere (actions/runner, `src/Runner.Common/ActionCommand.cs`). Invisible characters do not protect.
    """
    found = []
    for line in _BREAK.split(output):
        seen = _HIDDEN.sub("", line).lstrip()
        command = seen.startswith("::") and "::" in seen[2:]
        legacy = "##[" in seen and "]" in seen[seen.index("##[") :]
        if command or legacy:
            found.append(line)
    return found


def stars(credential: str) -> str:
    """Return stars in the place of a credential; blanks and line breaks stay, so that columns do."""
    return re.sub(r"\S", "*", credential)
