"""Syntax tree → words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from wflint.shell.word import HOLE, Expression, Quoting, Substitution, Variable, Word
from wflint.source.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

EXPANSIONS = frozenset(
    {"simple_expansion", "expansion", "command_substitution", "process_substitution", "arithmetic_expansion"}
)
NAMES = frozenset({"variable_name", "special_variable_name"})
_COMPOSED = frozenset({"array", "concatenation", "translated_string", "brace_expression"})

Enter = Callable[["Node", Substitution], None]
"""Reads the commands of a substitution into it."""


class Text:
    """A script's text and how its offsets are those of the text it came from."""

    __slots__ = ("masks", "outer", "places", "shift", "starts", "text")

    def __init__(
        self,
        text: str,
        masks: list[Span],
        shift: int = 0,
        places: Sequence[int] | None = None,
        outer: frozenset[Span] = frozenset(),
    ) -> None:
        self.text = text
        self.masks = masks
        self.outer = outer
        """The masks that are no expressions but what an outer shell puts there."""
        self.starts = [mask.start for mask in masks]
        self.shift = shift
        self.places = places

    def span(self, start: int, end: int) -> Span:
        """Return the range in the original text."""
        if self.places is None:
            return Span(start + self.shift, end + self.shift)
        return Span(self.places[start], self.places[end])

    def begin(self, node: Node) -> int:
        """Return where a node really begins: the parser counts blanks before an expansion to it."""
        start = node.start_byte
        while self.text[start : start + 1].isspace() and start < node.end_byte:
            start += 1
        return start

    def masks_in(self, start: int, end: int) -> Iterable[Span]:
        """Return the masked expressions that begin in a range."""
        if not self.masks:
            return ()
        return self.masks[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


class Depth:
    """How deep the reader stands in the tree; it goes no deeper than YAML may, whatever the text."""

    __slots__ = ("is_complete", "level")
    limit = 50

    def __init__(self) -> None:
        self.level = 0
        self.is_complete = True

    def enter(self) -> bool:
        """Go one deeper; False, and nothing changes, where that is too deep."""
        if self.level >= self.limit:
            self.is_complete = False
            return False
        self.level += 1
        return True

    def leave(self) -> None:
        self.level -= 1


class WordReader:
    """Collects the parts of one word."""

    __slots__ = ("depth", "enter", "expressions", "known", "quoted", "shape", "substitutions", "text", "variables")

    def __init__(self, text: Text, depth: Depth, enter: Enter) -> None:
        self.text = text
        self.depth = depth
        self.known: set[Span] = set()
        self.enter = enter
        self.shape: list[str] = []
        self.quoted = False
        self.variables: list[Variable] = []
        self.expressions: list[Expression] = []
        self.substitutions: list[Substitution] = []

    def word(self, start: int, end: int) -> Word:
        """Return what was collected."""
        return Word(
            self.text.span(start, end),
            self.text.text[start:end],
            "".join(self.shape),
            self.quoted,
            self.variables,
            self.expressions,
            self.substitutions,
        )

    def read(self, node: Node, quoting: Quoting = "none") -> None:
        """Add a node's parts."""
        kind = node.type
        start, end = node.start_byte, node.end_byte
        if kind == "string":
            self.quoted = True
            closed = end - start > 1 and self.text.text[end - 1] == '"'
            self.inner(node, start + 1, end - 1 if closed else end, "double")
        elif kind == "raw_string":
            self.quoted = True
            self.literal(start + 1, end - 1, "single")
        elif kind == "ansi_c_string":
            self.quoted = True
            self.literal(start + 2, end - 1, "single")
        elif kind in EXPANSIONS:
            self.expansion(node, quoting)
        elif kind in NAMES:
            self.variable(node, quoting)
        elif kind in _COMPOSED:
            if self.depth.enter():
                for index, child in enumerate(node.named_children if kind == "array" else node.children):
                    if index and kind == "array":
                        self.shape.append(" ")
                    self.read(child, quoting)
                self.depth.leave()
        else:
            self.inner(node, start, end, quoting)

    def inner(self, node: Node, start: int, end: int, quoting: Quoting) -> None:
        """Add a range: the expansions among a node's children, and all between them as literal text."""
        for child in node.named_children:
            if child.type in EXPANSIONS:
                self.literal(start, self.text.begin(child), quoting)
                self.expansion(child, quoting)
                start = child.end_byte
        self.literal(start, end, quoting)

    def literal(self, start: int, end: int, quoting: Quoting) -> None:
        """Add literal text, with the expressions in it."""
        for mask in self.text.masks_in(start, end):
            self.plain(start, mask.start, quoting)
            self.expression(mask, quoting)
            start = mask.end
        if start < end:
            self.plain(start, end, quoting)

    def plain(self, start: int, end: int, quoting: Quoting) -> None:
        """Add text without expressions, its escapes resolved."""
        text = self.text.text[start:end]
        if "\\" in text and quoting != "single":
            text = "".join(char for char, _ in unescape(text, quoting))
        # The one character that a script's text cannot hold stands for the parts that are not known.
        self.shape.append(text.replace(HOLE, "\N{REPLACEMENT CHARACTER}"))

    def expression(self, mask: Span, quoting: Quoting) -> None:
        self.shape.append(HOLE)
        if mask not in self.text.outer:
            self.known.add(mask)
            self.expressions.append(Expression(self.text.span(*mask), quoting))

    def variable(
        self, node: Node, quoting: Quoting, whole: Node | None = None, operator: str = "", prefix: str = ""
    ) -> None:
        """Add a variable that is read; `$NAME${{ … }}` is a variable and an expression, though masked they look one."""
        start, end = node.start_byte, node.end_byte
        masks = list(self.text.masks_in(start, end))
        name_end = masks[0].start if masks else end
        first = self.text.begin(whole or node)
        if name_end > start:
            last = name_end if masks or whole is None else whole.end_byte
            span = self.text.span(first, last)
            self.variables.append(Variable(self.text.text[start:name_end], span, quoting, operator, prefix))
            self.shape.append(HOLE)
        if masks:
            self.literal(name_end, end, quoting)

    def expansion(self, node: Node, quoting: Quoting) -> None:
        kind = node.type
        if kind == "simple_expansion":
            for child in node.named_children:
                if child.type in NAMES:
                    self.variable(child, quoting, node)
        elif kind == "expansion":
            self.parameter(node, quoting)
        elif kind == "arithmetic_expansion":
            self.shape.append(HOLE)
            self.aside(node, quoting, names=True)
        else:
            start = self.text.begin(node)
            opening = self.text.text[start]
            substitution = Substitution(
                self.text.span(start, node.end_byte),
                "input" if opening == "<" else "output" if opening == ">" else "command",
                quoting,
            )
            self.shape.append(HOLE)
            self.substitutions.append(substitution)
            if self.depth.enter():
                self.enter(node, substitution)
                self.depth.leave()

    def parameter(self, node: Node, quoting: Quoting) -> None:
        """Add `${…}`: the variable it names, then what else its operator's operand reads."""
        prefix = operator = ""
        name: Node | None = None
        for child in node.children[1:]:
            if name is None and child.type in NAMES:
                name = child
            elif name is None and child.type == "subscript":
                name = next((part for part in child.named_children if part.type in NAMES), None)
            elif name is None and not child.is_named:
                prefix = prefix or child.type
            elif name is not None:
                operator = "" if child.is_named else child.type
                break
        before = len(self.shape)
        if name is not None:
            self.variable(name, quoting, node, "" if operator == "}" else operator, prefix)
        self.aside(node, quoting, names=False)
        del self.shape[before:]
        self.shape.append(HOLE)

    def aside(self, node: Node, quoting: Quoting, names: bool) -> None:
        """Add what a node reads anywhere below it, and nothing to the shape."""
        if not self.depth.enter():
            return
        before = len(self.shape)
        inside = len(self.substitutions)
        for part in leaves(node, EXPANSIONS | NAMES if names else EXPANSIONS):
            if part.type in NAMES:
                self.variable(part, quoting)
            else:
                self.expansion(part, quoting)
        substitutions = [each.span for each in self.substitutions[inside:]]
        for mask in self.text.masks_in(node.start_byte, node.end_byte):
            start, end = self.text.span(*mask)
            if mask not in self.known and not any(each.start <= start and end <= each.end for each in substitutions):
                self.expression(mask, quoting)
        del self.shape[before:]
        self.depth.leave()


def leaves(node: Node, wanted: frozenset[str]) -> Iterator[Node]:
    """Yield the outermost nodes of some types below a node, in order, however deep."""
    stack = node.children[::-1]
    while stack:
        child = stack.pop()
        if child.type in wanted:
            yield child
        else:
            stack += child.children[::-1]


def unescape(text: str, quoting: Quoting) -> Iterator[tuple[str, int]]:
    """Yield the characters that remain once backslashes did their work, each with its offset."""
    index = 0
    while index < len(text):
        char = text[index]
        following = text[index + 1 : index + 2]
        if char == "\\" and following and (quoting == "none" or following in '$`"\\\n'):
            if following != "\n":
                yield following, index + 1
            index += 2
        else:
            yield char, index
            index += 1
