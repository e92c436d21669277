"""Syntax tree → statements: what stands in what, and what runs when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wflint.shell.command import Alternative, Assignment, Command, Pipeline, Place, Redirect
from wflint.shell.commands import WORDS, CommandReading
from wflint.shell.frame import Frame
from wflint.shell.redirects import REDIRECTS
from wflint.shell.words import EXPANSIONS, leaves

if TYPE_CHECKING:
    from tree_sitter import Node

_SKIPPED = frozenset({"comment", "heredoc_body", "heredoc_end", "heredoc_start", "test_operator", "function_name"})

Head = Callable[["Node", Frame, tuple[Redirect, ...]], None]
"""Reads one statement in its frame, with the redirections behind it."""


class Builder(CommandReading):
    """Reads statements."""

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
        if not self.shared.depth.enter():
            return
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
        self.shared.depth.leave()

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
            words = list(node.children_by_field_name("value"))
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
        elif kind in REDIRECTS:
            self.bare_redirect(node, frame)
        elif kind in ("do_group", "ERROR", "program"):
            self.statements(node.children, frame)
        elif kind not in WORDS or kind in EXPANSIONS:
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

    def piped(self, stages: list[Node], node: Node, frame: Frame, redirects: tuple[Redirect, ...]) -> None:
        """Read a pipe that starts on the line of a here-document; `redirects` are those of its first stage.

        The parser takes all that follows the pipe for one stage, with `&&`, `||` and the redirection at the end.
        """
        last = stages.pop()
        behind: list[Redirect] = []
        body = last.child_by_field_name("body") if last.type == "redirected_statement" else None
        if body is not None and body.type == "list":
            for child in last.children_by_field_name("redirect"):
                behind += self.redirect(child, frame)
            last = body

        def read(item: Node, each: Frame, own: tuple[Redirect, ...]) -> None:
            outer = (each.pipeline, each.stage) if each.pipeline else None
            whole = [*stages, item]
            pipeline = Pipeline(self.span(node), [[] for _ in whole], outer)
            self.shared.pipelines.append(pipeline)
            for index, stage in enumerate(whole):
                first_or_own = redirects if index == 0 else own if stage is item else ()
                self.statement(stage, each._replace(pipeline=pipeline, stage=index), first_or_own)

        if last.type == "list":
            self.and_or(last, frame, tuple(behind), read)
        else:
            read(last, frame, ())

    def and_or(self, node: Node, frame: Frame, redirects: tuple[Redirect, ...], head: Head | None = None) -> None:
        """Read `a && b || c`, the first with `head` if given.

        It nests to the left as deep as it is long, so it is laid flat first.
        """
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
            read = head if head is not None and index == 0 else self.statement
            read(item, each, redirects if index == len(items) - 1 else ())

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
            if child.type not in REDIRECTS:
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
            self.piped([body, *piped], node, inner, all_redirects)
        else:
            self.statement(body, inner, all_redirects)
        if right is not None:
            self.statement(right, behind)
