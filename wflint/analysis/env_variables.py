"""Edits that hand expressions to a script through its environment instead of pasting them into it.

https://docs.github.com/actions/reference/security/secure-use#use-an-intermediate-environment-variable
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis import insert
from wflint.expression.tree import Name, Property, path
from wflint.model.expression import Expression
from wflint.model.script import Script
from wflint.model.step import RunStep
from wflint.source.edit import Edit

if TYPE_CHECKING:
    from wflint.shell import Command, Word
    from wflint.shell.word import Quoting
    from wflint.source.span import Span

_GIVEN = {
    ("github", "actor"): "GITHUB_ACTOR",
    ("github", "base_ref"): "GITHUB_BASE_REF",
    ("github", "head_ref"): "GITHUB_HEAD_REF",
    ("github", "ref"): "GITHUB_REF",
    ("github", "ref_name"): "GITHUB_REF_NAME",
    ("github", "repository"): "GITHUB_REPOSITORY",
    ("github", "sha"): "GITHUB_SHA",
}
"""What every run has in its environment: https://docs.github.com/actions/reference/workflows-and-actions/variables."""

_OTHER_LANGUAGE = re.compile(
    r"(?:ba|z|da|k|a)?sh|eval|trap|ssh|su|docker|podman|kubectl|x?args|find|jq|yq|php|psql|mysql|sqlite3"
    r"|(?:python|perl|ruby|node|deno|bun|lua|[gmn]?awk)[\d.]*|sed|nix(?:-shell)?|pwsh|powershell|cmd"
)
"""Programs that read a program of their own from their words or input: a variable is no safer there."""
_COPIERS = frozenset({"cat", "tee", "echo", "printf"})


class Handover(NamedTuple):
    """The edits that move a script's expressions to variables."""

    edits: tuple[Edit, ...]
    safe: bool
    """Whether the script does the same for every harmless value."""


def hand_over(script: Script, chosen: Collection[Expression]) -> Handover | None:
    """Return the edits for all of the expressions that can be moved; None when there are none.

    They can where a POSIX shell puts the value in a word of its own text: not in single quotes, in a comment, as the
    name of a command, nor in a program for another interpreter.
    """
    step, parsed = script.step, script.shell_script
    if not isinstance(step, RunStep) or parsed is None or parsed.has_error or not parsed.is_complete:
        return None
    if script.dialects != {"bash"} or step.run.anchor is not None:
        return None
    places = {span: (quoting, sure) for span, quoting, sure in _places(parsed.commands)}
    new: dict[str, str] = {}
    edits: list[Edit] = []
    safe = _is_bash(script)
    for expression in chosen:
        found = places.get(expression.span)
        name = _name(expression) if found is not None else None
        if found is None or name is None or not _fits(script, expression.span):
            continue
        value = f"${{{{ {expression.text.strip()} }}}}"
        known = step.node.at("env", name)
        if not _is_there(expression, name) and (known is None or known.string != value):
            if known is not None or not _is_free(script, name) or new.get(name, value) != value:
                continue
            new[name] = value
        quoting, sure = found
        text = f'"${{{name}}}"' if quoting == "none" else f"${{{name}}}"
        if script.node.style == "double":
            text = text.replace('"', '\\"')
        edits.append(Edit(expression.place.span, text))
        safe = safe and sure
    if new:
        added = insert.entries(step.node, "env", new, beside="run")
        if added is None:
            return None
        edits.append(added)
    return Handover(tuple(edits), safe) if edits else None


def _places(commands: list[Command]) -> Iterator[tuple[Span, Quoting, bool]]:
    """Yield the expressions that a variable can stand for, how they are quoted, and whether the word stays one word."""
    for command in commands:
        if command.kind not in ("command", "assignment", "test") or "nested" in command.inside:
            continue
        program = command.program
        if command.kind == "command" and command.words and (program is None or _OTHER_LANGUAGE.fullmatch(program)):
            continue
        arguments = command.arguments if command.kind == "command" else command.words
        values = [assignment.value for assignment in command.assignments if assignment.value is not None]
        for word in {id(each): each for each in (*arguments, *values)}.values():
            if _is_plain(word, command):
                assigned = any(word is value for value in values)
                for each in word.expressions:
                    if each.quoting in ("none", "double"):
                        yield each.span, each.quoting, each.quoting == "double" or assigned
        heredoc = command.heredoc
        if heredoc is not None and heredoc.expands and program in _COPIERS and not command.consumers:
            for each in heredoc.word.expressions:
                # What it writes to a file may be a program, in which the value is code again.
                yield each.span, "heredoc", command.stdout is None


def _is_plain(word: Word, command: Command) -> bool:
    """Tell whether quotes may be put around a part of a word: not in arithmetic, a pattern or a list."""
    if "((" in word.raw or "${" in word.raw.replace("${{", ""):
        return False
    return command.kind != "test" or word.quoted


def _fits(script: Script, span: Span) -> bool:
    """Tell whether what stands before an expression lets a variable in quotes follow."""
    if span.start == 0:
        return script.node.style in ("literal", "folded")
    return script.text[span.start - 1] not in "\\$"


def _is_bash(script: Script) -> bool:
    """Tell whether the shell is known rather than guessed."""
    runner = script.step.job.runs_on if script.step.job is not None else None
    return script.shell is not None or (runner is not None and bool(runner.systems))


def _name(expression: Expression) -> str | None:
    """Return the variable for an expression that reads one context: its path's last parts, without `github.event`."""
    tree = expression.tree
    if not isinstance(tree, Property):
        return None
    route = path(tree)
    if route is None or "*" in route:
        return None
    if route in _GIVEN:
        return _GIVEN[route]
    if route[0] == "env":
        return _written(expression, tree.name) if isinstance(tree.base, Name) else None
    parts = route[2:] if route[:2] == ("github", "event") and len(route) > 3 else route
    name = re.sub(r"\W", "_", "_".join(parts)).upper()
    return name if name.isascii() and name.isidentifier() else None


def _written(expression: Expression, name: str) -> str | None:
    """Return a variable of the file as it is written there."""
    step, job, workflow = expression.step, expression.job, expression.workflow
    for owner in (step, job, workflow):
        for key in owner.env if owner is not None else ():
            if key.lower() == name.lower():
                return key if key.isidentifier() else None
    return None


def _is_there(expression: Expression, name: str) -> bool:
    """Tell whether the environment has the variable already: GitHub's own, or the file's."""
    tree = expression.tree
    route = path(tree) if tree is not None else None
    if route is None:
        return False
    if route in _GIVEN:
        step, job, workflow = expression.step, expression.job, expression.workflow
        return not any(name in owner.env for owner in (step, job, workflow) if owner is not None)
    return route[0] == "env"


def _is_free(script: Script, name: str) -> bool:
    """Tell whether nothing in the script or around it has the name."""
    job, workflow = script.step.job, script.step.workflow
    taken = any(name in owner.env for owner in (job, workflow) if owner is not None)
    return not taken and re.search(rf"\b{name}\b", script.text) is None
