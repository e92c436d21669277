"""Keywords about what is inside a value, and keywords that put schemas together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wflint.rule.declarative import located
from wflint.rule.declarative.keyword import HOLDS, Broken, Check, Keyword, anything, canonical, when
from wflint.rule.declarative.params import resolve
from wflint.source.node import Mapping as MappingNode
from wflint.source.node import Node, Place, Scalar, Sequence


def _required(word: Keyword) -> Check:
    names = word.names()

    def check(node: Node) -> Broken:
        if isinstance(node, MappingNode):
            entries = node.entries
            for name in names:
                if name not in entries:
                    return [node]
        return HOLDS

    return check


def _properties(word: Keyword) -> Check:
    checks = word.named()
    wanted = [key for key in checks if _says_something(word.node.get(key))]
    if word.absent == "undecided":
        required = word.beside.get("required")
        known = resolve(required, word.params) if required is not None else []
        for key in wanted:
            if not isinstance(known, list) or key not in known:
                place = word.node.keys[key] if isinstance(word.node, MappingNode) else word.node
                raise located.error(
                    place,
                    f"`{key}` may be absent, and JSON Schema then judges nothing",
                    "name it in `required`, or give the rule `absent: fail` or `absent: pass`",
                )

    def check(node: Node) -> Broken:
        if not isinstance(node, MappingNode):
            return HOLDS
        entries = node.entries
        return [place for key, check in checks.items() if key in entries for place in check(entries[key])]

    if word.absent != "fail":
        return check
    names = frozenset(wanted)
    whole = when(lambda node: not isinstance(node, MappingNode) or node.entries.keys() >= names)
    return lambda node: [*whole(node), *check(node)]


def _says_something(node: Node | None) -> bool:
    return not (isinstance(node, Scalar) and isinstance(node.value, bool))


def _pattern_properties(word: Keyword) -> Check:
    entries = located.mapping(word.node, "`patternProperties`")
    checks = [(word.pattern(entries.keys[key], key), word.check(value)) for key, value in entries.items()]

    def check(node: Node) -> Broken:
        if not isinstance(node, MappingNode):
            return HOLDS
        return [
            place for key, value in node.items() for matches, check in checks if matches(key) for place in check(value)
        ]

    return check


def _additional_properties(word: Keyword) -> Check:
    named = word.beside.get("properties")
    known = frozenset(named.entries) if isinstance(named, MappingNode) else frozenset()
    patterned = word.beside.get("patternProperties")
    keys = patterned.keys if isinstance(patterned, MappingNode) else {}
    patterns = [word.pattern(scalar, key) for key, scalar in keys.items()]
    inner = word.check(word.node)

    def check(node: Node) -> Broken:
        if not isinstance(node, MappingNode):
            return HOLDS
        return [
            place
            for key, value in node.items()
            if key not in known and not any(matches(key) for matches in patterns)
            for place in inner(value)
        ]

    return check


def _property_names(word: Keyword) -> Check:
    inner = word.check(word.node)

    def check(node: Node) -> Broken:
        if not isinstance(node, MappingNode):
            return HOLDS
        return [
            Place(node.document, key.span, node.entries[name])
            for name, key in node.keys.items()
            if inner(Scalar(key.document, key.start, key.end, name, "double"))
        ]

    return check


def _items(word: Keyword) -> Check:
    prefix = word.beside.get("prefixItems")
    start = len(prefix.nodes) if isinstance(prefix, Sequence) else 0
    inner = word.check(word.node)
    return lambda node: (
        [place for item in node.nodes[start:] for place in inner(item)] if isinstance(node, Sequence) else HOLDS
    )


def _prefix_items(word: Keyword) -> Check:
    checks = word.checks()
    return lambda node: (
        [place for check, item in zip(checks, node.nodes, strict=False) for place in check(item)]
        if isinstance(node, Sequence)
        else HOLDS
    )


def _contains(word: Keyword) -> Check:
    inner = word.check(word.node, sure=False)
    return when(lambda node: not isinstance(node, Sequence) or any(not inner(item) for item in node))


def _unique_items(word: Keyword) -> Check | None:
    if not located.flag(word.node, "`uniqueItems`"):
        return None

    def check(node: Node) -> Broken:
        if not isinstance(node, Sequence):
            return HOLDS
        seen: set[Any] = set()
        again: Broken = []
        for item in node:
            value = canonical(item.plain())
            if value in seen:
                again.append(item)
            seen.add(value)
        return again

    return check


def _all_of(word: Keyword) -> Check:
    checks = word.checks()
    return lambda node: [place for check in checks for place in check(node)]


def _any_of(word: Keyword) -> Check:
    checks = word.checks(sure=False)

    def holds(node: Node) -> bool:
        # A loop, since `any` of a generator takes twice the time.
        for check in checks:  # noqa: SIM110
            if not check(node):
                return True
        return False

    return when(holds)


def _one_of(word: Keyword) -> Check:
    checks = word.checks(sure=False)
    return when(lambda node: sum(not check(node) for check in checks) == 1)


def _not(word: Keyword) -> Check:
    inner = word.check(word.node, sure=False)
    return lambda node: HOLDS if inner(node) else [node]


def _if(word: Keyword) -> Check:
    condition = word.check(word.node, sure=False)
    then, otherwise = word.beside.get("then"), word.beside.get("else")
    holds = word.check(then) if then is not None else anything
    fails = word.check(otherwise) if otherwise is not None else anything
    return lambda node: fails(node) if condition(node) else holds(node)


def _with_if(word: Keyword) -> None:
    if "if" not in word.beside:
        raise located.error(word.beside.keys[word.name], f"`{word.name}` wants an `if` beside it")


def _dependent_required(word: Keyword) -> Check:
    entries = located.mapping(word.node, "`dependentRequired`")
    needs = {key: word._replace(node=value).names() for key, value in entries.items()}
    return lambda node: [
        node.entries[key].head
        for key, names in needs.items()
        if isinstance(node, MappingNode) and key in node.entries and any(name not in node.entries for name in names)
    ]


KEYWORDS: Mapping[str, Callable[[Keyword], Check | None]] = {
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional_properties,
    "patternProperties": _pattern_properties,
    "propertyNames": _property_names,
    "dependentRequired": _dependent_required,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "uniqueItems": _unique_items,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
    "then": _with_if,
    "else": _with_if,
}
