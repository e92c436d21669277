"""A program written in a workflow: a `run`, or an action's input that is one.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wflint.lazy import lazy
from wflint.model.expression import Expression
from wflint.model.view import View
from wflint.source.node import Place, Scalar

if TYPE_CHECKING:
    from wflint.model.step import Step
    from wflint.shell import ShellScript

Dialect = Literal["bash", "pwsh", "cmd", "python", "javascript", "other"]

_DIALECTS: dict[str, Dialect] = {
    "bash": "bash",
    "sh": "bash",
    "dash": "bash",
    "ksh": "bash",
    "zsh": "bash",
    "pwsh": "pwsh",
    "powershell": "pwsh",
    "cmd": "cmd",
    "python": "python",
    "python3": "python",
    "node": "javascript",
    "deno": "javascript",
    "bun": "javascript",
}


class Script(View):
    """A text and what runs it."""

    node: Scalar

    def __init__(
        self,
        node: Scalar,
        step: Step,
        *,
        shell: str | None = None,
        shell_node: Scalar | None = None,
        dialects: frozenset[Dialect] = frozenset(),
        input: str | None = None,  # noqa: A002 - the field's own word
    ) -> None:
        super().__init__(node)
        self.step = step
        self.text = node.text
        """The program, expressions still in it."""
        self.shell = shell
        """What was chosen for it, by the step or by defaults, such as `bash` or `perl {0}`; None where nothing was."""
        self.shell_node = shell_node
        """Where it was chosen."""
        self.dialects = dialects
        """Every language it may be read as: without a chosen shell, a job on Linux and Windows has two."""
        self.input = input
        """The action's input that it stands in, in lower case; None for a `run`."""

    @property
    def place(self) -> Place:
        """The key: `run`, or the input's name."""
        return self.node.head

    @property
    def dialect(self) -> Dialect:
        """The language; `bash` stands for all POSIX shells, and goes first where several are possible."""
        for dialect in ("bash", *sorted(self.dialects)):
            if dialect in self.dialects:
                return dialect
        return "other"

    @property
    def errexit(self) -> bool | None:
        """Whether a failing command ends a POSIX script; None for other languages."""
        if self.dialect != "bash":
            return None
        words = (self.shell or "").split()
        return len(words) < 2 or _has_flag(words, "e", "errexit")

    @property
    def pipefail(self) -> bool | None:
        """Whether a failing command ends a pipeline of a POSIX script; None for other languages.

        `shell: bash` runs with pipefail, the default shell, which is bash too, without.
        """
        if self.dialect != "bash":
            return None
        words = (self.shell or "").split()
        return words == ["bash"] or "pipefail" in words

    @lazy
    def shell_script(self) -> ShellScript | None:
        """The program, parsed; None for other languages than those of POSIX shells."""
        if self.dialect != "bash":
            return None
        from wflint import shell

        return shell.parse(self.text, shell.options_of(self.shell))

    def place_of(self, start: int, end: int) -> Place:
        """Return the place of a range of `text`."""
        return self.node.part(start, end)

    @lazy
    def expressions(self) -> list[Expression]:
        """The `${{ … }}` pasted into the program before it runs."""
        return [expression for expression in self.step.expressions if expression.scalar is self.node]


def dialect_of(shell: str) -> Dialect:
    """Return the language that a shell's command line runs."""
    words = shell.split()
    name = words[0].replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe") if words else ""
    if name == "env" and len(words) > 1:
        name = words[1]
    return _DIALECTS.get(name, "other")


def _has_flag(words: list[str], letter: str, name: str) -> bool:
    return name in words or any(
        word.startswith("-") and not word.startswith("--") and letter in word for word in words[1:]
    )
