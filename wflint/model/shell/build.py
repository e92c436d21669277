"""Syntax tree → commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from wflint.model.shell import grammar, mask
from wflint.model.shell.command import (
    Alternative,
    Assignment,
    Command,
    Heredoc,
    Pipeline,
    Place,
    Redirect,
)
from wflint.model.shell.options import Options
from wflint.model.shell.word import Quoting, Substitution, Word
from wflint.model.shell.words import EXPANSIONS, Enter, Text, WordReader, leaves, unescape
from wflint.source.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

DEPTH = 50
"""How deep statements may nest before the rest is left unread, as YAML may."""

NESTED_SCRIPTS = 3
"""How deep scripts within scripts are read: `sh -c "bash -c '…'"`."""

SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh"})
_REDIRECTS = frozenset({"file_redirect", "herestring_redirect", "heredoc_redirect"})
_WORDS = (
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
_TEST_WORDS = _WORDS | {"test_operator", "variable_name"}
_SKIPPED = frozenset({"comment", "heredoc_body", "heredoc_end", "heredoc_start", "test_operator", "function_name"})


class Frame(NamedTuple):
    """What stands around a statement."""

    inside: tuple[Place, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    """All within which the statement stands, so that each knows its commands."""
    alternative: Alternative | None = None
    negated: bool = False
    in_and_list: bool = False
    captured_by: Substitution | None = None
    is_value: bool = False
    pipeline: Pipeline | None = None
    stage: int = 0
    is_last: bool = False

    def within(self, place: Place) -> Frame:
        return self._replace(inside=(*self.inside, place))


class Shared:
    """What the readers of a script and of the scripts nested in it have in common."""

    __slots__ = ("commands", "depth", "has_error", "is_complete", "options", "pipelines")

    def __init__(self, options: Options) -> None:
        self.commands: list[Command] = []
        self.pipelines: list[Pipeline] = []
        self.options = options
        self.has_error = False
        self.is_complete = True
        self.depth = 0


class Builder:
    """Reads one text's tree. A nested script has its own, with the same `shared`."""

    def __init__(self, text: Text, shared: Shared, nesting: int = 0) -> None:
        self.text = text
        self.shared = shared
        self.nesting = nesting
        self.frame = Frame()

    # Statements

    def script(self, code: str, frame: Frame) -> None:
        """Read the commands of a whole text."""
        root = grammar.tree(code)
        if root is None:
            self.shared.has_error = True
            self.shared.is_complete = False
            return
        self.shared.has_error = self.shared.has_error or root.has_error
        self.statements(root.children, frame)

    def statements(self, nodes: Sequence[Node], frame: Frame) -> None:
        """Read statements that follow each other."""
        last = -1
        if frame.is_last:
            last = max((at for at, node in enumerate(nodes) if node.is_named and node.type != "comment"), default=-1)
            frame = frame._replace(is_last=False)
        for index, node in enumerate(nodes):
            if node.is_named:
                inner = frame._replace(is_last=True) if index == last else frame
                behind = nodes[index + 1].type if index + 1 < len(nodes) else ""
                self.statement(node, inner.within("background") if behind == "&" else inner)

    def statement(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...] = ()) -> None:
        """Read one statement; `redirects` are those written behind it."""
        if self.shared.depth >= DEPTH:
            self.shared.is_complete = False
            return
        self.shared.depth += 1
        kind = node.type
        if kind == "command":
            self.command(node, frame, redirects)
        elif kind == "list":
            self.and_or(node, frame, redirects)
        elif kind == "pipeline":
            self.pipeline(node, self.stages(node), frame, redirects)
        elif kind == "redirected_statement":
            self.redirected(node, frame, redirects)
        elif kind == "variable_assignment":
            self.assignments([node], node, frame, redirects)
        elif kind == "variable_assignments":
            self.assignments(node.named_children, node, frame, redirects)
        elif kind in ("declaration_command", "unset_command"):
            self.declaration(node, frame, redirects)
        elif kind == "negated_command":
            for child in node.named_children:
                self.statement(child, frame._replace(negated=True), redirects)
        elif kind == "test_command":
            self.test(node, frame, redirects)
        elif kind not in _SKIPPED:
            self.compound(node, frame._replace(redirects=(*redirects, *frame.redirects)))
        self.shared.depth -= 1

    def compound(self, node: Node, frame: Frame) -> None:
        """Read a statement that holds others; what it redirects, it redirects for all of them."""
        kind = node.type
        if kind in ("if_statement", "elif_clause"):
            self.conditional(node, frame, "then", "branch")
        elif kind == "while_statement":
            self.conditional(node, frame, "", "loop")
        elif kind == "for_statement":
            self.loop(node, frame)
        elif kind in ("else_clause", "case_item"):
            self.statements(node.children, frame.within("branch"))
        elif kind == "case_statement":
            words = [child for child in node.children_by_field_name("value")]
            self.add(Command(self.span(node), "case", [self.word(each, frame) for each in words]), frame)
            self.statements([child for child in node.children if child.type == "case_item"], frame)
        elif kind == "function_definition":
            options = self.shared.options
            self.statements(node.children, Frame(inside=(*frame.inside, "function"), redirects=frame.redirects))
            self.shared.options = options
        elif kind == "subshell":
            options = self.shared.options
            self.statements(node.children, frame.within("subshell"))
            self.shared.options = options
        elif kind == "compound_statement":
            self.statements(node.children, frame.within("group"))
        elif kind in _REDIRECTS:
            self.bare_redirect(node, frame)
        elif kind in ("do_group", "ERROR", "program"):
            self.statements(node.children, frame)
        elif kind not in _WORDS or kind in EXPANSIONS:
            for part in leaves(node, EXPANSIONS):
                self.word(part, frame)
            if kind in EXPANSIONS:
                self.word(node, frame)

    def conditional(self, node: Node, frame: Frame, then: str, body: Place) -> None:
        """Read `if`, `elif`, `while`, `until`: a condition, and what it guards."""
        condition = frame._replace(alternative=None, in_and_list=False, is_last=False).within("condition")
        guarded = frame.within(body)
        children = node.children[1:]
        split = next((at for at, child in enumerate(children) if child.type in (then, "do_group")), len(children))
        self.statements(children[:split], condition)
        for child in children[split:]:
            if child.is_named:
                self.statement(child, frame if child.type in ("elif_clause", "else_clause") else guarded)

    def loop(self, node: Node, frame: Frame) -> None:
        """Read `for` and `select`."""
        words = [self.word(each, frame) for each in node.children_by_field_name("value")]
        variable = node.child_by_field_name("variable")
        command = Command(self.span(node), "for", words)
        if variable is not None:
            name = self.slice(variable)
            command.assignments = [Assignment(name, self.span(variable), word, "for") for word in words]
        self.add(command, frame)
        for child in node.children_by_field_name("body"):
            self.statements(child.children, frame.within("loop"))

    def and_or(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read `a && b || c`. It nests to the left as deep as it is long, so it is laid flat first."""
        items: list[Node] = []
        operators: list[str] = []
        while node.type == "list" and len(node.children) >= 3:
            children = node.children
            items.append(children[-1])
            operators.append(children[1].type)
            node = children[0]
        items = [node, *reversed(items)]
        operators.reverse()
        alternative = frame.alternative
        in_and_list = frame.in_and_list
        frames = [frame]
        inner: Frame = frame
        # From the right, since what runs when a command fails stands after it.
        for item, operator in zip(reversed(items[1:]), reversed(operators), strict=True):
            if operator == "||":
                alternative = Alternative(self.span(item), self.slice(item))
                frames[-1] = frames[-1]._replace(alternatives=(*inner.alternatives, alternative))
                in_and_list = False
            else:
                in_and_list = True
            frames.append(frame._replace(alternative=alternative, in_and_list=in_and_list))
        for index, (item, each) in enumerate(zip(items, reversed(frames), strict=True)):
            self.statement(item, each, redirects if index == len(items) - 1 else ())

    def stages(self, node: Node) -> list[Node]:
        return [child for child in node.named_children if child.type != "comment"]

    def pipeline(self, node: Node, stages: list[Node], frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read `a | b`; a redirection behind it is the last command's."""
        outer = (frame.pipeline, frame.stage) if frame.pipeline else None
        pipeline = Pipeline(self.span(node), [[] for _ in stages], outer)
        self.shared.pipelines.append(pipeline)
        # The parser binds `!` to the first command, bash to the whole.
        negated = frame.negated or (bool(stages) and stages[0].type == "negated_command")
        for index, stage in enumerate(stages):
            inner = frame._replace(pipeline=pipeline, stage=index, negated=negated)
            self.statement(stage, inner, redirects if index == len(stages) - 1 else ())

    def redirected(self, node: Node, frame: Frame, outer: tuple[Redirect, ...]) -> None:
        """Read a statement with its redirections, and what follows the start of a here-document on its line."""
        redirects: list[Redirect] = []
        body: Node | None = None
        piped: list[Node] = []
        operator: str | None = None
        right: Node | None = None
        for child in node.named_children:
            if child.type not in _REDIRECTS:
                body = body or child
                continue
            redirects += self.redirect(child, frame)
            if child.type == "heredoc_redirect":
                for part in child.children:
                    if part.type == "pipeline":
                        piped += self.stages(part)
                    elif part.type in ("||", "&&"):
                        operator = part.type
                right = child.child_by_field_name("right") or right
        all_redirects = (*redirects, *outer)
        if body is None:
            self.add(Command(self.span(node), "redirect", redirects=list(all_redirects)), frame)
            return
        inner = frame
        behind = frame
        if right is not None and operator == "||":
            alternative = Alternative(self.span(right), self.slice(right))
            inner = frame._replace(alternative=alternative)
            behind = frame._replace(alternatives=(*frame.alternatives, alternative))
        elif right is not None:
            inner = frame._replace(in_and_list=True)
        if piped:
            stages = [body, *piped]
            pipeline = Pipeline(
                self.span(node), [[] for _ in stages], (frame.pipeline, frame.stage) if frame.pipeline else None
            )
            self.shared.pipelines.append(pipeline)
            for index, stage in enumerate(stages):
                self.statement(stage, inner._replace(pipeline=pipeline, stage=index), () if index else all_redirects)
        else:
            self.statement(body, inner, all_redirects)
        if right is not None:
            self.statement(right, behind)

    # Simple commands

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
                command.assignments.append(self.assignment(child, frame, "plain"))
            elif kind in _REDIRECTS:
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
        command.assignments = [
            self.assignment(each, frame, "plain") for each in nodes if each.type == "variable_assignment"
        ]
        self.finish(command, frame, at)

    def assignment(self, node: Node, frame: Frame, how: str) -> Assignment:
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        if name is not None and name.type == "subscript":
            name = name.child_by_field_name("name")
        word: Word | None = None
        if value is not None:
            word = self.word(value, frame._replace(is_value=how == "plain"))
        elif name is not None:
            word = Word(self.text.span(node.end_byte, node.end_byte), "", "", False, [], [], [])
        appends = any(child.type == "+=" for child in node.children)
        spelled = self.slice(name) if name is not None else ""
        kind = "declare" if how in ("typeset", "readonly", "declare") else how
        return Assignment(spelled, self.span(node), word, kind, appends)  # type: ignore[arg-type]

    def declaration(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read `export`, `declare`, `typeset`, `readonly`, `local`, `unset`."""
        command = Command(self.span(node), redirects=list(redirects))
        at = self.reserve(command, frame)
        how = ""
        for child in node.children:
            kind = child.type
            if kind == "comment":
                continue
            if not how:
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
                    declared = "declare" if how in ("typeset", "readonly", "declare") else how
                    command.assignments.append(Assignment(name, span, None, declared))  # type: ignore[arg-type]
            elif kind in _REDIRECTS:
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

    # Scripts within the script

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
        masks = mask.expressions(text)
        code = mask.masked(text, masks)
        for substitution in word.substitutions:
            inside = [at for at in range(len(text)) if substitution.span.start <= places[at] < substitution.span.end]
            if inside:
                code = code[: inside[0]] + "_" * len(inside) + code[inside[-1] + 1 :]
        Builder(Text(text, masks, places=places), self.shared, self.nesting + 1).script(code, frame)

    # Words and redirections

    def span(self, node: Node) -> Span:
        return self.text.span(node.start_byte, node.end_byte)

    def slice(self, node: Node) -> str:
        return self.text.text[node.start_byte : node.end_byte]

    def word(self, node: Node, frame: Frame) -> Word:
        reader = WordReader(self.text, self.entering(frame))
        reader.read(node)
        return reader.word(node.start_byte, node.end_byte)

    def entering(self, frame: Frame) -> Enter:
        def enter(node: Node, substitution: Substitution) -> None:
            captured = substitution.kind != "output"
            place: Place = "substitution" if substitution.kind == "command" else "process-substitution"
            options = self.shared.options
            inner = Frame(
                inside=(*frame.inside, place),
                captured_by=substitution if captured else None,
                alternatives=(),
                is_value=frame.is_value and substitution.kind == "command",
            )
            if self.shared.depth < DEPTH:
                self.shared.depth += 1
                self.statements(node.children, inner)
                self.shared.depth -= 1
            else:
                self.shared.is_complete = False
            self.shared.options = options

        return enter

    def redirect(self, node: Node, frame: Frame) -> list[Redirect]:
        """Read a redirection; the line of a here-document may hold more of them."""
        if node.type == "heredoc_redirect":
            return self.here_document(node, frame)
        operator = ""
        descriptor: int | None = None
        target: Word | None = None
        for child in node.children:
            if child.type == "file_descriptor":
                digits = self.slice(child)
                descriptor = int(digits) if digits.isdecimal() and len(digits) < 4 else None
            elif not child.is_named and not operator:
                operator = child.type
            else:
                target = target or self.word(child, frame)
        return [Redirect(operator, descriptor, target, self.span(node))]

    def here_document(self, node: Node, frame: Frame) -> list[Redirect]:
        more: list[Redirect] = []
        operator = "<<"
        delimiter = ""
        body: Node | None = None
        end = node.end_byte
        for child in node.children:
            if child.type == "heredoc_start":
                delimiter = self.slice(child)
            elif child.type == "heredoc_body":
                body = child
            elif child.type == "heredoc_end":
                end = child.start_byte
            elif child.type in _REDIRECTS:
                more += self.redirect(child, frame)
            elif child.type == "<<-":
                operator = "<<-"
        expands = not any(char in delimiter for char in "'\"\\")
        plain = "".join(char for char in delimiter if char not in "'\"\\")
        heredoc: Heredoc | None = None
        if body is not None:
            # The parser may start a body late, or end it at the delimiter's indent.
            start = self.text.text.rfind("\n", 0, body.start_byte) + 1
            heredoc = Heredoc(plain, expands, self.body(start, max(start, min(end, body.end_byte)), expands, frame))
        return [Redirect(operator, None, None, self.span(node), heredoc), *more]

    def body(self, start: int, end: int, expands: bool, frame: Frame) -> Word:
        """Read the text of a here-document.

        The parser is not to be trusted with it (it misses backquotes, arithmetic and what follows leading blanks), so an
        expanding body is parsed again as the quoted string that it nearly is.
        """
        text = self.text.text[start:end]
        quoting: Quoting = "heredoc"
        if expands and ("$" in text or "`" in text):
            masks = [Span(each.start - start + 1, each.end - start + 1) for each in self.text.masks_in(start, end)]
            source = f'"{text}"'
            places = self.text.places
            if places is None:
                inner = Text(source, masks, shift=self.text.shift + start - 1)
            else:
                # The quotes put around have no place of their own.
                inner = Text(source, masks, places=[places[start], *places[start : end + 1], places[end]])
            root = grammar.tree(_quotable(mask.masked(source, masks)))
            string = next(leaves(root, frozenset({"string"})), None) if root is not None else None
            if string is not None and string.end_byte >= len(source) - 1:
                outer, self.text = self.text, inner
                reader = WordReader(inner, self.entering(frame))
                reader.inner(string, 1, len(source) - 1, quoting)
                word = reader.word(1, len(source) - 1)
                self.text = outer
                word.quoted = True
                return word
        reader = WordReader(self.text, self.entering(frame))
        reader.literal(start, end, quoting if expands else "single")
        reader.quoted = True
        return reader.word(start, end)


def _quotable(code: str) -> str:
    """Return the body of a here-document between its quotes, with the double quotes that are literal there as blanks."""
    chars = list(code)
    closers: list[str] = []
    index = 1
    while index < len(chars) - 1:
        char = chars[index]
        pair = code[index : index + 2]
        if char == "\\":
            index += 1
        elif pair in ("$(", "${"):
            closers.append(")" if pair == "$(" else "}")
            index += 1
        elif char == "`" and closers[-1:] != ["`"]:
            closers.append("`")
        elif closers and char == closers[-1]:
            closers.pop()
        elif closers and char == "(" and closers[-1] == ")":
            closers.append(")")
        elif char == '"' and not closers:
            chars[index] = " "
        index += 1
    return "".join(chars)
