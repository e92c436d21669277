"""What `set -e`, `set -x` and `set -o pipefail` leave switched on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_LETTERS = {"e": "errexit", "x": "xtrace", "u": "nounset"}


class Options(NamedTuple):
    """A shell's options at one command."""

    errexit: bool = False
    pipefail: bool = False
    xtrace: bool = False
    nounset: bool = False

    def after(self, arguments: Iterable[str | None]) -> Options:
        """Return the options after `set` with these arguments; None is an argument that is not known."""
        changed: dict[str, bool] = {}
        expects_name: bool | None = None
        for argument in arguments:
            if argument is None or argument == "--":
                break
            if expects_name is not None:
                changed[argument] = expects_name
                expects_name = None
            elif len(argument) > 1 and argument[0] in "-+" and not argument.startswith("--"):
                on = argument[0] == "-"
                changed.update((_LETTERS[letter], on) for letter in argument[1:] if letter in _LETTERS)
                expects_name = on if "o" in argument[1:] else None
            else:
                break
        return self._replace(**{name: on for name, on in changed.items() if name in self._fields})


def options_of(shell: str | None) -> Options:
    """Return the options with which GitHub starts a step's `shell:`.

    None, where nothing is said, is `bash -e`; `bash` is `bash --noprofile --norc -eo pipefail`; `sh` is `sh -e`; a
    custom command line is what it says. Source: "jobs.<job_id>.steps[*].shell" of
    https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax.
    """
    if shell is None or shell.strip() == "sh":
        return Options(errexit=True)
    if shell.strip() == "bash":
        return Options(errexit=True, pipefail=True)
    options = Options()
    words = shell.split()[1:]
    for index, word in enumerate(words):
        if len(word) > 1 and word[0] in "-+" and word[1] != "-":
            options = options.after(words[index : index + 2])
    return options
