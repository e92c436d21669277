"""Read policies from YAML: packs, an organisation's file, a repository's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from wflint.errors import PolicyError, nearest
from wflint.policy import remote
from wflint.policy.policy import ENFORCEMENTS, Enforcement, Override, Policy, Setting, Waiver
from wflint.rule.finding import LEVELS
from wflint.rule.options import error
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar
from wflint.source.node import Sequence as SequenceNode
from wflint.source.source import Source

Read = Callable[[str], str | None]
"""Returns the text of a policy file by its name, or None when there is none."""

MOST_EXTENDED = 50
"""Policies that one may stand on, each counted as often as it is extended."""

_TOP = ("title", "docs", "extends", "rules", "overrides", "waivers", "data-paths", "secrets", "external-checks")
_SETTING = ("level", "options", "enforcement")
_WAIVER = ("rule", "path", "reason", "owner", "until", "route", "value")


class Packs:
    """The packs that can be named, from the folders that hold them; later folders win."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.files = {file.stem: file for folder in folders for file in sorted(folder.glob("*.yaml"))}
        self._loaded: dict[str, Policy] = {}

    @property
    def listed(self) -> str:
        """The hint that names every pack there is."""
        return f"packs: {', '.join(sorted(self.files))}"

    def text(self, name: str) -> str | None:
        """Return the text of a pack, or None when there is none of that name."""
        file = self.files.get(name)
        return None if file is None else file.read_text(encoding="utf-8")

    def load(self, name: str) -> Policy:
        """Return a pack that there is, the same for every repository of a run."""
        if name not in self._loaded:
            self._loaded[name] = load(Source(f"{name}.yaml", "file", self.text(name) or ""), self, lambda _: None)
        return self._loaded[name]


def load_pack(name: str, packs: Packs) -> Policy:
    """Return a pack by its name. Raises PolicyError, naming the nearest, when there is none."""
    if name not in packs.files:
        raise PolicyError(f"there is no pack `{name}`", hint=nearest(name, packs.files) or packs.listed)
    return packs.load(name)


def load(source: Source, packs: Packs, read: Read, *, default_extends: Sequence[str] = ()) -> Policy:
    """Return the policy in a text, with everything it extends beneath it.

    `read` gives the files that it extends by path; `default_extends` is what a policy without `extends` stands on.
    Raises PolicyError at the first thing that is no policy.
    """
    return _Loader(packs, read).load(source, default_extends)


def parse_overlay(source: Source) -> Policy:
    """Return a policy that stands on nothing, such as what an example declares; `extends` is not followed."""
    return _policy(_document(source))


class _Loader:
    def __init__(self, packs: Packs, read: Read) -> None:
        self.packs = packs
        self.read = read
        self.loaded = 0

    def load(self, source: Source, default_extends: Sequence[str], above: tuple[str, ...] = ()) -> Policy:
        if source.name in above:
            raise PolicyError(f"`{source.name}` extends itself, by way of {' → '.join(above)}", path=source.name)
        document = _document(source)
        base = Policy()
        node = document.root.get("extends") if document.root is not None else None
        if node is None:
            for name in default_extends:
                base = load_pack(name, self.packs).over(base)
        for item in _texts(node):
            base = self.extended(item, (*above, source.name)).over(base)
        return _policy(document).over(base)

    def extended(self, item: Scalar, above: tuple[str, ...]) -> Policy:
        name = item.text
        self.loaded += 1
        if self.loaded > MOST_EXTENDED:
            raise error(item, f"more than {MOST_EXTENDED} policies are extended", None)
        if (text := self.packs.text(name)) is not None:
            return self.load(Source(f"{name}.yaml", "file", text), (), above)
        if name.startswith(remote.PREFIX):
            return self.load(self.copy(item), (), above)
        if "/" not in name and "." not in name:
            raise error(item, f"there is no pack `{name}`", nearest(name, self.packs.files) or self.packs.listed)
        if (text := self.read(name)) is not None:
            return self.load(Source(name, "file", text), (), above)
        raise error(item, f"the policy file `{name}` does not exist", "paths are from the repository's root")

    def copy(self, item: Scalar) -> Source:
        """Return the repository's copy of a pack of another repository, if it is what was pinned."""
        found = remote.Remote.parse(item.text)
        if found is None or found.digest is None:
            hint = "`wflint policy fetch github:OWNER/REPO//PATH@COMMIT` fetches it and prints what to write"
            raise error(item, "a pack of another repository is pinned by commit and digest", hint)
        text = self.read(found.file)
        if text is None:
            raise error(item, f"there is no copy of it in {found.file}", f"`wflint policy fetch {found}` fetches it")
        if remote.digest(text.encode()) != found.digest:
            raise error(item, f"{found.file} is not what was pinned", "fetch it again")
        return Source(str(found), "file", text)


def _document(source: Source) -> Document:
    document = yaml.parse(source)
    for problem in document.problems:
        line, column = document.position(problem.span.start)
        raise PolicyError(problem.message, path=source.name, line=line, column=column, hint=problem.hint)
    return document


