"""The check of a declarative rule: select, guard, assert, tell.

Paths, patterns and schemas are compiled when the first target is met, so that a run pays only for the rules that
have something to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from wflint.rule.declarative import fix
from wflint.rule.declarative.found import Found
from wflint.rule.declarative.keyword import Absent as Property
from wflint.rule.declarative.keyword import Check as Schema
from wflint.rule.declarative.keyword import at
from wflint.rule.declarative.located import error
from wflint.rule.declarative.message import Message
from wflint.rule.declarative.params import values
from wflint.rule.declarative.target import Target
from wflint.rule.finding import Finding
from wflint.rule.rule import Context
from wflint.source.document import Document
from wflint.source.node import Node, Place

if TYPE_CHECKING:
    from wflint.rule.declarative.selector import Selector
    from wflint.rule.declarative.target import Kept


class Absent(NamedTuple):
    """What becomes of what is not there."""

    then: Literal["pass", "fail", "default"]
    node: Node
    """Where the rule says so."""
    default: Node | None = None
    """The value that is judged in its stead."""


class Parts(NamedTuple):
    """A rule file's parts, as read."""

    target: Target
    select: Node | None
    where: Node | None
    asserted: Node
    absent: Absent | None
    message: Message
    fix: fix.Recipe | None
    root: Node
    """The rule file."""


class _Compiled(NamedTuple):
    selector: Selector
    where: Schema | None
    asserted: Schema
    judges_absent: bool
    params: Mapping[str, Any]


class Check:
    """A rule's check; what it compiled is kept by the options it was compiled for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._key = parts.target.key
        self._by_options: dict[Any, _Compiled] = {}
        self._context: Context[Any] | None = None
        self._compiled: Any = None

    def __call__(self, target: Any, context: Context[Any]) -> list[Finding]:
        document: Document = target if type(target) is Document else target.document
        seen: Any = document.derived.get(self._key) or self.parts.target.seen(document)
        roots, before = seen
        if not roots:
            return []
        compiled = self._compiled if context is self._context else self._ready(context)
        selector = compiled.selector
        nodes = before.get(selector.key)
        if nodes is None:
            nodes = selector.find(roots, before)
        found: list[Finding] = []
        where, asserted = compiled.where, compiled.asserted
        for node in nodes:
            if (broken := asserted(node)) and (where is None or not where(node)):
                places = map(at, broken)
                found += [self._finding(Found(place.node or node), place, compiled, context) for place in places]
        if compiled.judges_absent:
            found += self._absent(roots, before, compiled, context)
        return found

    def _ready(self, context: Context[Any]) -> _Compiled:
        """Return what a context's options compile to; the last one is remembered, as a run has one for most files."""
        compiled = self._by_options.get(context.options)
        if compiled is None:
            compiled = self._by_options[context.options] = self.compile(context.options)
        self._context, self._compiled = context, compiled
        return compiled

    def compile(self, options: Any) -> _Compiled:
        """Return the rule ready to run. Raises RuleError at what cannot."""
        from wflint.rule.declarative import schema

        params = values(options)
        parts = self.parts
        absent: Property = "undecided"
        if parts.absent is not None and parts.absent.then != "default":
            absent = parts.absent.then
        selector = self.selector()
        judges_absent = bool(selector.tail) and parts.absent is not None and parts.absent.then != "pass"
        return _Compiled(
            selector=selector,
            where=schema.compiled(parts.where, params) if parts.where is not None else None,
            asserted=schema.compiled(parts.asserted, params, absent),
            judges_absent=judges_absent,
            params=params,
        )

    def selector(self) -> Selector:
        """Return what the rule selects. Raises RuleError for a path that is none, or that can never find anything."""
        from wflint.rule.declarative import jsonpath, pattern, reach
        from wflint.rule.declarative.selector import Selector

        parts, node = self.parts, self.parts.select
        text = "$" if node is None else node.string or ""
        at = node or parts.root
        try:
            path = jsonpath.parse(text)
            selector = Selector(path)
        except (jsonpath.PathError, pattern.PatternError) as refused:
            raise error(at, str(refused)) from None
        if parts.target.schema is not None:
            dead = reach.dead(path, parts.target.schema, parts.target.route)
            if dead is not None:
                raise error(at, dead.message, dead.hint)
        if parts.absent is None and selector.may_be_absent:
            hint = "say `absent: fail`, `absent: pass` or `absent: {default: VALUE}`"
            raise error(at, f"`{selector.tail[-1]}` may be absent, and then nothing is judged", hint)
        if parts.absent is not None and parts.absent.then == "default" and not selector.may_be_absent:
            raise error(parts.absent.node, "a default stands for what `select` names last, and that is no name here")
        return selector

    def _absent(self, roots: list[Node], before: Kept, compiled: _Compiled, context: Context[Any]) -> Iterator[Finding]:
        """Yield the findings about what is not there, each at the last node on the way to it."""
        default = self.parts.absent.default if self.parts.absent is not None else None
        if default is not None:
            guarded = compiled.where is not None and compiled.where(default)
            if guarded or not compiled.asserted(default):
                return
        for found in compiled.selector.absent(roots, before):
            yield self._finding(found, at(found.node), compiled, context)

    def _finding(self, found: Found, place: Place, compiled: _Compiled, context: Context[Any]) -> Finding:
        parts = self.parts
        default = parts.absent.default if parts.absent is not None else None
        message = parts.message.fill(found, default, compiled.params)
        made = parts.fix.fix(found.node, found.missing, compiled.params) if parts.fix is not None else None
        return context.finding(place, message, fix=made)
