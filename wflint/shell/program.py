"""Which program a command really runs, once `sudo`, `env A=b`, `timeout 5` and their like are taken off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wflint.shell.word import HOLE, Word


class Wrapper(NamedTuple):
    """How a program's own words end before those of the program it runs begin."""

    valued: frozenset[str] = frozenset()
    """Options that take the next word."""
    positional: int = 0
    """Words of its own that are not options."""


def _valued(options: str) -> frozenset[str]:
    return frozenset(options.split())


WRAPPERS: dict[str, Wrapper] = {
    "sudo": Wrapper(_valued("-u -g -h -p -C -T -U -D -R -r -t --user --group --host --prompt --chdir --chroot")),
    "doas": Wrapper(_valued("-u -C")),
    "env": Wrapper(_valued("-u -C --unset --chdir")),
    "time": Wrapper(_valued("-o -f --output --format")),
    "nohup": Wrapper(),
    "command": Wrapper(),
    "builtin": Wrapper(),
    "exec": Wrapper(_valued("-a")),
    "coproc": Wrapper(),
    "xargs": Wrapper(
        _valued("-n -P -I -L -d -s -a -E --max-args --max-procs --replace --delimiter --arg-file --max-lines")
    ),
    "timeout": Wrapper(_valued("-k -s --kill-after --signal"), 1),
    "gtimeout": Wrapper(_valued("-k -s --kill-after --signal"), 1),
    "nice": Wrapper(_valued("-n --adjustment")),
    "ionice": Wrapper(_valued("-c -n -p")),
    "stdbuf": Wrapper(_valued("-i -o -e --input --output --error")),
    "setsid": Wrapper(),
    "chronic": Wrapper(),
    "winpty": Wrapper(),
    "xvfb-run": Wrapper(_valued("-e -f -n -p -s -w --server-args --server-num --error-file --auth-file")),
}


def basename(word: Word) -> str | None:
    """Return the last part of a path; None where it is not known."""
    name = word.shape.rsplit("/", 1)[-1]
    return None if HOLE in name or not name else name.removesuffix(".exe")


def program_at(words: Sequence[Word]) -> int:
    """Return the index of the word that names the program really run; the wrapper itself where it wraps nothing."""
    at = 0
    while at < len(words) and (wrapper := WRAPPERS.get(basename(words[at]) or "")) is not None:
        following = _skip(words, at + 1, wrapper)
        if following >= len(words):
            break
        if words[at].shape == "command" and words[at + 1].shape in ("-v", "-V"):
            break
        at = following
    return at


def _skip(words: Sequence[Word], at: int, wrapper: Wrapper) -> int:
    positional = wrapper.positional
    while at < len(words):
        shape = words[at].shape
        if shape == "--":
            at += 1
            break
        if shape.startswith("-") and len(shape) > 1:
            at += 2 if shape in wrapper.valued else 1
        elif _is_assignment(shape):
            at += 1
        elif positional:
            positional -= 1
            at += 1
        else:
            break
    return at + (positional if at < len(words) else 0)


def _is_assignment(shape: str) -> bool:
    name, equals, _ = shape.partition("=")
    return bool(equals) and name.isidentifier()
