"""A rule file in YAML to a rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from wflint.errors import RuleError
from wflint.rule.declarative import fix, params, target
from wflint.rule.declarative.check import Absent, Check, Parts
from wflint.rule.declarative.located import error, mapping, text, unknown
from wflint.rule.declarative.message import Message
from wflint.rule.example import Example, Outcome
from wflint.rule.finding import LEVELS, Level
from wflint.rule.rule import Rule
from wflint.source import yaml
from wflint.source.node import Mapping, Node, Scalar, Sequence
from wflint.source.source import Source

KEYS = (
    "title",
    "level",
    "tags",
    "security-severity",
    "target",
    "select",
    "where",
    "assert",
    "absent",
    "params",
    "message",
    "fix",
    "docs",
    "examples",
)
REQUIRED = ("title", "level", "target", "assert", "message")


def load(file: Path) -> Rule:
    """Return the rule in a file. Raises RuleError at what is not as it should be.

    Paths, patterns and schemas are looked into when the rule first has something to judge.
    """
    try:
        content = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise RuleError(f"this is no UTF-8: {wrong.reason}", path=str(file)) from None
    return read(Source(str(file), "file", content), id=file.stem, topic=file.parent.name)


def read(source: Source, *, id: str, topic: str) -> Rule:
    """Return the rule in a text. Raises RuleError."""
    root = _root(source)
    given = root.entries
    options = params.options(given.get("params"))
    declared = tuple(params.values(options()))
    message = Message(given["message"], declared)
    recipe = fix.read(given.get("fix"))
    about = target.read(given["target"])
    parts = Parts(
        target=about,
        select=_select(given.get("select")),
        where=given.get("where"),
        asserted=given["assert"],
        absent=_absent(given.get("absent")),
        message=message,
        fix=recipe,
        root=root,
    )
    _check_params(parts, declared, given.get("params"))
    examples = given.get("examples")
    return Rule(
        id=id,
        title=text(given["title"], "a title").rstrip("."),
        docs=_docs(given.get("docs"), examples),
        level=_level(given["level"]),
        tags=tuple(text(tag, "a tag") for tag in _items(given.get("tags"), "`tags`")),
        target=about.type,
        options=options,
        check=Check(parts),
        read_examples=partial(_examples, examples),
        file=source.name,
        topic=topic,
        security_severity=_severity(given.get("security-severity")),
        files=about.files,
    )


def _root(source: Source) -> Mapping:
    document = yaml.parse(source)
    for problem in document.problems:
        line, column = document.position(problem.span.start)
        raise RuleError(problem.message, path=source.name, line=line, column=column, hint=problem.hint)
    if document.root is None:
        raise RuleError("the rule file is empty", path=source.name, hint=f"it needs {', '.join(REQUIRED)}")
    root = mapping(document.root, "a rule", KEYS)
    for key in REQUIRED:
        if key not in root:
            raise RuleError(f"a rule needs `{key}`", path=source.name, line=1)
    return root


def _level(node: Node) -> Level:
    level = node.string or ""
    if level not in LEVELS:
        raise unknown(node, level, "level", LEVELS)
    return level


def _select(node: Node | None) -> Node | None:
    if node is not None:
        text(node, "`select`")
    return node


def _absent(node: Node | None) -> Absent | None:
    if node is None:
        return None
    if isinstance(node, Mapping):
        given = mapping(node, "`absent`", ("default",)).get("default")
        if given is None:
            raise error(node, "`absent` gives no default", "write `absent: {default: VALUE}`")
        return Absent("default", node, given)
    if node.string == "fail":
        return Absent("fail", node)
    if node.string == "pass":
        return Absent("pass", node)
    if node.string == "default":
        raise error(node, "which default?", "write `absent: {default: VALUE}`")
    raise unknown(node, node.string or "", "answer to `absent`", ("fail", "pass", "default"))


def _severity(node: Node | None) -> float | None:
    if node is None:
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 10:
        raise error(node, "`security-severity` is a number from 0.1 to 10.0")
    return float(value)


def _check_params(parts: Parts, declared: tuple[str, ...], node: Node | None) -> None:
    """Refuse params that are used and not declared, and those that are declared and not used."""
    used = set(parts.message.names)
    for place in (parts.where, parts.asserted, parts.fix.node if parts.fix is not None else None):
        for name in params.references(place):
            if name.text not in declared:
                raise unknown(name, name.text, "param of this rule", declared)
            used.add(name.text)
    for name_ in declared:
        if name_ not in used and isinstance(node, Mapping):
            raise error(node.keys[name_], f"the param `{name_}` is used nowhere", f"write {{param: {name_}}}")


def _items(node: Node | None, what: str) -> list[Node]:
    if node is None:
        return []
    if not isinstance(node, Sequence):
        raise error(node, f"{what} is a list", "put a dash before each item")
    return node.nodes


def _written(examples: Node | None) -> Iterator[tuple[Outcome, Node, Node | None]]:
    for item in _items(examples, "`examples`"):
        given = mapping(item, "an example", ("fails", "passes", "fixed"))
        fails, passes, fixed = (given.get(key) for key in ("fails", "passes", "fixed"))
        shown = fails or passes
        if shown is None or (fails and passes) or (fixed and not fails):
            raise error(item, "an example is what `fails`, with what is `fixed` beside it; or what `passes`")
        for each in (shown, fixed):
            if each is not None:
                text(each, "an example")
        yield ("fails" if fails else "passes"), shown, fixed


def _examples(node: Node | None) -> tuple[Example, ...]:
    found = []
    for outcome, shown, fixed in _written(node):
        try:
            found.append(Example.read(outcome, shown.string or "", fixed.string if fixed is not None else None))
        except ValueError as wrong:
            raise error(shown, str(wrong)) from None
    return tuple(found)


def _docs(node: Node | None, examples: Node | None) -> str:
    """Return the docs with the examples in fences, as a Python rule's docstring has them."""
    parts = [text(node, "`docs`").strip()] if node is not None else []
    for outcome, shown, fixed in _written(examples):
        parts.append(_fenced(shown, outcome))
        if fixed is not None:
            parts.append(_fenced(fixed, "fixed"))
    return "\n\n".join(parts)


def _fenced(node: Node, mark: str) -> str:
    content = (node.string or "").rstrip("\n")
    return f"```{'json' if content.lstrip().startswith(('{', '//')) else 'yaml'} {mark}\n{content}\n```"
