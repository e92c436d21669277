"""An expression where it is used: `${{ … }}`, or a bare `if`.

https://docs.github.com/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from wflint.expression.error import ExpressionError
from wflint.expression.find import Embedded, find
from wflint.expression.tree import Access, Path, Tree, contexts
from wflint.lazy import lazy
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.model.action import Action
    from wflint.model.job import Job
    from wflint.model.step import Step
    from wflint.model.workflow import Workflow

    Owner: TypeAlias = Workflow | Job | Step | Action

Form = Literal["embedded", "bare", "mixed"]

_FREE = ("env", "inputs", "include[]", "exclude[]", "matrix", "outputs", "secrets", "services", "with", "jobs")
_CONDITIONS = {"jobs.*.snapshot.if", "runs.pre-if", "runs.post-if"}
_IFS = {"if", "pre-if", "post-if"}
_MATRIX_LISTS = ("include", "exclude")


class Expression:
    """One expression, with what it stands in.

    `embedded`: a `${{ … }}`. `bare`: an `if` without it. `mixed`: an `if` whose `${{ … }}` is only a part of the
    value, so that GitHub makes a text of it; it has no tree, its `${{ … }}` are expressions of their own.
    """

    __slots__ = ("__dict__", "_found", "form", "key", "owner", "scalar", "text")

    def __init__(self, scalar: Scalar, found: Embedded, key: str, owner: Owner, form: Form = "embedded") -> None:
        self.scalar = scalar
        """The scalar it stands in."""
        self._found = found
        self.text = found.text
        """What stands between `${{` and `}}`, blanks included; the whole value of a bare one."""
        self.key = key
        """The path in the schema, such as `jobs.*.steps[].run`: what decides which contexts are available."""
        self.owner = owner
        """The narrowest view that holds it: a step, a job, a workflow, an action."""
        self.form = form

    def __repr__(self) -> str:
        return f"<Expression {self.text!r} in {self.key}>"

    @property
    def node(self) -> Scalar:
        return self.scalar

    @property
    def document(self) -> Document:
        return self.scalar.document

    @property
    def span(self) -> Span:
        """Its range in the scalar's text: the whole `${{ … }}`, or the bare expression."""
        return self._found.span

    @lazy
    def place(self) -> Place:
        """The characters of the whole `${{ … }}`, or of the bare expression."""
        return self.scalar.part(*self._found.span)

    @property
    def closed(self) -> bool:
        """Whether it has an end: false for a `${{` whose `}}` is missing."""
        return self._found.closed

    def place_of(self, span: Span) -> Place:
        """Return the place of a span of `text`, such as that of a node of the tree or of the error."""
        offset = self._found.inner.start
        return self.scalar.part(offset + span.start, offset + span.end)

    @lazy
    def _parsed(self) -> Tree | ExpressionError | None:
        if self.form == "mixed":
            return None
        try:
            return self._found.parse()
        except ExpressionError as error:
            return error

    @lazy
    def tree(self) -> Tree | None:
        """Its syntax tree; None when it is no expression, and for a mixed one."""
        return None if isinstance(self._parsed, ExpressionError) else self._parsed

    @lazy
    def error(self) -> ExpressionError | None:
        """Why it is no expression; its span is one of `text`."""
        return self._parsed if isinstance(self._parsed, ExpressionError) else None

    @lazy
    def reads(self) -> list[tuple[Access, Path]]:
        """Every context it reads with its path in lower case: `("github", "event", "issue", "title")`."""
        return list(contexts(self.tree)) if self.tree is not None else []

    @property
    def is_whole(self) -> bool:
        """Whether the value consists of it alone, so that it keeps its type instead of becoming text."""
        return self._found.span == Span(0, len(self.scalar.text)) or self.form == "bare"

    @property
    def step(self) -> Step | None:
        owner = self.owner
        return owner if owner.role == "step" else None

    @property
    def job(self) -> Job | None:
        owner = self.owner
        return owner if owner.role == "job" else owner.job if owner.role == "step" else None

    @property
    def workflow(self) -> Workflow | None:
        owner = self.owner
        if owner.role == "workflow":
            return owner
        job = self.job
        return job.workflow if job is not None else None

    @property
    def action(self) -> Action | None:
        owner = self.owner
        return owner if owner.role == "action" else owner.action if owner.role == "step" else None


def condition(node: Node | None, key: str, owner: Owner) -> Expression | None:
    """Return the expression of an `if`; None when there is none or it has the wrong shape."""
    if not isinstance(node, Scalar) or node.string is None:
        return None
    text = node.text
    span = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    if span.end <= span.start:
        return None
    whole = Embedded(span, span, text[span.start : span.end])
    if "${{" not in text:
        return Expression(node, whole, key, owner, "bare")
    first = next(find(text))
    if first.span == span:
        return Expression(node, first, key, owner)
    return Expression(node, whole, key, owner, "mixed")


def collect(found: list[Expression], node: Node, key: str, owner: Owner) -> None:
    """Append every expression of a node and below it, in order; `key` is the node's path in the schema."""
    if isinstance(node, Scalar):
        if key in _CONDITIONS:
            collect_condition(found, condition(node, key, owner))
        elif "${{" in node.text:
            found.extend(Expression(node, each, key, owner) for each in find(node.text))
    elif isinstance(node, Mapping):
        for name, value in node.entries.items():
            # Most scalars hold no expression and are no condition: their path is not worth building.
            if not isinstance(value, Scalar) or "${{" in value.text or name in _IFS:
                collect(found, value, child(key, name), owner)
    elif isinstance(node, Sequence):
        for item in node.nodes:
            collect(found, item, f"{key}[]", owner)


def collect_condition(found: list[Expression], whole: Expression | None) -> None:
    """Append a condition and, if it is mixed, each `${{ … }}` in it."""
    if whole is not None:
        found.append(whole)
        if whole.form == "mixed":
            found.extend(Expression(whole.scalar, each, whole.key, whole.owner) for each in find(whole.scalar.text))


def child(key: str, name: str) -> str:
    """Return the path in the schema of a mapping's value: free names are `*`."""
    if key.endswith(".matrix.*[]"):
        return key
    last = key.rpartition(".")[2]
    if last in _FREE and not (last == "matrix" and name in _MATRIX_LISTS):
        return f"{key}.*"
    return f"{key}.{name}" if key else name
