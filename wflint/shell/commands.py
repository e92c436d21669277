"""Syntax tree → simple commands, and the scripts that some of them run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wflint.shell import mask
from wflint.shell.command import Assignment, AssignmentKind, Command, Redirect
from wflint.shell.frame import Frame
from wflint.shell.options import Options
from wflint.shell.redirects import REDIRECTS, RedirectReading
from wflint.shell.word import Word
from wflint.shell.words import EXPANSIONS, Text, leaves, unescape
from wflint.source.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

NESTED_SCRIPTS = 3
"""How deep scripts within scripts are read: `sh -c "bash -c '…'"`."""

SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh"})
WORDS = (
    frozenset(
        {
            "word",
            "number",
            "string",
            "raw_string",
            "ansi_c_string",
            "translated_string",
            "concatenation",
            "extglob_pattern",
            "regex",
            "brace_expression",
            "array",
        }
    )
    | EXPANSIONS
)
_TEST_WORDS = WORDS | {"test_operator", "variable_name"}
_KINDS: dict[str, AssignmentKind] = {"export": "export", "local": "local", "": "plain"}


class CommandReading(RedirectReading):
    """Reads simple commands."""

    def command(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        command = Command(self.span(node))
        own: list[Redirect] = []
        at = self.reserve(command, frame)
        for child in node.children:
            kind = child.type
            if kind == "command_name":
                if child.end_byte > child.start_byte:
                    command.words.append(self.word(child.children[0], frame))
            elif kind == "variable_assignment":
                command.assignments.append(self.assignment(child, frame))
            elif kind in REDIRECTS:
                own += self.redirect(child, frame)
            elif kind != "comment":
                command.words.append(self.word(child, frame))
        command.redirects = [*own, *redirects]
        if not command.words:
            command.kind = "assignment"
        self.finish(command, frame, at)

    def assignments(self, nodes: Sequence[Node], whole: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        command = Command(self.span(whole), "assignment", redirects=list(redirects))
        at = self.reserve(command, frame)
        command.assignments = [self.assignment(each, frame) for each in nodes if each.type == "variable_assignment"]
        self.finish(command, frame, at)

    def assignment(self, node: Node, frame: Frame, how: str = "") -> Assignment:
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        if name is not None and name.type == "subscript":
            name = name.child_by_field_name("name")
        word: Word | None = None
        if value is not None:
            word = self.word(value, frame._replace(is_value=not how))
        elif name is not None:
            word = Word(self.text.span(node.end_byte, node.end_byte), "", "", False, [], [], [])
        appends = any(child.type == "+=" for child in node.children)
        spelled = self.slice(name) if name is not None else ""
        return Assignment(spelled, self.span(node), word, _KINDS.get(how, "declare"), appends)

    def declaration(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read `export`, `declare`, `typeset`, `readonly`, `local`, `unset`."""
        command = Command(self.span(node), redirects=list(redirects))
        at = self.reserve(command, frame)
        how = ""
        for child in node.children:
            kind = child.type
            if kind == "comment":
                pass
            elif not how:
                how = kind
                command.words.append(self.word(child, frame))
            elif kind == "variable_assignment":
                assignment = self.assignment(child, frame, how)
                command.assignments.append(assignment)
            elif kind == "variable_name":
                name = self.slice(child)
                span = self.span(child)
                command.words.append(Word(span, name, name, False, [], [], []))
                if how not in ("unset", "unsetenv"):
                    command.assignments.append(Assignment(name, span, None, _KINDS.get(how, "declare")))
            elif kind in REDIRECTS:
                command.redirects += self.redirect(child, frame)
            else:
                command.words.append(self.word(child, frame))
        self.finish(command, frame, at)

    def test(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read `[ … ]`, `[[ … ]]` and `(( … ))`."""
        command = Command(self.span(node), "test", redirects=list(redirects))
        at = self.reserve(command, frame)
        if node.children:
            command.words.append(self.word(node.children[0], frame))
        command.words += [self.word(each, frame) for each in leaves(node, _TEST_WORDS)]
        self.finish(command, frame, at)

    def bare_redirect(self, node: Node, frame: Frame) -> None:
        """Read a redirection that stands alone: `$(< file)`."""
        redirects = self.redirect(node, frame)
        self.add(Command(self.span(node), "redirect", redirects=redirects), frame)

    def reserve(self, command: Command, frame: Frame) -> int:
        """Give a command its place before those of its substitutions; return how many options stood before."""
        self.shared.commands.append(command)
        command.options = self.shared.options
        command.inside = frame.inside
        command.pipeline = frame.pipeline
        command.stage = frame.stage
        command.alternative = frame.alternative
        command.negated = frame.negated
        command.in_and_list = frame.in_and_list
        command.captured_by = frame.captured_by
        command.substitution_is_value = frame.is_value
        command.is_last = frame.is_last
        if frame.pipeline is not None:
            frame.pipeline.stages[frame.stage].append(command)
        for alternative in frame.alternatives:
            alternative.commands.append(command)
        if frame.captured_by is not None:
            frame.captured_by.commands.append(command)
        return len(self.shared.commands)

    def add(self, command: Command, frame: Frame) -> None:
        self.finish(command, frame, self.reserve(command, frame))

    def finish(self, command: Command, frame: Frame, at: int) -> None:
        """Do what needs the whole command: inherited redirections, variables it reads in, options, nested scripts."""
        command.redirects += frame.redirects
        program = command.program
        if program is None or command.kind != "command":
            return
        if program == "set":
            self.shared.options = command.options.after(word.text for word in command.arguments)
        elif program in ("read", "mapfile", "readarray"):
            command.assignments += [
                Assignment(word.shape, word.span, None, "read")
                for word in command.arguments
                if word.shape.isidentifier()
            ]
        elif program in SHELLS or program == "eval":
            self.nested(command, frame)

    def nested(self, command: Command, frame: Frame) -> None:
        """Read the script that a shell gets as an argument or as its standard input."""
        if self.nesting >= NESTED_SCRIPTS:
            return
        inner = frame._replace(inside=(*frame.inside, "nested"), redirects=tuple(command.redirects), is_value=False)
        options = self.shared.options
        arguments = command.arguments
        if command.program == "eval":
            if len(arguments) == 1:
                self.nested_word(arguments[0], inner)
            self.shared.options = options
            return
        self.shared.options = Options()
        for index, word in enumerate(arguments):
            shape = word.shape
            if shape[:1] in ("-", "+") and not shape.startswith("--"):
                self.shared.options = self.shared.options.after(each.text for each in arguments[index : index + 2])
                if shape[0] == "-" and "c" in shape and index + 1 < len(arguments):
                    self.nested_word(arguments[index + 1], inner)
                    break
        else:
            heredoc = command.heredoc
            if heredoc is not None:
                start, end = heredoc.word.span
                # Its own here-document is not those of the commands in it.
                inner = inner._replace(redirects=tuple(each for each in inner.redirects if each.heredoc is None))
                self.nested_text(heredoc.word, heredoc.word.raw, range(start, end + 1), inner)
        self.shared.options = options

    def nested_word(self, word: Word, frame: Frame) -> None:
        raw = word.raw
        start, end = word.span
        if raw[:1] not in ("'", '"') or raw[-1:] != raw[:1] or len(raw) < 2 or end - start != len(raw):
            return
        if raw[0] == "'":
            if "'" not in raw[1:-1]:
                self.nested_text(word, raw[1:-1], range(start + 1, end), frame)
            return
        pairs = list(unescape(raw[1:-1], "double"))
        text = "".join(char for char, _ in pairs)
        self.nested_text(word, text, [*(start + 1 + offset for _, offset in pairs), end - 1], frame)

    def nested_text(self, word: Word, text: str, places: Sequence[int], frame: Frame) -> None:
        """Read a nested script; what the outer shell substitutes in it was read already, and is a name to the inner."""
        outer = [
            Span(start, end)
            for start, end in (
                (bisect_left(places, each.span.start), bisect_left(places, each.span.end))
                for each in word.substitutions
            )
            if start < end
        ]
        starts = [each.start for each in outer]
        kept: list[Span] = []
        for each in mask.expressions(text):
            at = bisect_right(starts, each.start) - 1
            if at < 0 or each.start >= outer[at].end:
                kept.append(each)
        masks = sorted([*kept, *outer])
        inner = Text(text, masks, places=places, outer=frozenset(outer))
        type(self)(inner, self.shared, self.nesting + 1).script(mask.masked(text, masks), frame)