def _policy(document: Document) -> Policy:
    root = document.root
    if root is None:
        return Policy(files=(document.name,))
    top = _mapping(root, "a policy", _TOP)
    return Policy(
        title=_text(top.get("title")),
        docs=_text(top.get("docs")),
        rules=_rules(top.get("rules")),
        overrides=tuple(_override(item) for item in _items(top.get("overrides"))),
        waivers=tuple(_waiver(item) for item in _items(top.get("waivers"))),
        data_paths=tuple(item.text for item in _texts(top.get("data-paths"))),
        secrets=tuple(item.text for item in _texts(top.get("secrets"))),
        external_checks=tuple(item.text for item in _texts(top.get("external-checks"))),
        files=(document.name,),
    )


def _rules(node: Node | None) -> dict[str, Setting]:
    if node is None:
        return {}
    return {name: _setting(value) for name, value in _mapping(node, "`rules`").items()}


def _setting(node: Node) -> Setting:
    place = node.head
    if isinstance(node, Scalar):
        return _short(node, place=place)
    given = _mapping(node, "a rule's setting", _SETTING)
    level = given.get("level")
    short = _short(level, place=place) if isinstance(level, Scalar) else Setting(said={"on": node}, place=place)
    options = given.get("options")
    enforcement = given.get("enforcement")
    return Setting(
        on=True if short.on is None else short.on,
        level=short.level,
        options=dict(_mapping(options, "`options`").items()) if options is not None else {},
        enforcement=_enforcement(enforcement),
        said={**short.said, "enforcement": enforcement} if enforcement is not None else short.said,
        place=place,
    )


def _short(node: Scalar, *, place: Any) -> Setting:
    known = ("on", "off", *LEVELS)
    if node.text not in known:
        raise error(node, f"`{node.text}` is not a level", nearest(node.text, known) or f"one of {', '.join(known)}")
    level = node.text if node.text in LEVELS else None
    return Setting(
        on=node.text != "off", level=level, said={"on": node, "level": node} if level else {"on": node}, place=place
    )


def _enforcement(node: Node | None) -> Enforcement | None:
    if node is None:
        return None
    if (node.string or "") not in ENFORCEMENTS:
        raise error(
            node,
            f"`{node.string}` is not an enforcement",
            nearest(node.string or "", ENFORCEMENTS) or "; ".join(ENFORCEMENTS),
        )
    return cast("Enforcement", node.string)


def _override(node: Node) -> Override:
    given = _mapping(node, "an override", ("files", "rules"))
    _require(given, "an override", ("files", "rules"))
    for setting in given.entries["rules"].entries.values() if isinstance(given.entries["rules"], Mapping) else ():
        if isinstance(setting, Mapping) and (key := setting.keys.get("enforcement")) is not None:
            raise error(key, "enforcement is for all files, not for some", "set it under the policy's own `rules`")
    return Override(tuple(item.text for item in _texts(given.get("files"))), _rules(given.get("rules")))


def _waiver(node: Node) -> Waiver:
    given = _mapping(node, "a waiver", _WAIVER)
    _require(given, "a waiver", ("rule", "path", "reason", "owner"))
    until = given.get("until")
    try:
        expiry = None if until is None else date.fromisoformat(until.string or "")
    except ValueError:
        assert until is not None  # noqa: S101
        raise error(until, f"`{until.string}` is not a date", "write it as 2027-01-31") from None
    return Waiver(
        rule=_text(given.get("rule")),
        path=_text(given.get("path")),
        reason=_text(given.get("reason")),
        owner=_text(given.get("owner")),
        until=expiry,
        route=_text(given.get("route")) or None,
        value=_text(given.get("value")) or None,
        at=node.head,
    )


def _mapping(node: Node, what: str, known: Sequence[str] | None = None) -> Mapping:
    if not isinstance(node, Mapping):
        raise error(node, f"{what} is a mapping of keys to values", None)
    for key, word in node.keys.items():
        if known is not None and key not in known:
            raise error(word, f"`{key}` is not a key of {what}", nearest(key, known) or f"keys: {', '.join(known)}")
    return node


def _require(node: Mapping, what: str, keys: Sequence[str]) -> None:
    for key in keys:
        value = node.get(key)
        if value is None or (isinstance(value, Scalar) and not value.text.strip()):
            raise error(value or node, f"{what} needs `{key}`", None)


def _items(node: Node | None) -> Iterable[Node]:
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        raise error(node, "expected a list", "put a dash before each item")
    return node


def _texts(node: Node | None) -> list[Scalar]:
    items = [node] if isinstance(node, Scalar) else list(_items(node))
    for item in items:
        if not isinstance(item, Scalar):
            raise error(item, "expected a text", None)
    return cast("list[Scalar]", items)


def _text(node: Node | None) -> str:
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        raise error(node, "expected a text", None)
    return node.text
