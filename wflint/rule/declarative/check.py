"""The check of a declarative rule: select, guard, assert, tell.

Paths, patterns and schemas are compiled when the first target is met, so that a run pays only for the rules that
have something to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from wflint.rule.declarative import fix, jsonpath, keyword, pattern, reach, schema
from wflint.rule.declarative.keyword import at
from wflint.rule.declarative.located import error
from wflint.rule.declarative.message import Message, key_of, value_of
from wflint.rule.declarative.params import values
from wflint.rule.declarative.selector import Found, Selector
from wflint.rule.declarative.target import Target
from wflint.rule.finding import Finding
from wflint.rule.rule import Context
from wflint.source.node import Node, Place


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
    where: keyword.Check | None
    asserted: keyword.Check
    params: Mapping[str, Any]


class Check:
    """A rule's check; what it compiled is kept by the options it was compiled for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._compiled: dict[Any, _Compiled] = {}

    def __call__(self, target: Any, context: Context[Any]) -> Iterator[Finding]:
        roots = self.parts.target.roots(target)
        if not roots:
            return
        compiled = self._compiled.get(context.options)
        if compiled is None:
            compiled = self._compiled[context.options] = self.compile(context.options)
        for root in roots:
            for found in compiled.selector.trace(root):
                yield from self._judge(found, compiled, context)

    def compile(self, options: Any) -> _Compiled:
        """Return the rule ready to run. Raises RuleError at what cannot."""
        params = values(options)
        parts = self.parts
        absent: keyword.Absent = "undecided"
        if parts.absent is not None and parts.absent.then != "default":
            absent = parts.absent.then
        return _Compiled(
            selector=self.selector(),
            where=schema.compiled(parts.where, params) if parts.where is not None else None,
            asserted=schema.compiled(parts.asserted, params, absent),
            params=params,
        )

    def selector(self) -> Selector:
        """Return what the rule selects. Raises RuleError for a path that is none, or that can never find anything."""
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

    def _judge(self, found: Found, compiled: _Compiled, context: Context[Any]) -> Iterator[Finding]:
        node: Node | None = found.node
        if found.missing:
            absent = self.parts.absent
            if absent is None or absent.then == "pass":
                return
            node = absent.default
        if node is None:
            yield self._finding(found, at(found.node), compiled, context)
            return
        if compiled.where is not None and compiled.where(node):
            return
        for place in compiled.asserted(node):
            if found.missing:
                yield self._finding(found, at(found.node), compiled, context)
                return
            yield self._finding(Found(place.node or node), place, compiled, context)

    def _finding(self, found: Found, place: Place, compiled: _Compiled, context: Context[Any]) -> Finding:
        parts = self.parts
        shown = dict(compiled.params)
        if parts.message.names:
            shown["file"] = found.node.document.name
            shown["path"] = "".join([found.node.route, *map(_step, found.missing)]).removeprefix(".") or shown["file"]
            shown["key"] = found.missing[-1] if found.missing else key_of(found.node)
            shown["value"] = self._value(found)
        made = parts.fix.fix(found.node, found.missing, compiled.params) if parts.fix is not None else None
        return context.finding(place, parts.message.fill(shown), fix=made)

    def _value(self, found: Found) -> object:
        if not found.missing:
            return value_of(found.node)
        default = self.parts.absent.default if self.parts.absent is not None else None
        return "nothing" if default is None else value_of(default)


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"
